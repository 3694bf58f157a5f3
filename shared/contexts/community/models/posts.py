"""Posts with what belongs to them: earlier texts, pictures, polls and votes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Computed,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.community.models.groups import Group, GroupFlair
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.tables.base import Base, Id, Instant, Now, reference

LIVE = "status = 'published' AND deleted_at IS NULL AND hidden_at IS NULL"
NO_REACTIONS = "'{0,0,0,0,0,0}'"


class Post(Base):
    """What somebody says, in at most 2,000 characters as people count them (grapheme clusters).

    `is_live` posts are shown to whom `visibility` names. The counts are kept by triggers: a row counts as long as it is
    live itself.
    """

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_newest", "published_at", "id", postgresql_where=text("is_live AND group_id IS NULL")),
        Index("ix_posts_hot", "hot_score", "id", postgresql_where=text("is_live AND group_id IS NULL")),
        Index(
            "ix_posts_author", "author_id", "published_at", "id", postgresql_where=text("is_live AND group_id IS NULL")
        ),
        Index(
            "ix_posts_author_hot", "author_id", "hot_score", "id", postgresql_where=text("is_live AND group_id IS NULL")
        ),
        Index("ix_posts_author_id", "author_id"),
        Index("ix_posts_group", "group_id", "published_at", "id", postgresql_where=text("is_live")),
        Index("ix_posts_group_hot", "group_id", "hot_score", "id", postgresql_where=text("is_live")),
        Index("ix_posts_group_pinned", "group_id", "pinned_at", postgresql_where=text("pinned_at IS NOT NULL")),
        Index("ix_posts_group_removed", "group_id", "hidden_at", "id", postgresql_where=text("hidden_by_group")),
        Index("ix_posts_quoted", "quoted_post_id", "published_at", "id"),
        Index("ix_posts_drafts", "author_id", "id", postgresql_where=text("status <> 'published'")),
        Index("ix_posts_due", "publish_at", postgresql_where=text("status = 'scheduled'")),
        Index("ix_posts_flair_id", "flair_id"),
        CheckConstraint("sentiment IN ('bullish', 'bearish')", name="sentiment"),
        CheckConstraint("visibility IN ('public', 'followers', 'group')", name="visibility"),
        CheckConstraint("(visibility = 'group') = (group_id IS NOT NULL)", name="group"),
        CheckConstraint("reply_policy IN ('everybody', 'followers', 'mentioned', 'nobody')", name="reply_policy"),
        CheckConstraint("status IN ('draft', 'scheduled', 'published')", name="status"),
        CheckConstraint("(status = 'published') = (published_at IS NOT NULL)", name="published_at"),
        CheckConstraint("status <> 'scheduled' OR publish_at IS NOT NULL", name="publish_at"),
        CheckConstraint("0 <= ALL(reaction_counts)", name="reaction_counts"),
        CheckConstraint("comment_count >= 0 AND repost_count >= 0 AND quote_count >= 0", name="counts"),
    )

    id: Mapped[Id]
    author_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    body: Mapped[str] = mapped_column(Text)
    """Plain, in normal form C."""
    entities: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    """What the text names, in order: tickers, hashtags, people; each with its place in the text."""
    folded_text: Mapped[str] = mapped_column(Text, server_default=text("''"))
    """What filters of words judge: text, alternative texts, options of the poll; compatibility form, case folded."""
    language: Mapped[str | None] = mapped_column(String(35))
    sentiment: Mapped[str | None] = mapped_column(String(20))
    content_warning: Mapped[str | None] = mapped_column(String(200))
    visibility: Mapped[str] = mapped_column(String(20), server_default=text("'public'"))
    reply_policy: Mapped[str] = mapped_column(String(20), server_default=text("'everybody'"))
    group_id: Mapped[UUID | None] = mapped_column(reference(Group.id, on_delete="CASCADE"))
    quoted_post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id", ondelete="SET NULL"))
    is_quote: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """Whether there was a quoted post when this was written."""
    status: Mapped[str] = mapped_column(String(20), server_default=text("'published'"))
    publish_at: Mapped[Instant | None]
    held_reason: Mapped[str | None] = mapped_column(String(60))
    """Code of the problem for which a scheduled post is a draft again."""
    published_at: Mapped[Instant | None]
    edited_at: Mapped[Instant | None]
    imported_at: Mapped[Instant | None]
    """When it was brought from elsewhere; its other times are what a file says of it. No figure counts it."""
    deleted_at: Mapped[Instant | None]
    """By the author, or with the account."""
    hidden_at: Mapped[Instant | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(500))
    """Of the moderators, for the author to read."""
    hidden_by_group: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """By moderators of its group, who may reinstate it. What the platform hides they may not."""
    is_live: Mapped[bool] = mapped_column(Boolean, Computed(LIVE, persisted=True))
    reaction_counts: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=text(NO_REACTIONS))
    """By emoji, in the order of `functions.community.domain.emoji`."""
    comment_count: Mapped[int] = mapped_column(server_default=text("0"))
    repost_count: Mapped[int] = mapped_column(server_default=text("0"))
    quote_count: Mapped[int] = mapped_column(server_default=text("0"))
    hot_score: Mapped[float | None] = mapped_column(
        Double,
        Computed("hot_score(published_at, reaction_counts, comment_count, repost_count + quote_count)", persisted=True),
    )
    flair_id: Mapped[UUID | None] = mapped_column(reference(GroupFlair.id, on_delete="SET NULL"))
    pinned_at: Mapped[Instant | None]
    """In its group."""
    locked_at: Mapped[Instant | None]
    """Nobody comments any more, by a moderator of its group."""
    accepted_comment_id: Mapped[UUID | None]
    """The answer that the author of a question in a group took."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class PostEdit(Base):
    """A text that was replaced, with how many had voted by then in the post's poll."""

    __tablename__ = "post_edits"

    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    content_warning: Mapped[str | None] = mapped_column(String(200))
    sentiment: Mapped[str | None] = mapped_column(String(20))
    vote_count: Mapped[int] = mapped_column(server_default=text("0"))
    replaced_at: Mapped[Now]


