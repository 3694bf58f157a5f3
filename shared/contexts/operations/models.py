"""The error log."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Date,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Instant, Now, reference


class ErrorLog(Base):
    """One error, however often it happened: the same kind of error at the same place has the same fingerprint."""

    __tablename__ = "error_logs"
    __table_args__ = (
        CheckConstraint("source IN ('client', 'http', 'worker', 'schedule')", name="source"),
        CheckConstraint("level IN ('error', 'warning')", name="level"),
        CheckConstraint("status IN ('open', 'resolved')", name="status"),
        CheckConstraint("(status = 'resolved') = (resolved_at IS NOT NULL)", name="resolved"),
        CheckConstraint("occurrences > 0", name="occurrences"),
        # The list, and what retention removes.
        Index("ix_error_logs_last_seen_at_id", "last_seen_at", "id"),
        Index("ix_error_logs_status_last_seen_at_id", "status", "last_seen_at", "id"),
        # How many new ones clients have told of within the hour.
        Index("ix_error_logs_clients", "first_seen_at", postgresql_where=text("source = 'client'")),
        # Found when the person is erased.
        Index("ix_error_logs_user_id", "user_id", postgresql_where=text("user_id IS NOT NULL")),
        Index("ix_error_logs_resolved_by", "resolved_by", postgresql_where=text("resolved_by IS NOT NULL")),
    )

    id: Mapped[Id]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    source: Mapped[str] = mapped_column(String(20))
    function: Mapped[str] = mapped_column(String(100))
    """`context.handler`, or the part of a client."""
    error_type: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(String(500))
    level: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), server_default=text("'open'"))
    occurrences: Mapped[int] = mapped_column(BigInteger)
    sample: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The stack and the context of the latest occurrence, scrubbed."""
    correlation_id: Mapped[str] = mapped_column(String(128))
    """Of the latest occurrence."""
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    """Who met it last, where somebody was signed in."""
    release: Mapped[str | None] = mapped_column(String(100))
    first_seen_at: Mapped[Instant]
    last_seen_at: Mapped[Instant]
    resolved_at: Mapped[Instant | None]
    resolved_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    reopenings: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """How often it happened again after it had been resolved."""
    recent_reports: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    """Ids of the latest reports, so that one that is delivered twice counts once."""
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class WebVital(Base):
    """How often a vital of a kind of page was in a step of its scale on a day. Nothing tells of whom it was."""

    __tablename__ = "web_vitals"
    __table_args__ = (
        CheckConstraint("vital IN ('ttfb', 'fcp', 'lcp', 'inp', 'cls')", name="vital"),
        CheckConstraint("step BETWEEN 0 AND 80", name="step"),
        CheckConstraint("count > 0", name="count"),
    )

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    page: Mapped[str] = mapped_column(String(20), primary_key=True)
    vital: Mapped[str] = mapped_column(String(10), primary_key=True)
    step: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(BigInteger)
