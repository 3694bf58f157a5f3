"""Entries of an order's timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TimelineEntryRow:
    """Something that happened to an order, or to a part of it (`reference`: the shipment, the return, the refund)."""

    kind: str
    status: str
    before: str | None
    actor: str
    reason: str | None
    reference: UUID | None
    amount: int | None
    created_at: datetime
