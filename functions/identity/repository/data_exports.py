"""Copies of a person's data: who asked, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

_COLUMNS: Final = "id, user_id, status, bytes, created_at, finished_at, expires_at"

_NEWEST: Final = f"""
SELECT {_COLUMNS}, ceil(extract(epoch FROM created_at + make_interval(secs => %(pause)s) - now()))::int AS wait
FROM data_exports WHERE user_id = %(user_id)s AND status <> 'failed' ORDER BY id DESC LIMIT 1
"""  # noqa: S608 - constants

_INSERT: Final = f"""
INSERT INTO data_exports (user_id, expires_at) VALUES (%(user_id)s, now() + make_interval(secs => %(kept)s))
RETURNING {_COLUMNS}
"""  # noqa: S608 - constants

_OWN: Final = f"""
SELECT {_COLUMNS} FROM data_exports WHERE id = %s AND user_id = %s AND status <> 'withdrawn'
"""  # noqa: S608 - constants

# The address is read in the transaction that ends the export: the mail goes to where the account is now.
_COMPLETE: Final = """
UPDATE data_exports e
SET status = 'completed', bytes = %(bytes)s, finished_at = now(), expires_at = now() + make_interval(secs => %(kept)s)
FROM users u WHERE e.id = %(id)s AND e.status = 'pending' AND u.id = e.user_id
RETURNING u.email, u.language, e.expires_at
"""

_ENDED: Final = """
SELECT id, user_id FROM data_exports WHERE expires_at <= now() ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED
"""


@dataclass(frozen=True, slots=True)
class ExportRow:
    id: UUID
    user_id: UUID
    status: str
    bytes: int | None
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewestRow(ExportRow):
    wait: int
    """Seconds until the next one may be asked for; none or fewer where it may be now."""


@dataclass(frozen=True, slots=True)
class Told:
    """Whom to tell that the copy is there, and until when it is."""

    email: str
    language: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class EndedRow:
    id: UUID
    user_id: UUID


def lock_owner(connection: Connection, user_id: UUID) -> bool:
    """Whether the account is active; nobody else asks for its copy until the end of this transaction."""
    row = connection.execute("SELECT 1 FROM users WHERE id = %s AND is_active FOR NO KEY UPDATE", (user_id,)).fetchone()
    return row is not None


def newest(connection: Connection, user_id: UUID, *, pause: int) -> NewestRow | None:
    """The last export that did not fail."""
    with connection.cursor(row_factory=class_row(NewestRow)) as cursor:
        return cursor.execute(_NEWEST, {"user_id": user_id, "pause": pause}).fetchone()


def insert(connection: Connection, user_id: UUID, *, kept: int) -> ExportRow:
    """A pending export; forgotten after `kept` seconds, should nothing come of it."""
    with connection.cursor(row_factory=class_row(ExportRow)) as cursor:
        row = cursor.execute(_INSERT, {"user_id": user_id, "kept": kept}).fetchone()
    assert row is not None
    return row


def own(connection: Connection, export_id: UUID, user_id: UUID) -> ExportRow | None:
    """The export, if it is this user's."""
    with connection.cursor(row_factory=class_row(ExportRow)) as cursor:
        return cursor.execute(_OWN, (export_id, user_id)).fetchone()


def status(connection: Connection, export_id: UUID) -> str | None:
    """None where there is no such export (any more)."""
    row = connection.execute("SELECT status FROM data_exports WHERE id = %s", (export_id,)).fetchone()
    return None if row is None else row["status"]


def complete(connection: Connection, export_id: UUID, *, size: int, kept: int) -> Told | None:
    """The file is there and is kept for `kept` seconds. None where nobody waits for it (any more)."""
    with connection.cursor(row_factory=class_row(Told)) as cursor:
        return cursor.execute(_COMPLETE, {"id": export_id, "bytes": size, "kept": kept}).fetchone()


def fail(connection: Connection, export_id: UUID) -> None:
    """Nobody tries it again."""
    connection.execute(
        "UPDATE data_exports SET status = 'failed', finished_at = now() WHERE id = %s AND status = 'pending'",
        (export_id,),
    )


def withdraw(connection: Connection, user_id: UUID) -> None:
    """The user's copies are nobody's any more; their files are removed next."""
    connection.execute(
        "UPDATE data_exports SET status = 'withdrawn', expires_at = now() WHERE user_id = %s", (user_id,)
    )


def ended(connection: Connection, *, batch: int) -> list[EndedRow]:
    """Up to `batch` exports whose time is over, locked until the end of this transaction."""
    with connection.cursor(row_factory=class_row(EndedRow)) as cursor:
        return cursor.execute(_ENDED, (batch,)).fetchall()


def remove(connection: Connection, export_ids: list[UUID]) -> int:
    """Forget them; returns how many."""
    return connection.execute("DELETE FROM data_exports WHERE id = ANY(%s)", (export_ids,)).rowcount
