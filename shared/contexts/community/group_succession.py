"""Groups whose only owner goes have another one, or are closed: nobody is left who could do anything otherwise."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_LOCK: Final = """
SELECT g.id FROM groups g
WHERE g.id IN (SELECT m.group_id FROM group_members m WHERE m.user_id = %(user_id)s) ORDER BY g.id FOR NO KEY UPDATE
"""
# The moderator who came first, else the member who did; people who are active and may write before others.
_HAND_OVER: Final = """
UPDATE group_members m SET role = 'owner' FROM (
    SELECT DISTINCT ON (n.group_id) n.group_id, n.user_id
    FROM group_members o JOIN group_members n ON n.group_id = o.group_id AND n.user_id <> o.user_id
    LEFT JOIN profiles_people a ON a.user_id = n.user_id
    WHERE o.user_id = %(user_id)s AND o.role = 'owner' AND NOT EXISTS (
        SELECT FROM group_members x WHERE x.group_id = o.group_id AND x.role = 'owner' AND x.user_id <> o.user_id)
    ORDER BY n.group_id, coalesce(a.standing = 'good', false) DESC, n.role = 'moderator' DESC, n.joined_at, n.user_id
) heir WHERE m.group_id = heir.group_id AND m.user_id = heir.user_id
"""
_CLOSE: Final = """
UPDATE groups g SET closed_at = now(), version = version + 1
WHERE g.closed_at IS NULL AND g.id IN (
        SELECT m.group_id FROM group_members m WHERE m.user_id = %(user_id)s AND m.role = 'owner')
    AND NOT EXISTS (SELECT FROM group_members x WHERE x.group_id = g.id AND x.user_id <> %(user_id)s)
"""


def lock(connection: Connection, user_id: UUID) -> None:
    """Wait for others who change groups that the person is in, until the transaction ends: groups come before posts."""
    connection.execute(_LOCK, {"user_id": user_id})


def hand_over(connection: Connection, user_id: UUID) -> None:
    """Where the person is the only owner: the oldest moderator is an owner as well, else the oldest member; a group of
    nobody else is closed. The groups are locked (`lock`). Again changes nothing.
    """
    connection.execute(_HAND_OVER, {"user_id": user_id})
    connection.execute(_CLOSE, {"user_id": user_id})
