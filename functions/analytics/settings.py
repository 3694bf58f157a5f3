"""What analytics' functions read from their environment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricExportSettings(Settings):
    """The variables of functions that write files of figures, or link to them."""

    imports_bucket: str
