"""Requests for copies of personal data, and their status."""

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
"""

_INSERT: Final = f"""
INSERT INTO data_exports (user_id, expires_at) VALUES (%(user_id)s, now() + make_interval(secs => %(kept)s))
RETURNING {_COLUMNS}
"""

# An access token outlives its session. Everything about a person is not for whoever had the account until just now.
_SESSION_GOES_ON: Final = """NOT EXISTS (
    SELECT FROM login_sessions session WHERE session.id = %(session_id)s AND session.revoked_at IS NOT NULL
)"""

_LOCK_OWNER: Final = f"""
SELECT FROM users WHERE id = %(user_id)s AND is_active AND {_SESSION_GOES_ON} FOR NO KEY UPDATE
"""

_OWN: Final = f"""
SELECT {_COLUMNS} FROM data_exports
WHERE id = %(id)s AND user_id = %(user_id)s AND status <> 'withdrawn' AND {_SESSION_GOES_ON}
"""

_PAGE: Final = f"""
SELECT {_COLUMNS} FROM data_exports
WHERE user_id = %(user_id)s AND status <> 'withdrawn' AND {_SESSION_GOES_ON}
  AND (%(after)s::uuid IS NULL OR id < %(after)s)
ORDER BY id DESC LIMIT %(limit)s
"""

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
    """Seconds until the next one may be requested; zero or negative where it may be now."""


@dataclass(frozen=True, slots=True)
class CompletedExport:
    """The recipient of the notification of a completed copy, and when the copy expires."""

    email: str
    language: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class EndedRow:
    id: UUID
    user_id: UUID


def lock_owner(connection: Connection, user_id: UUID, *, session_id: UUID) -> bool:
    """Whether the account is active and the session has not ended; other requests for its copy wait until the end of
    this transaction.
    """
    values = {"user_id": user_id, "session_id": session_id}
    return connection.execute(_LOCK_OWNER, values).fetchone() is not None


def newest(connection: Connection, user_id: UUID, *, pause: int) -> NewestRow | None:
    """The last export that did not fail."""
    with connection.cursor(row_factory=class_row(NewestRow)) as cursor:
        return cursor.execute(_NEWEST, {"user_id": user_id, "pause": pause}).fetchone()


def insert(connection: Connection, user_id: UUID, *, kept: int) -> ExportRow:
    """A pending export; removed after `kept` seconds if it is never completed."""
    with connection.cursor(row_factory=class_row(ExportRow)) as cursor:
        row = cursor.execute(_INSERT, {"user_id": user_id, "kept": kept}).fetchone()
    assert row is not None
    return row


def own(connection: Connection, export_id: UUID, user_id: UUID, *, session_id: UUID) -> ExportRow | None:
    """The export, if it is this user's and the session has not ended."""
    values = {"id": export_id, "user_id": user_id, "session_id": session_id}
    with connection.cursor(row_factory=class_row(ExportRow)) as cursor:
        return cursor.execute(_OWN, values).fetchone()


def page(connection: Connection, user_id: UUID, *, session_id: UUID, after: UUID | None, limit: int) -> list[ExportRow]:
    """The user's exports before `after`, the newest first; none once the session has ended."""
    values = {"user_id": user_id, "session_id": session_id, "after": after, "limit": limit}
    with connection.cursor(row_factory=class_row(ExportRow)) as cursor:
        return cursor.execute(_PAGE, values).fetchall()


def status(connection: Connection, export_id: UUID) -> str | None:
    """None where there is no such export (any more)."""
    row = connection.execute("SELECT status FROM data_exports WHERE id = %s", (export_id,)).fetchone()
    return None if row is None else row["status"]


def complete(connection: Connection, export_id: UUID, *, size: int, kept: int) -> CompletedExport | None:
    """Record that the file is stored, for `kept` seconds. None where the export is not pending (any more)."""
    with connection.cursor(row_factory=class_row(CompletedExport)) as cursor:
        return cursor.execute(_COMPLETE, {"id": export_id, "bytes": size, "kept": kept}).fetchone()


def fail(connection: Connection, export_id: UUID) -> None:
    """Record that the export has failed for good."""
    connection.execute(
        "UPDATE data_exports SET status = 'failed', finished_at = now() WHERE id = %s AND status = 'pending'",
        (export_id,),
    )


def ended(connection: Connection, *, batch: int) -> list[EndedRow]:
    """Up to `batch` expired exports, locked until the end of this transaction."""
    with connection.cursor(row_factory=class_row(EndedRow)) as cursor:
        return cursor.execute(_ENDED, (batch,)).fetchall()


def remove(connection: Connection, export_ids: list[UUID]) -> int:
    """Delete them; returns how many."""
    return connection.execute("DELETE FROM data_exports WHERE id = ANY(%s)", (export_ids,)).rowcount
