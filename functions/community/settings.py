"""What community's functions read from their environment: a class for each resource, which not all of them have."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings(Settings):
    imports_bucket: str
