"""Whole lists of people, read and written at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from functions.profiles.repository.people import NOT_BLOCKED_BY
from shared.clients.database import Connection


class FoundPerson(NamedTuple):
    """Somebody whom a file names, as the viewer may see them."""

    username_key: str
    user_id: UUID
    is_private: bool
    blocking: bool


_FOLLOWING: Final = """
SELECT p.username FROM follows l JOIN profiles_people p ON p.user_id = l.followed_id WHERE l.follower_id = %s
ORDER BY l.created_at, l.followed_id
"""
_FILTERED: Final = """
SELECT p.username FROM content_filters c JOIN profiles_people p ON p.user_id = c.target_id
WHERE c.user_id = %s AND c.kind = %s AND (c.until IS NULL OR c.until > now()) ORDER BY c.created_at, c.target_id
"""
_FIND: Final = f"""
SELECT p.username_key, p.user_id, p.is_private, EXISTS (
    SELECT FROM content_filters o WHERE o.user_id = %(viewer)s AND o.target_id = p.user_id AND o.kind = 'block'
) AS blocking
FROM profiles_people p WHERE p.username_key = ANY(%(keys)s) AND p.standing <> 'banned' AND {NOT_BLOCKED_BY}
"""
_NO_WALL: Final = """NOT EXISTS (
    SELECT FROM content_filters b WHERE b.kind = 'block' AND (
        b.user_id = %(viewer)s AND b.target_id = t.id OR b.user_id = t.id AND b.target_id = %(viewer)s))"""
_FOLLOW: Final = f"""
INSERT INTO follows (follower_id, followed_id) SELECT %(viewer)s, t.id FROM unnest(%(ids)s::uuid[]) AS t (id)
WHERE {_NO_WALL} ON CONFLICT DO NOTHING RETURNING followed_id AS id
"""
_REQUEST: Final = f"""
INSERT INTO follow_requests (follower_id, followed_id)
SELECT %(viewer)s, t.id FROM unnest(%(ids)s::uuid[]) AS t (id)
WHERE {_NO_WALL} AND NOT EXISTS (
    SELECT FROM follows f WHERE f.follower_id = %(viewer)s AND f.followed_id = t.id)
ON CONFLICT DO NOTHING RETURNING followed_id AS id
"""
_FILTER: Final = """
INSERT INTO content_filters (user_id, target_id, kind)
SELECT %(viewer)s, t.id, %(kind)s FROM unnest(%(ids)s::uuid[]) AS t (id)
ON CONFLICT DO NOTHING RETURNING target_id AS id
"""
_END_FOLLOWS: Final = """
DELETE FROM follows WHERE follower_id = %(viewer)s AND followed_id = ANY(%(ids)s)
    OR followed_id = %(viewer)s AND follower_id = ANY(%(ids)s)
"""
_END_REQUESTS: Final = """
DELETE FROM follow_requests WHERE follower_id = %(viewer)s AND followed_id = ANY(%(ids)s)
    OR followed_id = %(viewer)s AND follower_id = ANY(%(ids)s)
"""


def following(connection: Connection, user_id: UUID) -> list[str]:
    """Usernames of those whom the person follows, oldest first."""
    return [row["username"] for row in connection.execute(_FOLLOWING, (user_id,))]


def filtered(connection: Connection, user_id: UUID, kind: str) -> list[str]:
    """Usernames of those whom the person mutes or blocks, oldest first."""
    return [row["username"] for row in connection.execute(_FILTERED, (user_id, kind))]


def find(connection: Connection, keys: Sequence[str], *, viewer: UUID) -> dict[str, FoundPerson]:
    """Those of the keys that the viewer finds somebody under."""
    with connection.cursor(row_factory=args_row(FoundPerson)) as cursor:
        return {row.username_key: row for row in cursor.execute(_FIND, {"keys": list(keys), "viewer": viewer})}


def follow(connection: Connection, viewer: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Follow all of them; returns whom the viewer did not follow before. All are locked."""
    return _ids(connection, _FOLLOW, viewer, ids)


def request(connection: Connection, viewer: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Ask to follow all of them; returns whom the viewer did not ask or follow before. All are locked."""
    return _ids(connection, _REQUEST, viewer, ids)


def put_filters(connection: Connection, viewer: UUID, ids: Collection[UUID], kind: str) -> set[UUID]:
    """Mute or block all of them; returns whom the viewer did not before."""
    rows = connection.execute(_FILTER, {"viewer": viewer, "ids": list(ids), "kind": kind})
    return {row["id"] for row in rows}


def end_follows(connection: Connection, viewer: UUID, ids: Collection[UUID]) -> None:
    """Neither the viewer nor they follow each other any more, or ask to. All are locked."""
    values = {"viewer": viewer, "ids": list(ids)}
    connection.execute(_END_FOLLOWS, values)
    connection.execute(_END_REQUESTS, values)


def _ids(connection: Connection, statement: str, viewer: UUID, ids: Collection[UUID]) -> set[UUID]:
    if not ids:
        return set()
    return {row["id"] for row in connection.execute(statement, {"viewer": viewer, "ids": list(ids)})}
