"""SQL of notes about users."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.identity.domain.user_notes import UserNoteRow
from shared.clients.database import Connection

_COLUMNS: Final = ", ".join(field.name for field in fields(UserNoteRow))
_PAGE: Final = f"SELECT {_COLUMNS} FROM user_notes WHERE user_id = %s AND id < %s ORDER BY id DESC LIMIT %s"
# The lock keeps the account from being erased meanwhile: what is written afterwards would stay.
_INSERT: Final = f"""
WITH subject AS (
    SELECT id FROM users account WHERE id = %(user_id)s AND NOT EXISTS (
        SELECT FROM account_erasures erasure WHERE erasure.user_id = account.id AND erasure.finished_at IS NOT NULL
    ) FOR SHARE
)
INSERT INTO user_notes (user_id, author_id, body) SELECT id, %(author_id)s, %(body)s FROM subject RETURNING {_COLUMNS}
"""


def page(connection: Connection, user_id: UUID, *, before: UUID, limit: int) -> Sequence[UserNoteRow]:
    """Newest first, beginning below an id."""
    with connection.cursor(row_factory=class_row(UserNoteRow)) as cursor:
        return cursor.execute(_PAGE, (user_id, before, limit)).fetchall()


def insert(connection: Connection, user_id: UUID, *, author_id: UUID, body: str) -> UserNoteRow | None:
    """None where there is no such user, or none any more."""
    values = {"user_id": user_id, "author_id": author_id, "body": body}
    with connection.cursor(row_factory=class_row(UserNoteRow)) as cursor:
        return cursor.execute(_INSERT, values).fetchone()


def delete(connection: Connection, user_id: UUID, note_id: UUID) -> bool:
    """Whether there was such a note."""
    statement = "DELETE FROM user_notes WHERE user_id = %s AND id = %s"
    return connection.execute(statement, (user_id, note_id)).rowcount > 0
