"""Tables of operations: what the shared machinery itself writes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Id, Instant, Now


class OutboxEvent(Base):
    """A domain event, written by the transaction that causes it and put on the bus after its commit."""

    __tablename__ = "outbox_events"
    __table_args__ = (Index("ix_outbox_events_unpublished", "id", postgresql_where=text("published_at IS NULL")),)

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
