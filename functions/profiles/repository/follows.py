"""Who follows whom. Counts are kept by a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from functions.profiles.repository.people import RELATION
from shared.clients.database import Connection
from shared.contexts.profiles import audience


class ListedPerson(NamedTuple):
    """A person in a list, since when they are in it, and their relation to the viewer."""

    user_id: UUID
    username: str
    display_name: str | None
    picture: dict[str, Any] | None
    is_private: bool
    since: datetime
    following: bool
    followed_by: bool
    requested: bool
    muting: bool
    blocking: bool


LISTED: Final = f"p.user_id, p.username, p.display_name, p.picture, p.is_private, l.created_at AS since, {RELATION}"
"""Columns of `ListedPerson`, of `profiles_people p` and the list's row `l`."""

_LIST: Final = """
SELECT {columns} FROM {table} l JOIN profiles_people p ON p.user_id = l.{other}
WHERE l.{own} = %(user_id)s AND {findable}
  AND (l.created_at, l.{other}) < (coalesce(%(before)s::timestamptz, 'infinity'), coalesce(%(before_id)s::uuid,
       'ffffffff-ffff-ffff-ffff-ffffffffffff'))
ORDER BY l.created_at DESC, l.{other} DESC LIMIT %(limit)s
"""
_FINDABLE: Final = audience.is_findable("p.user_id")
_FOLLOWERS: Final = _LIST.format(
    columns=LISTED, table="follows", own="followed_id", other="follower_id", findable=_FINDABLE
)
_FOLLOWING: Final = _LIST.format(
    columns=LISTED, table="follows", own="follower_id", other="followed_id", findable=_FINDABLE
)
_RECEIVED: Final = _LIST.format(
    columns=LISTED, table="follow_requests", own="followed_id", other="follower_id", findable=_FINDABLE
)
_SENT: Final = _LIST.format(
    columns=LISTED, table="follow_requests", own="follower_id", other="followed_id", findable=_FINDABLE
)
LISTS: Final = {"followers": _FOLLOWERS, "following": _FOLLOWING, "received": _RECEIVED, "sent": _SENT}

_NO_WALL: Final = """NOT EXISTS (
    SELECT FROM content_filters b WHERE b.kind = 'block' AND (
        b.user_id = %(follower)s AND b.target_id = %(followed)s
        OR b.user_id = %(followed)s AND b.target_id = %(follower)s))"""
_ADD: Final = f"""
INSERT INTO follows (follower_id, followed_id) SELECT %(follower)s, %(followed)s WHERE {_NO_WALL}
ON CONFLICT DO NOTHING
"""
_REQUEST: Final = f"""
INSERT INTO follow_requests (follower_id, followed_id)
SELECT %(follower)s, %(followed)s
WHERE {_NO_WALL} AND NOT EXISTS (
    SELECT FROM follows f WHERE f.follower_id = %(follower)s AND f.followed_id = %(followed)s)
ON CONFLICT DO NOTHING
"""
_END: Final = "DELETE FROM follows WHERE follower_id = %(follower)s AND followed_id = %(followed)s"
_WITHDRAW: Final = "DELETE FROM follow_requests WHERE follower_id = %(follower)s AND followed_id = %(followed)s"
_END_BOTH: Final = """
DELETE FROM follows
WHERE follower_id = %(one)s AND followed_id = %(other)s OR follower_id = %(other)s AND followed_id = %(one)s
"""
_WITHDRAW_BOTH: Final = """
DELETE FROM follow_requests
WHERE follower_id = %(one)s AND followed_id = %(other)s OR follower_id = %(other)s AND followed_id = %(one)s
"""


def page(
    connection: Connection, name: str, user_id: UUID, *, viewer: UUID | None, limit: int, after: Sequence[Any] | None
) -> Sequence[ListedPerson]:
    """A page of one of `LISTS` of the person's, newest first, as the viewer may see it."""
    before, before_id = after or (None, None)
    values = {"user_id": user_id, "viewer": viewer, "before": before, "before_id": before_id, "limit": limit}
    with connection.cursor(row_factory=args_row(ListedPerson)) as cursor:
        return cursor.execute(LISTS[name], values).fetchall()


def add(connection: Connection, follower: UUID, followed: UUID) -> None:
    """Follow, unless one has blocked the other. Both are locked."""
    connection.execute(_ADD, {"follower": follower, "followed": followed})


def request(connection: Connection, follower: UUID, followed: UUID) -> None:
    """Ask to follow, unless one has blocked the other or follows already. Both are locked."""
    connection.execute(_REQUEST, {"follower": follower, "followed": followed})


def end(connection: Connection, follower: UUID, followed: UUID) -> None:
    """Follow no longer, and ask no longer to."""
    values = {"follower": follower, "followed": followed}
    connection.execute(_END, values)
    connection.execute(_WITHDRAW, values)


def end_both(connection: Connection, one: UUID, other: UUID) -> None:
    """Neither follows the other any more, nor asks to."""
    values = {"one": one, "other": other}
    connection.execute(_END_BOTH, values)
    connection.execute(_WITHDRAW_BOTH, values)
