"""Comments, and what people do with posts and comments: reactions, reposts, bookmarks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Computed, ForeignKey, Index, Integer, SmallInteger, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.community.models.posts import NO_REACTIONS, Post
from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Instant, Now, reference


class Comment(Base):
    """An answer to a post or to another comment. One that is not live stays in its place while there are answers
    to it (`is_shown`), without its text.
    """

    __tablename__ = "comments"
    __table_args__ = (
        Index(
            "ix_comments_first_level",
            "post_id",
            "created_at",
            "id",
            postgresql_where=text("is_shown AND parent_id IS NULL"),
        ),
        Index("ix_comments_replies", "parent_id", "created_at", "id", postgresql_where=text("is_shown")),
        Index("ix_comments_parent_id", "parent_id"),
        Index("ix_comments_post_id", "post_id"),
        Index("ix_comments_author", "author_id", "created_at", "id"),
        CheckConstraint("depth >= 0 AND (depth = 0) = (parent_id IS NULL)", name="depth"),
        CheckConstraint("0 <= ALL(reaction_counts)", name="reaction_counts"),
        CheckConstraint("reply_count >= 0", name="reply_count"),
    )

    id: Mapped[Id]
    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    depth: Mapped[int] = mapped_column(server_default=text("0"))
    """Comments between this one and the post."""
    author_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    body: Mapped[str] = mapped_column(Text)
    entities: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    """As a post's."""
    folded_text: Mapped[str] = mapped_column(Text, server_default=text("''"))
    """As a post's."""
    edited_at: Mapped[Instant | None]
    deleted_at: Mapped[Instant | None]
    removed_by_post_author: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    hidden_at: Mapped[Instant | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(500))
    hidden_by_group: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """As a post's."""
    is_live: Mapped[bool] = mapped_column(Boolean, Computed("deleted_at IS NULL AND hidden_at IS NULL", persisted=True))
    is_shown: Mapped[bool] = mapped_column(
        Boolean, Computed("deleted_at IS NULL AND hidden_at IS NULL OR reply_count > 0", persisted=True)
    )
    reaction_counts: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=text(NO_REACTIONS))
    reply_count: Mapped[int] = mapped_column(server_default=text("0"))
    """Answers to this one that are shown; kept by a trigger."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class CommentEdit(Base):
    """A text of a comment that was replaced."""

    __tablename__ = "comment_edits"

    comment_id: Mapped[UUID] = mapped_column(reference(Comment.id, on_delete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[Now]


class Reaction(Base):
    """One emoji of one person for a post or for a comment."""

    __tablename__ = "reactions"
    __table_args__ = (
        Index("uq_reactions_post", "post_id", "user_id", unique=True, postgresql_where=text("post_id IS NOT NULL")),
        Index(
            "uq_reactions_comment",
            "comment_id",
            "user_id",
            unique=True,
            postgresql_where=text("comment_id IS NOT NULL"),
        ),
        Index("ix_reactions_post_newest", "post_id", "id", postgresql_where=text("post_id IS NOT NULL")),
        Index("ix_reactions_user", "user_id", "id"),
        CheckConstraint("num_nonnulls(post_id, comment_id) = 1", name="target"),
        CheckConstraint("emoji BETWEEN 0 AND 5", name="emoji"),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    post_id: Mapped[UUID | None] = mapped_column(reference(Post.id, on_delete="CASCADE"))
    comment_id: Mapped[UUID | None] = mapped_column(reference(Comment.id, on_delete="CASCADE"))
    emoji: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    created_at: Mapped[Now]


class Repost(Base):
    """A post passed on without a word, once for each person."""

    __tablename__ = "reposts"
    __table_args__ = (
        Index("ix_reposts_recent", "created_at", "post_id", "user_id"),
        Index("ix_reposts_user", "user_id", "created_at", "post_id"),
        Index("ix_reposts_newest", "post_id", "created_at", "user_id"),
    )

    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    created_at: Mapped[Now]


class BookmarkFolder(Base):
    __tablename__ = "bookmark_folders"
    __table_args__ = (Index("uq_bookmark_folders_name", "user_id", "name", unique=True),)

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[Now]


class Bookmark(Base):
    __tablename__ = "bookmarks"
    __table_args__ = (
        Index("ix_bookmarks_user", "user_id", "created_at", "post_id"),
        Index("ix_bookmarks_folder", "folder_id", "created_at", "post_id"),
        Index("ix_bookmarks_post_id", "post_id"),
    )

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"), primary_key=True)
    folder_id: Mapped[UUID | None] = mapped_column(reference(BookmarkFolder.id, on_delete="SET NULL"))
    created_at: Mapped[Now]
