"""Tables of notifications: what was sent to whom."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.tables.base import Base, Id, Instant, Now


class Delivery(Base):
    """One message to one recipient; `dedupe_key` makes a redelivered event harmless."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        Index("ix_deliveries_recipient", text("lower(recipient)")),
        CheckConstraint("status IN ('sending', 'sent', 'failed')", name="status"),
    )

    id: Mapped[Id]
    dedupe_key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(60))
    channel: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(server_default=text("1"))
    provider_message_id: Mapped[str | None] = mapped_column(String(255))
    failure_code: Mapped[str | None] = mapped_column(String(100))
    """Why the provider refused it for good."""
    claimed_until: Mapped[Instant]
    """Until then, only the worker that claimed the delivery sends it."""
    created_at: Mapped[Now]
    sent_at: Mapped[Instant | None]
