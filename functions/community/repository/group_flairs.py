"""Labels of a group's own for its posts. The group is locked (`group_members.lock`)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_COUNT: Final = "SELECT count(*) AS flairs FROM group_flairs WHERE group_id = %s"
_INSERT: Final = """
INSERT INTO group_flairs (group_id, name, position)
SELECT %(group_id)s, %(name)s, coalesce(max(position) + 1, 0) FROM group_flairs WHERE group_id = %(group_id)s
ON CONFLICT (group_id, name) DO NOTHING RETURNING id
"""
_DELETE: Final = "DELETE FROM group_flairs WHERE id = %s AND group_id = %s"


def count(connection: Connection, group_id: UUID) -> int:
    row = connection.execute(_COUNT, (group_id,)).fetchone()
    return row["flairs"] if row else 0


def insert(connection: Connection, group_id: UUID, name: str) -> UUID | None:
    """The last of the group's. None where it has one of this name."""
    row = connection.execute(_INSERT, {"group_id": group_id, "name": name}).fetchone()
    return None if row is None else row["id"]


def delete(connection: Connection, group_id: UUID, flair_id: UUID) -> bool:
    """Posts that have it have none then. False where the group has no such flair."""
    return connection.execute(_DELETE, (flair_id, group_id)).rowcount == 1
