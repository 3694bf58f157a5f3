"""What payments tells: refunds that arrived, disputes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.events import DomainEvent


class OrderRefunded(DomainEvent):
    """The provider gave money back for an order. Carries what the mail tells."""

    source = "sharestack.payments"

    order_id: UUID
    refund_id: UUID
    number: str
    email: str
    language: str = "en"
    amount: int
    currency: str
    in_full: bool
    """Whether with this all that was paid has gone back."""


class DisputeOpened(DomainEvent):
    """A customer's bank asks for its money back; evidence is due by a date."""

    source = "sharestack.payments"

    dispute_id: UUID
    payment_id: UUID
    order_id: UUID | None
    amount: int
    currency: str
    reason: str
    evidence_due_at: datetime | None
