"""Copies of personal data."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.web import ResponseModel


class DataExport(ResponseModel):
    """A copy of everything about the caller. `url` is good for 15 minutes; every read makes a new one."""

    id: UUID
    status: Literal["pending", "completed", "failed", "expired"]
    bytes: int | None
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    """When the file is removed; null until there is one."""
    url: str | None
