"""What the functions that handle copies of people's data read from their environment; none of them signs in anybody."""

from __future__ import annotations

from dataclasses import dataclass

from shared import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSettings(settings.Settings):
    """Where copies of people's data lie, under a prefix of their own."""

    imports_bucket: str
