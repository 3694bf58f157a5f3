"""What media's functions read from their environment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSettings(Settings):
    media_bucket: str
