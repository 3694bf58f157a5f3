"""Feeds, and pages of people: posts at their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from functions.community.domain.post_order import PostOrder
from functions.community.errors import PersonNotFoundError
from functions.community.repository import feed, post_lists, user_pages
from functions.community.repository.feed import FeedPlace
from functions.community.repository.post_lists import Place
from functions.community.service.posts import Cards, page
from shared.clients.database import Connection
from shared.contexts.profiles import usernames
from shared.errors import NotAuthenticatedError
from shared.identifiers import as_id
from shared.pages import split_page

_ROUNDS: Final = 4
"""A page is searched so often where most of what is found is not for the viewer; then it is as long as it is."""


class FeedScope(StrEnum):
    ALL = "all"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Places, and the posts at them; `pinned` stands before all. `set_apart` is the pinned post of the first page,
    which is in no later one, whatever is pinned meanwhile.
    """

    places: Sequence[FeedPlace]
    cards: Cards
    pinned: UUID | None = None
    set_apart: UUID | None = None


def read(
    connection: Connection,
    *,
    viewer: UUID | None,
    scope: FeedScope,
    order: PostOrder,
    limit: int,
    after: FeedPlace | None,
    epoch: datetime,
) -> tuple[FeedPage, FeedPlace | None]:
    """A page of a feed, and where the next one begins. `epoch` is when the first page was read.

    Raises NotAuthenticatedError for what somebody follows who is not signed in.
    """
    if scope is FeedScope.ALL:
        places, last = split_page(
            _of_all(connection, viewer, order, limit=limit + 1, after=after, epoch=epoch), limit, _itself
        )
        return _page(connection, places, viewer), last
    if viewer is None:
        raise NotAuthenticatedError("Sign in to read what you follow")
    find = feed.following if order is PostOrder.NEW else feed.hot_following

    def candidates(count: int, position: FeedPlace | None) -> list[FeedPlace]:
        return find(connection, viewer, limit=count, after=position, epoch=epoch)

    places, last = _shown(candidates, limit, after)
    return _page(connection, places, viewer), last


def of_person(
    connection: Connection,
    id_or_username: str,
    *,
    viewer: UUID | None,
    limit: int,
    after: FeedPlace | None,
    set_apart: UUID | None,
) -> tuple[FeedPage, FeedPlace | None]:
    """A page of somebody's posts and of what they passed on; the pinned post comes first, and `set_apart` nowhere in
    pages behind it. Raises PersonNotFoundError, also where one of the two has blocked the other.
    """
    key = usernames.key_of(id_or_username)
    owner = user_pages.owner(connection, viewer, user_id=as_id(id_or_username), key=key)
    if owner is None:
        raise PersonNotFoundError
    apart = set_apart if after else owner.pinned
    rows = user_pages.places(connection, owner.user_id, viewer, without=apart, limit=limit + 1, after=after)
    places, last = split_page(rows, limit, _itself)
    shown = _page(connection, places, viewer, pinned=None if after else apart)
    return replace(shown, set_apart=apart), last


def _of_all(
    connection: Connection,
    viewer: UUID | None,
    order: PostOrder,
    *,
    limit: int,
    after: FeedPlace | None,
    epoch: datetime,
) -> Sequence[FeedPlace]:
    if order is PostOrder.HOT:
        return feed.hot(connection, viewer, limit=limit, after=after, epoch=epoch)
    rows = post_lists.newest(connection, viewer, limit=limit, after=Place(after.value, after.id) if after else None)
    return [FeedPlace(row.published_at, row.id, None, is_shown=True) for row in rows]


def _shown(
    candidates: Callable[[int, FeedPlace | None], list[FeedPlace]], limit: int, after: FeedPlace | None
) -> tuple[Sequence[FeedPlace], FeedPlace | None]:
    """Up to `limit` places that are shown. Few are not, so that one look is enough nearly always."""
    count = limit + limit // 2 + 5
    shown: list[FeedPlace] = []
    for _ in range(_ROUNDS):
        found = candidates(count, after)
        shown += [place for place in found if place.is_shown]
        if len(shown) > limit:
            return shown[:limit], shown[limit - 1]
        if len(found) < count:
            return shown, None
        after = found[-1]
    return shown, after


def _page(
    connection: Connection, places: Sequence[FeedPlace], viewer: UUID | None, *, pinned: UUID | None = None
) -> FeedPage:
    ids = [place.id for place in places]
    return FeedPage(places, page(connection, [pinned, *ids] if pinned else ids, viewer), pinned)


def _itself(place: FeedPlace) -> FeedPlace:
    return place
