"""Following, asking to, and the lists of who does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from functions.profiles.domain.limits import MAX_FOLLOWS, MAX_PENDING_REQUESTS
from functions.profiles.errors import (
    BlockingError,
    FollowLimitError,
    FollowRequestNotFoundError,
    OneselfError,
    UserNotFoundError,
)
from functions.profiles.repository import follow_requests, follows, pairs
from functions.profiles.repository.follows import ListedPerson
from functions.profiles.repository.people import PersonRow
from functions.profiles.service import people
from shared.clients.database import Connection
from shared.contexts.profiles.standing import require_may_write
from shared.pages import split_page


def follow(connection: Connection, id_or_username: str, *, viewer: UUID) -> PersonRow:
    """The person, whom the viewer follows now, or asks to where the account is private. Can be repeated.

    Raises UserNotFoundError, OneselfError, BlockingError, FollowLimitError, and what `require_may_write` raises.
    """
    require_may_write(connection, viewer)
    person = people.show(connection, id_or_username, viewer=viewer)
    if person.user_id == viewer:
        raise OneselfError
    if person.blocking:
        raise BlockingError
    if not person.following:
        _follow(connection, viewer, person.user_id)
    return people.show(connection, str(person.user_id), viewer=viewer)


def unfollow(connection: Connection, id_or_username: str, *, viewer: UUID) -> None:
    """Follow no longer, and withdraw the request. Never needs the right to see the person."""
    target = people.known_id(connection, id_or_username)
    if target is not None:
        pairs.lock(connection, viewer, target)
        follows.end(connection, viewer, target)


def remove_follower(connection: Connection, id_or_username: str, *, viewer: UUID) -> None:
    """The person follows the viewer no longer, without being told."""
    follower = people.known_id(connection, id_or_username)
    if follower is not None:
        pairs.lock(connection, viewer, follower)
        follows.end(connection, follower, viewer)


def listed(
    connection: Connection,
    name: str,
    id_or_username: str,
    *,
    viewer: UUID | None,
    limit: int,
    after: list[Any] | None,
) -> tuple[Sequence[ListedPerson], list[Any] | None]:
    """Followers of a person, or whom they follow. Those of a private account are for its followers.

    Raises UserNotFoundError.
    """
    person = people.show(connection, id_or_username, viewer=viewer)
    if person.is_private and not person.following and person.user_id != viewer:
        raise UserNotFoundError
    return _page(connection, name, person.user_id, viewer=viewer, limit=limit, after=after)


def requests(
    connection: Connection, direction: str, viewer: UUID, *, limit: int, after: list[Any] | None
) -> tuple[Sequence[ListedPerson], list[Any] | None]:
    """Requests that the viewer has received, or sent, and that wait for an answer."""
    return _page(connection, direction, viewer, viewer=viewer, limit=limit, after=after)


def accept(connection: Connection, id_or_username: str, *, viewer: UUID) -> None:
    """The person follows the viewer from now on. Raises FollowRequestNotFoundError."""
    follower = people.known_id(connection, id_or_username)
    if follower is None:
        raise FollowRequestNotFoundError
    pairs.lock(connection, viewer, follower)
    if not follow_requests.accept(connection, follower, viewer):
        raise FollowRequestNotFoundError


def decline(connection: Connection, id_or_username: str, *, viewer: UUID) -> None:
    """The request is gone, and the person is not told."""
    follower = people.known_id(connection, id_or_username)
    if follower is not None:
        follow_requests.decline(connection, follower, viewer)


def _follow(connection: Connection, viewer: UUID, target: UUID) -> None:
    locked = pairs.lock(connection, viewer, target)
    if target not in locked or viewer not in locked:
        raise UserNotFoundError
    if locked[viewer].following_count >= MAX_FOLLOWS:
        raise FollowLimitError(f"At most {MAX_FOLLOWS} people can be followed")
    if not locked[target].is_private:
        follows.add(connection, viewer, target)
        return
    if follow_requests.pending(connection, viewer) >= MAX_PENDING_REQUESTS:
        raise FollowLimitError(f"At most {MAX_PENDING_REQUESTS} requests can wait for an answer")
    follows.request(connection, viewer, target)


def _page(
    connection: Connection, name: str, user_id: UUID, *, viewer: UUID | None, limit: int, after: list[Any] | None
) -> tuple[Sequence[ListedPerson], list[Any] | None]:
    rows = follows.page(connection, name, user_id, viewer=viewer, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: [row.since.isoformat(), row.user_id])
