"""Notes about orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrderNoteRow:
    id: UUID
    author_id: UUID | None
    """None where the author has no account any more."""
    body: str
    created_at: datetime
