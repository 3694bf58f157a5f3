"""Tickers and hashtags, and posts that name them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.community.models.posts import Post
from shared.contexts.community.models.topics import Hashtag, PostHashtag, PostTicker, Ticker
from shared.contexts.identity.models.accounts import User
from tests.factories import community


def ticker(db: Session, symbol: str = "AAPL", **columns: Any) -> Ticker:
    """A committed ticker; known by a name where `columns` have one."""
    code, _, market = symbol.partition(".")
    made = Ticker(**{"symbol": symbol, "code": code, "market": market or None, **columns})
    db.add(made)
    db.commit()
    return made


def hashtag(db: Session, key: str = "earnings", **columns: Any) -> Hashtag:
    made = Hashtag(**{"key": key, "name": key, **columns})
    db.add(made)
    db.commit()
    return made


def post_about(
    db: Session, author: User, *topics: Ticker | Hashtag, spelling: str | None = None, **columns: Any
) -> Post:
    """A committed post that names the topics, hashtags in this spelling."""
    made = community.post(db, author, columns.pop("body", "Of this and that"), **columns)
    for topic in topics:
        if isinstance(topic, Ticker):
            db.add(PostTicker(post_id=made.id, ticker_id=topic.id, published_at=made.published_at))
        else:
            row = PostHashtag(post_id=made.id, hashtag_id=topic.id, published_at=made.published_at)
            row.spelling = spelling or topic.name
            db.add(row)
    db.commit()
    return made
