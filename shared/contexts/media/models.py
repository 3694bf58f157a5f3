"""Tables of media: what was uploaded to be shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.tables.base import Amount, Base, Id, Instant, Now, reference


class MediaFile(Base):
    """An uploaded picture, from the request of a form to the public variants."""

    __tablename__ = "media_files"
    __table_args__ = (
        Index("ix_media_files_owner", "owner_id", "created_at", "id"),
        Index("ix_media_files_removable", "remove_after", postgresql_where=text("remove_after IS NOT NULL")),
        CheckConstraint("purpose IN ('product', 'review', 'profile', 'post', 'site')", name="purpose"),
        CheckConstraint("status IN ('pending', 'processing', 'ready', 'rejected')", name="status"),
        CheckConstraint("(status = 'ready') = (url IS NOT NULL)", name="url"),
        CheckConstraint("size_bytes > 0", name="size_bytes"),
    )

    id: Mapped[Id]
    owner_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    purpose: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(255))
    """The owner's, for the owner; no object is named after it."""
    content_type: Mapped[str] = mapped_column(String(100))
    """As announced; processing determines the real type."""
    size_bytes: Mapped[Amount]
    """As announced; the upload accepts no other size."""
    status: Mapped[str] = mapped_column(String(20), server_default=text("'pending'"))
    reason: Mapped[str | None] = mapped_column(String(40))
    """Why it was rejected, as a code."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    """Pixels of the picture as it is seen, before it was made smaller."""
    blurhash: Mapped[str | None] = mapped_column(String(100))
    url: Mapped[str | None] = mapped_column(String(500))
    """Of the largest variant, as WebP."""
    variants: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    correlation_id: Mapped[str] = mapped_column(String(128), server_default=text("''"))
    claimed_until: Mapped[Instant | None]
    """Until then, a worker processes it."""
    remove_after: Mapped[Instant | None]
    """When the cleanup may remove it, unless something shows it by then; null while something does."""
    created_at: Mapped[Now]
    finished_at: Mapped[Instant | None]
    deleted_at: Mapped[Instant | None]
    """Its objects are still to be removed; it is not shown any more."""
