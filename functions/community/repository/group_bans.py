"""Who may not come back into a group. The group is locked (`group_members.lock`)."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.community.repository.group_members import GroupPerson, Place
from shared.clients.database import Connection
from shared.contexts.profiles import audience

_PERSON: Final = "SELECT FROM profiles_people WHERE user_id = %s"
# Whoever is banned is no member, asks for nothing, and invites nobody.
_BAN: Final = """
WITH removed AS (
    DELETE FROM group_members WHERE group_id = %(group_id)s AND user_id = %(user_id)s
), asked AS (
    DELETE FROM group_requests WHERE group_id = %(group_id)s AND (user_id = %(user_id)s OR invited_by = %(user_id)s)
), followed AS (
    DELETE FROM topic_follows WHERE user_id = %(user_id)s AND kind = 'group' AND topic_id = %(group_id)s
)
INSERT INTO group_bans (group_id, user_id, reason, until)
VALUES (%(group_id)s, %(user_id)s, %(reason)s, %(until)s::timestamptz)
ON CONFLICT (group_id, user_id) DO UPDATE SET reason = excluded.reason, until = excluded.until, created_at = now()
"""
_UNBAN: Final = "DELETE FROM group_bans WHERE group_id = %s AND user_id = %s"
_IN_FORCE: Final = """
SELECT FROM group_bans WHERE group_id = %s AND user_id = %s AND (until IS NULL OR until > now())
"""
_LIST: Final = f"""
SELECT b.user_id, a.username, a.display_name, a.picture, b.created_at AS since, b.reason, b.until
FROM group_bans b JOIN profiles_people a ON a.user_id = b.user_id
WHERE b.group_id = %(group_id)s AND (b.until IS NULL OR b.until > now()) AND {audience.is_findable("b.user_id")}
"""
_AFTER: Final = " AND (b.created_at, b.user_id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_NEWEST: Final = " ORDER BY b.created_at DESC, b.user_id DESC LIMIT %(limit)s"


def person_exists(connection: Connection, user_id: UUID) -> bool:
    """Whether there is such a person; a block keeps nobody from being banned."""
    return connection.execute(_PERSON, (user_id,)).fetchone() is not None


def ban(connection: Connection, group_id: UUID, user_id: UUID, *, reason: str, until: datetime | None) -> None:
    """Replaces an earlier ban."""
    values = {"group_id": group_id, "user_id": user_id, "reason": reason, "until": until}
    connection.execute(_BAN, values)


def unban(connection: Connection, group_id: UUID, user_id: UUID) -> bool:
    return connection.execute(_UNBAN, (group_id, user_id)).rowcount == 1


def is_in_force(connection: Connection, group_id: UUID, user_id: UUID) -> bool:
    return connection.execute(_IN_FORCE, (group_id, user_id)).fetchone() is not None


def newest(
    connection: Connection, group_id: UUID, viewer: UUID, *, limit: int, after: Place | None
) -> list[GroupPerson]:
    """Bans in force, the last one first."""
    values = {
        "group_id": group_id,
        "viewer": viewer,
        "limit": limit,
        "after": after and after.since,
        "after_id": after and after.user_id,
    }
    with connection.cursor(row_factory=class_row(GroupPerson)) as cursor:
        return cursor.execute(_LIST + (_AFTER if after else "") + _NEWEST, values).fetchall()
