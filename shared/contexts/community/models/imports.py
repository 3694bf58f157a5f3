"""Posts that people bring from elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, SmallInteger, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PostgresUUID
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.tables.base import Amount, Base, Id, Instant, Now, reference


class PostImport(Base):
    """A file of posts: from its upload until each of its items has an end."""

    __tablename__ = "post_imports"
    __table_args__ = (
        # One at a time: two would bring the same posts.
        Index("uq_post_imports_open", "user_id", unique=True, postgresql_where=text("finished_at IS NULL")),
        Index("ix_post_imports_user_id", "user_id", "created_at"),
        CheckConstraint("status IN ('waiting', 'running', 'finished', 'failed')", name="status"),
        CheckConstraint("(status IN ('finished', 'failed')) = (finished_at IS NOT NULL)", name="finished_at"),
        CheckConstraint("(status = 'failed') = (reason IS NOT NULL)", name="reason"),
        CheckConstraint("size_bytes > 0 AND done >= 0", name="numbers"),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    size_bytes: Mapped[Amount]
    status: Mapped[str] = mapped_column(String(20), server_default=text("'waiting'"))
    """`waiting`: for the file."""
    reason: Mapped[str | None] = mapped_column(String(40))
    """Why the file could not be taken at all, as a code."""
    items: Mapped[int | None] = mapped_column(Integer)
    """In the file; null until it is read."""
    done: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """Items that a worker has gone through."""
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    claimed_until: Mapped[Instant | None]
    """Until then, a worker is at it."""
    correlation_id: Mapped[str] = mapped_column(String(128), server_default=text("''"))
    read_at: Mapped[Instant | None]
    """When a worker had gone through all items; some may be waiting for their pictures."""
    created_at: Mapped[Now]
    finished_at: Mapped[Instant | None]


class PostImportItem(Base):
    """An item of a file, and what became of it."""

    __tablename__ = "post_import_items"
    __table_args__ = (
        Index("ix_post_import_items_waiting", "import_id", "place", postgresql_where=text("outcome = 'waiting'")),
        Index("ix_post_import_items_post_id", "post_id"),
        CheckConstraint("outcome IN ('waiting', 'created', 'unchanged', 'skipped', 'refused')", name="outcome"),
        CheckConstraint("(outcome = 'waiting') = (content IS NOT NULL)", name="content"),
    )

    import_id: Mapped[UUID] = mapped_column(reference(PostImport.id, on_delete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    """In the file; the first is 0."""
    source_id: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(60))
    post_id: Mapped[UUID | None] = mapped_column(reference(Post.id, on_delete="SET NULL"))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Of one that waits for its pictures."""
    media_ids: Mapped[list[UUID]] = mapped_column(ARRAY(PostgresUUID(as_uuid=True)), server_default=text("'{}'"))


class ImportedPost(Base):
    """Which post somebody brought from where: it is brought once, also where it was deleted since."""

    __tablename__ = "imported_posts"
    __table_args__ = (Index("ix_imported_posts_post_id", "post_id"),)

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    source_id: Mapped[str] = mapped_column(Text, primary_key=True)
    post_id: Mapped[UUID | None] = mapped_column(reference(Post.id, on_delete="CASCADE"))
    """Null while it waits for its pictures."""
    created_at: Mapped[Now]
