"""What operations' API reads from its environment beyond the common variables."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings(Settings):
    """`imports_bucket` stands for storage in the readiness check."""

    imports_bucket: str
