"""Tables of operations: what the shared machinery itself writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, DateTime, Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.tables.base import Base, Id, Instant, Now


class OutboxEvent(Base):
    """A domain event, written by the transaction that causes it and put on the bus after its commit."""

    __tablename__ = "outbox_events"
    __table_args__ = (
        Index("ix_outbox_events_unpublished", "id", postgresql_where=text("published_at IS NULL")),
        # Found when the person is erased.
        Index("ix_outbox_events_email", text("lower(payload ->> 'email')"), postgresql_where=text("payload ? 'email'")),
    )

    id: Mapped[Id]
    source: Mapped[str] = mapped_column(String(100))
    type: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    correlation_id: Mapped[str] = mapped_column(String(128))
    created_at: Mapped[Now]
    published_at: Mapped[Instant | None]


class IdempotencyKey(Base):
    """The first answer to a request with an Idempotency-Key, written by the transaction that earned it."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created_at", "created_at"),)

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[Now]


class ServiceKey(Base):
    """A symmetric key for what we sign to ourselves: cursors, cart tokens, order links."""

    __tablename__ = "service_keys"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Now]


class AuditEntry(Base):
    """Who did what to what (`shared.audit` writes them). A trigger refuses to change or to remove any."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        CheckConstraint(
            "actor_kind IN ('admin', 'moderator', 'vendor', 'creator', 'customer', 'system')", name="actor_kind"
        ),
        CheckConstraint("actor_id IS NOT NULL OR actor_kind = 'system'", name="actor_is_somebody"),
        *(
            Index(f"ix_audit_entries_{column}", column, "id")
            for column in ("subject_id", "subject_type", "actor_id", "action")
        ),
    )

    id: Mapped[Id]
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), Computed("uuid_extract_timestamp(id)", persisted=True)
    )
    """To the millisecond, from the id: what is sorted and cut by one agrees with the other."""
    actor_id: Mapped[UUID | None]
    """A user, or who was one: no foreign key, since the entry outlives the account."""
    actor_kind: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(60, collation="C"))
    """`<what>.<done>`. Compared byte by byte, so that the index finds all that begin alike."""
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID]
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """By name of the field: `[before, after]`."""
    reason: Mapped[str | None] = mapped_column(String(500))
    correlation_id: Mapped[str] = mapped_column(String(128))
    network: Mapped[str | None] = mapped_column(String(43))
    """The caller's /24, or /48 of IPv6."""
