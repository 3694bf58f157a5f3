"""Posts as they are read, one and in lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from functions.community.errors import PostNotFoundError
from functions.community.repository import post_cards, post_edits, post_lists
from functions.community.repository.post_cards import PostCard
from functions.community.repository.post_lists import Place
from shared.clients.database import Connection
from shared.pages import split_page


@dataclass(frozen=True, slots=True)
class Cards:
    """Posts in order, and those of the posts they quote that the viewer may read."""

    posts: Sequence[PostCard]
    quoted: Mapping[UUID, PostCard]


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


def quotes(
    connection: Connection, post_id: UUID, *, viewer: UUID | None, limit: int, after: Place | None
) -> tuple[Cards, Place | None]:
    """A page of the posts that quote this one. Raises PostNotFoundError."""
    if not post_edits.is_readable(connection, post_id, viewer):
        raise PostNotFoundError
    places, last = split_page(
        post_lists.quotes(connection, post_id, viewer, limit=limit + 1, after=after), limit, lambda place: place
    )
    return page(connection, [place.id for place in places], viewer), last


def page(connection: Connection, ids: Sequence[UUID], viewer: UUID | None) -> Cards:
    """The posts of a list, in two statements whatever their number."""
    return filled(connection, post_cards.readable(connection, ids, viewer), viewer)


def own(connection: Connection, ids: Sequence[UUID], author_id: UUID) -> Cards:
    """As `page`, with what the author has not published or moderators have hidden."""
    return filled(connection, post_cards.readable_or_own(connection, ids, author_id), author_id)


def filled(connection: Connection, cards: Sequence[PostCard], viewer: UUID | None) -> Cards:
    """The posts with those that they quote."""
    quoted = [card.quoted_post_id for card in cards if card.quoted_post_id is not None]
    return Cards(cards, {card.id: card for card in post_cards.readable(connection, quoted, viewer)})
