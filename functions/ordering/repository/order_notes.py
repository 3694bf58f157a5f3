"""SQL of notes about orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.ordering.domain.order_notes import OrderNoteRow
from shared.clients.database import Connection

_COLUMNS: Final = ", ".join(field.name for field in fields(OrderNoteRow))
_PAGE: Final = f"SELECT {_COLUMNS} FROM order_notes WHERE order_id = %s AND id < %s ORDER BY id DESC LIMIT %s"
_INSERT: Final = f"INSERT INTO order_notes (order_id, author_id, body) VALUES (%s, %s, %s) RETURNING {_COLUMNS}"


def page(connection: Connection, order_id: UUID, *, before: UUID, limit: int) -> Sequence[OrderNoteRow]:
    """Newest first, beginning below an id."""
    with connection.cursor(row_factory=class_row(OrderNoteRow)) as cursor:
        return cursor.execute(_PAGE, (order_id, before, limit)).fetchall()


def insert(connection: Connection, order_id: UUID, *, author_id: UUID, body: str) -> OrderNoteRow:
    with connection.cursor(row_factory=class_row(OrderNoteRow)) as cursor:
        note = cursor.execute(_INSERT, (order_id, author_id, body)).fetchone()
    assert note is not None
    return note


def delete(connection: Connection, order_id: UUID, note_id: UUID) -> bool:
    """Whether there was such a note."""
    statement = "DELETE FROM order_notes WHERE order_id = %s AND id = %s"
    return connection.execute(statement, (order_id, note_id)).rowcount > 0
