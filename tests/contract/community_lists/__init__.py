"""The lists of profiles, community and discovery, each with what adds a row and what takes one away.

Rows come three at one instant, as imports and schedules write them, so that an order by time alone has no order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Comment
from shared.contexts.community.models.groups import Group
from shared.contexts.community.models.imports import PostImport
from shared.contexts.community.models.posts import Post
from shared.contexts.community.models.topics import Hashtag, Ticker
from shared.contexts.identity.models.accounts import User
from tests.factories import community, groups, profiles, topics

START: Final = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Whoever walks, whom they follow, and what lists are about. The group and the import are the walker's."""

    db: Session
    walker: User
    author: User
    post: Post
    comment: Comment
    group: Group
    ticker: Ticker
    tag: Hashtag
    post_import: PostImport


@dataclass(frozen=True)
class Listed:
    """A list: its route, a query, what adds a row and answers its key, a statement that takes one away, and where an
    item has the key. `:walker` and `:post` are in the statement too.
    """

    context: str
    path: str
    add: Callable[[World, int], Any]
    remove: str
    query: Mapping[str, str] = field(default_factory=dict)
    key: Callable[[dict[str, Any]], Any] = lambda item: item["id"]
    items: Callable[[dict[str, Any]], dict[str, Any]] = lambda answer: answer

    def __str__(self) -> str:
        return " ".join((self.path, *self.query.values()))

    def address(self, world: World) -> str:
        return self.path.format(
            user=world.author.id,
            post_id=world.post.id,
            comment_id=world.comment.id,
            import_id=world.post_import.id,
            slug=world.group.slug,
            symbol=world.ticker.symbol,
            tag=world.tag.key,
        )


def arranged(db: Session) -> World:
    walker, author = profiles.person(db), profiles.person(db)
    profiles.follow(db, walker, author)
    bystander = profiles.person(db)
    long_ago, tag = START - timedelta(days=400), topics.hashtag(db)
    post = community.post(db, bystander, published_at=long_ago)
    topics.post_about(db, bystander, tag, published_at=long_ago, deleted_at=long_ago)
    post_import = PostImport(user_id=walker.id, size_bytes=1)
    db.add(post_import)
    db.commit()
    return World(
        db,
        walker,
        author,
        post,
        community.comment(db, post, bystander),
        groups.group(db, walker, created_at=long_ago),
        topics.ticker(db, name="Apple Inc."),
        tag,
        post_import,
    )


def at(number: int) -> datetime:
    """Three of a minute."""
    return START + timedelta(minutes=number // 3)
