"""Posts: written and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from functions.community.errors import PostNotFoundError
from functions.community.repository import post_cards, post_lists, posts
from functions.community.repository.post_cards import PostCard
from functions.community.repository.post_lists import Place
from shared.clients.database import Connection
from shared.contexts.profiles import standing
from shared.pages import split_page


@dataclass(frozen=True, slots=True)
class Cards:
    """Posts in order, and those of the posts they quote that the viewer may read."""

    posts: Sequence[PostCard]
    quoted: Mapping[UUID, PostCard]


def write(connection: Connection, content: Mapping[str, Any], *, author_id: UUID) -> Cards:
    """A post of the author's. Raises what `standing.require_may_write` raises."""
    post_id = posts.insert(connection, {**content, "author_id": author_id, "folded_text": "", "quoted_post_id": None})
    if post_id is None:
        standing.require_may_write(connection, author_id)
        raise PostNotFoundError
    return show(connection, post_id, viewer=author_id)


def show(connection: Connection, post_id: UUID, *, viewer: UUID | None) -> Cards:
    """One post. Raises PostNotFoundError, also for what this viewer may not read."""
    cards = filled(connection, post_cards.readable_or_own(connection, [post_id], viewer), viewer)
    if not cards.posts:
        raise PostNotFoundError
    return cards


def newest(
    connection: Connection, *, viewer: UUID | None, limit: int, after: Place | None
) -> tuple[Cards, Place | None]:
    """A page of everybody's posts, the newest first, and where the next page begins."""
    places, last = split_page(
        post_lists.newest(connection, viewer, limit=limit + 1, after=after), limit, lambda place: place
    )
    return page(connection, [place.id for place in places], viewer), last


def page(connection: Connection, ids: Sequence[UUID], viewer: UUID | None) -> Cards:
    """The posts of a list, in two statements whatever their number."""
    return filled(connection, post_cards.readable(connection, ids, viewer), viewer)


def filled(connection: Connection, cards: Sequence[PostCard], viewer: UUID | None) -> Cards:
    """The posts with those that they quote."""
    quoted = [card.quoted_post_id for card in cards if card.quoted_post_id is not None]
    return Cards(cards, {card.id: card for card in post_cards.readable(connection, quoted, viewer)})
