"""Who asks to join a group, and who is invited to. The group is locked (`group_members.lock`)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.community.repository.group_members import GroupPerson, Place
from shared.clients.database import Connection
from shared.contexts.profiles import audience

_ASK: Final = """
INSERT INTO group_requests (group_id, user_id, message) VALUES (%(group_id)s, %(user_id)s, %(message)s)
ON CONFLICT DO NOTHING
"""
_INVITE: Final = """
INSERT INTO group_requests (group_id, user_id, invited_by) VALUES (%(group_id)s, %(user_id)s, %(invited_by)s)
ON CONFLICT DO NOTHING
"""
_DELETE: Final = "DELETE FROM group_requests WHERE group_id = %s AND user_id = %s"
_DELETE_ASKED: Final = f"{_DELETE} AND invited_by IS NULL"
_DELETE_INVITED: Final = f"{_DELETE} AND invited_by IS NOT NULL"
_HAS_ASKED: Final = "SELECT FROM group_requests WHERE group_id = %s AND user_id = %s AND invited_by IS NULL"
_LIST: Final = f"""
SELECT r.user_id, a.username, a.display_name, a.picture, r.created_at AS since, r.message
FROM group_requests r JOIN profiles_people a ON a.user_id = r.user_id
WHERE r.group_id = %(group_id)s AND (r.invited_by IS NOT NULL) = %(invited)s AND {audience.is_findable("r.user_id")}
"""
_AFTER: Final = " AND (r.created_at, r.user_id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_NEWEST: Final = " ORDER BY r.created_at DESC, r.user_id DESC LIMIT %(limit)s"


def ask(connection: Connection, group_id: UUID, user_id: UUID, message: str) -> None:
    """Again changes nothing."""
    connection.execute(_ASK, {"group_id": group_id, "user_id": user_id, "message": message})


def has_asked(connection: Connection, group_id: UUID, user_id: UUID) -> bool:
    return connection.execute(_HAS_ASKED, (group_id, user_id)).fetchone() is not None


def invite(connection: Connection, group_id: UUID, user_id: UUID, invited_by: UUID) -> None:
    """Again changes nothing."""
    connection.execute(_INVITE, {"group_id": group_id, "user_id": user_id, "invited_by": invited_by})


def delete(connection: Connection, group_id: UUID, user_id: UUID) -> None:
    """Of either kind."""
    connection.execute(_DELETE, (group_id, user_id))


def delete_asked(connection: Connection, group_id: UUID, user_id: UUID) -> bool:
    return connection.execute(_DELETE_ASKED, (group_id, user_id)).rowcount == 1


def delete_invited(connection: Connection, group_id: UUID, user_id: UUID) -> bool:
    return connection.execute(_DELETE_INVITED, (group_id, user_id)).rowcount == 1


def newest(
    connection: Connection, group_id: UUID, viewer: UUID, *, invited: bool, limit: int, after: Place | None
) -> list[GroupPerson]:
    """Who has asked, or who is invited, the last one first."""
    values = {
        "group_id": group_id,
        "viewer": viewer,
        "invited": invited,
        "limit": limit,
        "after": after and after.since,
        "after_id": after and after.user_id,
    }
    with connection.cursor(row_factory=class_row(GroupPerson)) as cursor:
        return cursor.execute(_LIST + (_AFTER if after else "") + _NEWEST, values).fetchall()