class PostMedia(Base):
    """A picture of a post, ours, described for who cannot see it."""

    __tablename__ = "post_media"
    __table_args__ = (
        Index("ix_post_media_media_id", "media_id"),
        CheckConstraint("position BETWEEN 0 AND 3", name="position"),
    )

    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    media_id: Mapped[UUID] = mapped_column(reference(MediaFile.id, on_delete="CASCADE"))
    """Media's sweep removes it where no post shows it any more."""
    url: Mapped[str] = mapped_column(String(500))
    alt: Mapped[str] = mapped_column(String(1000), server_default=text("''"))
    media: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """`blurhash`, `width`, `height`, `variants`, repeated so that lists need not look for them."""


class Poll(Base):
    __tablename__ = "polls"
    __table_args__ = (
        Index("uq_polls_post_id", "post_id", unique=True),
        CheckConstraint("cardinality(options) BETWEEN 2 AND 4", name="options"),
        CheckConstraint(
            "cardinality(vote_counts) = cardinality(options) AND 0 <= ALL(vote_counts)", name="vote_counts"
        ),
        CheckConstraint("minutes BETWEEN 1440 AND 10080", name="minutes"),
    )

    id: Mapped[Id]
    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"))
    options: Mapped[list[str]] = mapped_column(ARRAY(Text))
    minutes: Mapped[int]
    """From the publication to the end."""
    ends_at: Mapped[Instant | None]
    """Null until the post is published."""
    hides_results: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """From whoever has not voted, until the end."""
    vote_counts: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    """By option; kept by a trigger."""
    created_at: Mapped[Now]


class PollVote(Base):
    __tablename__ = "poll_votes"
    __table_args__ = (Index("ix_poll_votes_user_id", "user_id"),)

    poll_id: Mapped[UUID] = mapped_column(reference(Poll.id, on_delete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    option: Mapped[int] = mapped_column(SmallInteger)
    """The first is 0."""
    created_at: Mapped[Now]


class ProfilePin(Base):
    """The post that somebody shows first on their page."""

    __tablename__ = "profile_pins"
    __table_args__ = (Index("ix_profile_pins_post_id", "post_id"),)

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"))
    created_at: Mapped[Now]


class AuthorStats(Base):
    """How many live posts outside of groups somebody has; kept by a trigger."""

    __tablename__ = "author_stats"
    __table_args__ = (CheckConstraint("post_count >= 0", name="post_count"),)

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    post_count: Mapped[int] = mapped_column(server_default=text("0"))
