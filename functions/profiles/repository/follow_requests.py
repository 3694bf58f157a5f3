"""Requests to follow a private account."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_PENDING: Final = "SELECT count(*)::int AS n FROM follow_requests WHERE follower_id = %s"
# In the order in which everybody locks people.
_LOCK: Final = """
SELECT FROM profiles WHERE user_id = %(user_id)s OR user_id = ANY(ARRAY(
    SELECT follower_id FROM follow_requests WHERE followed_id = %(user_id)s
)) ORDER BY user_id FOR NO KEY UPDATE
"""
_ACCEPT: Final = """
WITH request AS (
    DELETE FROM follow_requests WHERE followed_id = %(followed)s AND follower_id = %(follower)s
    RETURNING follower_id, followed_id
), accepted AS (
    INSERT INTO follows (follower_id, followed_id) SELECT follower_id, followed_id FROM request ON CONFLICT DO NOTHING
)
SELECT FROM request
"""
_ACCEPT_ALL: Final = """
WITH requests AS (
    DELETE FROM follow_requests WHERE followed_id = %(followed)s RETURNING follower_id, followed_id
)
INSERT INTO follows (follower_id, followed_id) SELECT follower_id, followed_id FROM requests ON CONFLICT DO NOTHING
"""
_DECLINE: Final = "DELETE FROM follow_requests WHERE followed_id = %(followed)s AND follower_id = %(follower)s"


def pending(connection: Connection, follower: UUID) -> int:
    """How many requests of the person's wait for an answer."""
    row = connection.execute(_PENDING, (follower,)).fetchone()
    assert row is not None
    waiting: int = row["n"]
    return waiting


def lock_requesters(connection: Connection, user_id: UUID) -> None:
    """Lock the person and all who ask to follow them."""
    connection.execute(_LOCK, {"user_id": user_id})


def accept(connection: Connection, follower: UUID, followed: UUID) -> bool:
    """The request becomes a follow; False where there is none. Both are locked."""
    return connection.execute(_ACCEPT, {"follower": follower, "followed": followed}).fetchone() is not None


def accept_all(connection: Connection, followed: UUID) -> None:
    """All requests become follows."""
    connection.execute(_ACCEPT_ALL, {"followed": followed})


def decline(connection: Connection, follower: UUID, followed: UUID) -> None:
    """The request ends without a follow."""
    connection.execute(_DECLINE, {"follower": follower, "followed": followed})
