"""Two people, looked up and locked."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class LockedPerson(NamedTuple):
    """What decides about a follow, of one of the two."""

    user_id: UUID
    is_private: bool
    following_count: int


_ID: Final = "SELECT user_id FROM profiles WHERE "
_BY_ID: Final = f"{_ID} user_id = %(user_id)s"
_BY_KEY: Final = f"{_ID} username_key = %(key)s"
# Everybody locks the two in this order, the trigger that counts follows too.
_LOCK: Final = """
SELECT user_id, is_private, following_count FROM profiles WHERE user_id = ANY(%s) ORDER BY user_id FOR NO KEY UPDATE
"""


def known_id(connection: Connection, *, user_id: UUID | None, key: str) -> UUID | None:
    """The id of whoever has this id or this key of a username, may they be seen or not: to undo one's own act."""
    statement = _BY_KEY if user_id is None else _BY_ID
    row = connection.execute(statement, {"user_id": user_id, "key": key}).fetchone()
    return None if row is None else row["user_id"]


def lock(connection: Connection, *user_ids: UUID) -> dict[UUID, LockedPerson]:
    """Those who have profiles, locked until the transaction ends. What was written by others is seen by the statements
    that follow.
    """
    with connection.cursor(row_factory=args_row(LockedPerson)) as cursor:
        return {row.user_id: row for row in cursor.execute(_LOCK, (list(user_ids),))}
