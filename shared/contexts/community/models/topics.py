"""What posts are about: tickers, hashtags, people; and who follows what."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.community.models.comments import Comment
from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.tables.base import Base, Id, Instant, Now, reference


class Ticker(Base):
    """A security by its canonical symbol, which carries its market where the code does not say it: `AAPL`, `BRK.B`,
    `0700.HK`, `600519.SH`. Known ones have a name; others exist since somebody wrote of them.
    """

    __tablename__ = "tickers"
    __table_args__ = (
        UniqueConstraint("symbol"),
        Index("ix_tickers_code", "code"),
        Index("ix_tickers_prefix", "symbol", postgresql_ops={"symbol": "text_pattern_ops"}),
        Index(
            "ix_tickers_name_prefix",
            literal_column("lower(name::text)").label("key"),
            postgresql_ops={"key": "text_pattern_ops"},
        ),
        Index("ix_tickers_name_zh_prefix", "name_zh", postgresql_ops={"name_zh": "text_pattern_ops"}),
        # `search_keys`, a function of the schema: parts of Chinese names, and what misspelt words have in common.
        Index(
            "ix_tickers_keys",
            literal_column("search_keys(name::text, name_zh::text)").label("key"),
            postgresql_using="gin",
        ),
    )

    id: Mapped[Id]
    symbol: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(20))
    """The symbol without its market."""
    market: Mapped[str | None] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(100))
    name_zh: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class PostTicker(Base):
    """A published post that names a ticker."""

    __tablename__ = "post_tickers"
    __table_args__ = (
        Index("ix_post_tickers_newest", "ticker_id", "published_at", "post_id"),
        Index("ix_post_tickers_published_at", "published_at"),
    )

    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"), primary_key=True)
    ticker_id: Mapped[UUID] = mapped_column(reference(Ticker.id), primary_key=True)
    published_at: Mapped[Instant]


class Hashtag(Base):
    """One for all spellings: `key` is folded, `name` as most people write it."""

    __tablename__ = "hashtags"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_hashtags_prefix", "key", postgresql_ops={"key": "text_pattern_ops"}),
        # As for tickers.
        Index(
            "ix_hashtags_keys",
            literal_column("search_keys(key::text, NULL::text)").label("keys"),
            postgresql_using="gin",
        ),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[Now]


class PostHashtag(Base):
    """A published post with a hashtag, as it is spelt there."""

    __tablename__ = "post_hashtags"
    __table_args__ = (Index("ix_post_hashtags_newest", "hashtag_id", "published_at", "post_id"),)

    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"), primary_key=True)
    hashtag_id: Mapped[UUID] = mapped_column(reference(Hashtag.id), primary_key=True)
    spelling: Mapped[str] = mapped_column(String(100))
    published_at: Mapped[Instant]


class PostMention(Base):
    """Somebody named by a published post. Withdrawn ones stay, so that nobody is told of them twice."""

    __tablename__ = "post_mentions"
    __table_args__ = (Index("ix_post_mentions_newest", "user_id", "mentioned_at", "post_id"),)

    post_id: Mapped[UUID] = mapped_column(reference(Post.id, on_delete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    mentioned_at: Mapped[Now]
    withdrawn_at: Mapped[Instant | None]


class CommentMention(Base):
    __tablename__ = "comment_mentions"
    __table_args__ = (Index("ix_comment_mentions_newest", "user_id", "mentioned_at", "comment_id"),)

    comment_id: Mapped[UUID] = mapped_column(reference(Comment.id, on_delete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    mentioned_at: Mapped[Now]
    withdrawn_at: Mapped[Instant | None]


class TopicFollow(Base):
    """A ticker, hashtag or group whose posts come into somebody's feed."""

    __tablename__ = "topic_follows"
    __table_args__ = (
        Index("ix_topic_follows_topic", "topic_id", "user_id"),
        CheckConstraint("kind IN ('ticker', 'hashtag', 'group')", name="kind"),
    )

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    topic_id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[Now]
