"""Tables of profiles: who people are to each other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.tables.base import Base, Id, Instant, Now, reference


class Profile(Base):
    """A person as others see them, from onboarding on."""

    __tablename__ = "profiles"
    __table_args__ = (
        Index("uq_profiles_username_key", "username_key", unique=True),
        Index("uq_profiles_username_skeleton", "username_skeleton", unique=True),
        Index("ix_profiles_username_prefix", "username_key", postgresql_ops={"username_key": "text_pattern_ops"}),
        Index("ix_profiles_display_prefix", "display_key", postgresql_ops={"display_key": "text_pattern_ops"}),
        Index(
            "ix_profiles_names",
            "username_key",
            "display_key",
            postgresql_using="gin",
            postgresql_ops={"username_key": "gin_trgm_ops", "display_key": "gin_trgm_ops"},
        ),
        # `search_keys`, a function of the schema: parts of Chinese names, and what misspelt ones have in common.
        Index(
            "ix_profiles_keys",
            literal_column("search_keys(username_key::text, display_key)").label("key"),
            postgresql_using="gin",
        ),
        Index("ix_profiles_picture_id", "picture_id", postgresql_where=text("picture_id IS NOT NULL")),
        CheckConstraint("standing IN ('good', 'suspended', 'banned')", name="standing"),
        CheckConstraint("char_length(bio) <= 500", name="bio"),
        CheckConstraint("follower_count >= 0 AND following_count >= 0", name="counts"),
    )

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    username: Mapped[str] = mapped_column(String(30))
    """As typed, after NFKC."""
    username_key: Mapped[str] = mapped_column(String(90))
    """What names are compared by (`usernames.key_of`)."""
    username_skeleton: Mapped[str] = mapped_column(Text)
    """The same for names that look alike (UTS 39)."""
    display_name: Mapped[str | None] = mapped_column(String(60))
    """Null: the username is shown."""
    display_key: Mapped[str | None] = mapped_column(Text)
    """The display name folded, as search reads it."""
    bio: Mapped[str] = mapped_column(Text, server_default=text("''"))
    picture_id: Mapped[UUID | None] = mapped_column(reference(MediaFile.id, on_delete="SET NULL"))
    picture: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What is shown of the picture: address, sizes, blurhash."""
    country: Mapped[str | None] = mapped_column(String(2))
    """ISO 3166-1 alpha-2, as the network of the onboarding has it."""
    time_zone: Mapped[str] = mapped_column(String(64))
    """An IANA name."""
    ip_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """HMAC-SHA-256 of the network address at onboarding."""
    is_private: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether following wants the person's consent, and only followers see what they publish."""
    standing: Mapped[str] = mapped_column(String(20), server_default=text("'good'"))
    """`suspended`: reads and does not write; `banned`: is not shown either."""
    standing_until: Mapped[Instant | None]
    """When the standing is good again by itself; null for ever."""
    standing_reason: Mapped[str | None] = mapped_column(String(500))
    follower_count: Mapped[int] = mapped_column(server_default=text("0"))
    following_count: Mapped[int] = mapped_column(server_default=text("0"))
    """Rows of `follows`, kept by triggers."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class PendingStanding(Base):
    """A suspension or ban of somebody who has no profile yet; the profile has it from its first moment."""

    __tablename__ = "pending_standings"
    __table_args__ = (CheckConstraint("standing IN ('suspended', 'banned')", name="standing"),)

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    standing: Mapped[str] = mapped_column(String(20))
    standing_until: Mapped[Instant | None]
    standing_reason: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[Now]


class Follow(Base):
    __tablename__ = "follows"
    __table_args__ = (
        Index("ix_follows_followers", "followed_id", "created_at", "follower_id"),
        Index("ix_follows_following", "follower_id", "created_at", "followed_id"),
        CheckConstraint("follower_id <> followed_id", name="other"),
    )

    follower_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    followed_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    created_at: Mapped[Now]


class FollowRequest(Base):
    """Somebody would like to follow a private account."""

    __tablename__ = "follow_requests"
    __table_args__ = (
        Index("ix_follow_requests_received", "followed_id", "created_at", "follower_id"),
        Index("ix_follow_requests_sent", "follower_id", "created_at", "followed_id"),
        CheckConstraint("follower_id <> followed_id", name="other"),
    )

    follower_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    followed_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    created_at: Mapped[Now]


class ContentFilter(Base):
    """A mute, which hides, or a block, which also forbids interaction, both ways."""

    __tablename__ = "content_filters"
    __table_args__ = (
        Index("ix_content_filters_list", "user_id", "created_at", "target_id"),
        Index("ix_content_filters_blocked_by", "target_id", "user_id", postgresql_where=text("kind = 'block'")),
        CheckConstraint("kind IN ('mute', 'block')", name="kind"),
        CheckConstraint("kind = 'mute' OR until IS NULL", name="until"),
        CheckConstraint("user_id <> target_id", name="other"),
    )

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    target_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    until: Mapped[Instant | None]
    """When a mute ends by itself."""
    created_at: Mapped[Now]


class UserInterest(Base):
    __tablename__ = "user_interests"
    __table_args__ = (Index("ix_user_interests_topic", "topic"),)

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(50), primary_key=True)
    created_at: Mapped[Now]


class WatchlistItem(Base):
    """A ticker that somebody watches."""

    __tablename__ = "watchlist_items"
    __table_args__ = (Index("ix_watchlist_items_symbol", "symbol"),)

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    symbol: Mapped[str] = mapped_column(String(20), primary_key=True)
    """In its canonical form."""
    created_at: Mapped[Now]


class WordFilter(Base):
    """Words that somebody does not want to read."""

    __tablename__ = "word_filters"
    __table_args__ = (
        Index("uq_word_filters_pattern", "user_id", "pattern", unique=True),
        CheckConstraint("action IN ('hide', 'fold')", name="action"),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    phrase: Mapped[str] = mapped_column(String(100))
    pattern: Mapped[str] = mapped_column(Text)
    """A regular expression of PostgreSQL over folded text."""
    action: Mapped[str] = mapped_column(String(10), server_default=text("'hide'"))
    until: Mapped[Instant | None]
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
