"""Tables of identity about people's rights: what they agreed to, copies of their data, the end of their accounts."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Instant, Now, reference


class ConsentChange(Base):
    """A consent that was given or withdrawn, when and how; insert-only. The newest of a purpose is in force."""

    __tablename__ = "consent_changes"
    __table_args__ = (
        Index("ix_consent_changes_user", "user_id", "purpose", "id"),
        CheckConstraint("purpose IN ('terms', 'privacy', 'marketing', 'recommendations')", name="purpose"),
        CheckConstraint(
            "source IN ('registration', 'profile', 'consents', 'unsubscribe_link', 'erasure')", name="source"
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    granted: Mapped[bool]
    text_version: Mapped[str] = mapped_column(String(20))
    """Of the text that was in force then."""
    source: Mapped[str] = mapped_column(String(20))
    """Where it was chosen."""
    created_at: Mapped[Now]


class DataExport(Base):
    """A copy of everything about a person, for themselves; one at a time is made."""

    __tablename__ = "data_exports"
    __table_args__ = (
        Index("uq_data_exports_pending", "user_id", unique=True, postgresql_where=text("status = 'pending'")),
        Index("ix_data_exports_user", "user_id", "id"),
        Index("ix_data_exports_expires_at", "expires_at"),
        CheckConstraint("status IN ('pending', 'completed', 'failed', 'withdrawn')", name="status"),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    status: Mapped[str] = mapped_column(String(20), server_default=text("'pending'"))
    """`withdrawn`: the account was erased; what there is of a file goes."""
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[Now]
    finished_at: Mapped[Instant | None]
    expires_at: Mapped[Instant]
    """When file and row are removed."""


class AccountErasure(Base):
    """An account whose owner has requested its erasure. While `finished_at` is null it can be cancelled, which removes
    the row.
    """

    __tablename__ = "account_erasures"
    __table_args__ = (
        Index("ix_account_erasures_due_at", "due_at", postgresql_where=text("finished_at IS NULL")),
        CheckConstraint(
            "waits_for IN ('checkout', 'payment', 'delivery', 'return', 'refund', 'dispute')", name="waits_for"
        ),
    )

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    with_reviews: Mapped[bool]
    """Whether the person's reviews go as well; otherwise they stay without a name."""
    requested_at: Mapped[Now]
    due_at: Mapped[Instant]
    waits_for: Mapped[str | None] = mapped_column(String(20))
    """What was not settled when it was due last; null before, and where nothing was in its way."""
    finished_at: Mapped[Instant | None]
