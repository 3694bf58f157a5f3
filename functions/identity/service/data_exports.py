"""A copy of everything about a person, as JSON files in a ZIP, for themselves.

Written by a worker, row by row into a file on disk, so that nobody has too much data. A file's key is known before it
is there: whoever finds that nobody waits for it (any more), because the account was erased meanwhile, removes it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from functions.identity.errors import ExportTooSoonError
from functions.identity.repository import data_exports
from functions.identity.repository.data_exports import ExportRow
from shared import outbox
from shared.clients import database, storage
from shared.clients.database import Connection
from shared.contexts.identity.events import PersonalDataExported, PersonalDataExportRequested
from shared.errors import InvalidTokenError, NotFoundError
from shared.pages import split_by_id

OBJECT_PREFIX: Final = "personal-data/"
KEPT_SECONDS: Final = 7 * 24 * 3600
"""The bucket's lifecycle removes what is older, whatever becomes of us."""
PAUSE_SECONDS: Final = 24 * 3600
LINK_SECONDS: Final = 15 * 60
_REMOVED_AT_ONCE: Final = 100


def object_key(user_id: UUID, export_id: UUID) -> str:
    """Where the file is."""
    return f"{OBJECT_PREFIX}{user_id}/{export_id}.zip"


def request(connection: Connection, user_id: UUID, *, session_id: UUID) -> ExportRow:
    """A pending export, in the caller's transaction; the one that is pending already, where there is one.

    Raises ExportTooSoonError within a day of the last one that did not fail, and InvalidTokenError for an account that
    is no longer active and a session that has ended: the account may be somebody else's since.
    """
    if not data_exports.lock_owner(connection, user_id, session_id=session_id):
        raise InvalidTokenError("The account is deactivated, or the session of this access token has ended")
    newest = data_exports.newest(connection, user_id, pause=PAUSE_SECONDS)
    if newest is not None and newest.status == "pending":
        if newest.wait <= 0:  # whoever was at it was killed too often to say so
            outbox.record(connection, PersonalDataExportRequested(export_id=newest.id, user_id=user_id))
        return newest
    if newest is not None and newest.wait > 0:
        raise ExportTooSoonError(newest.wait)
    row = data_exports.insert(connection, user_id, kept=KEPT_SECONDS)
    outbox.record(connection, PersonalDataExportRequested(export_id=row.id, user_id=user_id))
    return row


def read(connection: Connection, export_id: UUID, user_id: UUID, *, session_id: UUID) -> ExportRow:
    """Raises NotFoundError, for somebody else's and after the end of the session too."""
    row = data_exports.own(connection, export_id, user_id, session_id=session_id)
    if row is None:
        raise NotFoundError
    return row


def page(
    connection: Connection, user_id: UUID, *, session_id: UUID, after: UUID | None, limit: int
) -> tuple[Sequence[ExportRow], UUID | None]:
    """A page of the user's exports, and the id to continue after (None at the end)."""
    rows = data_exports.page(connection, user_id, session_id=session_id, after=after, limit=limit + 1)
    return split_by_id(rows, limit)


def run(connection: Connection, asked: PersonalDataExportRequested, *, bucket: str) -> bool:
    """Write the file and tell its owner; False where there is nothing (more) to do. `connection` is in autocommit."""
    from functions.identity.service import data_archive

    key = object_key(asked.user_id, asked.export_id)
    status = data_exports.status(connection, asked.export_id)
    if status == "pending":
        with tempfile.TemporaryFile() as file:
            data_archive.write(connection, asked.user_id, file)
            size = file.tell()
            file.seek(0)
            storage.put(bucket, key, file, content_type="application/zip")
        if _complete(asked, size):
            return True
        status = data_exports.status(connection, asked.export_id)
    if status not in ("pending", "completed"):
        storage.delete(bucket, key)
    return False


def give_up(connection: Connection, export_id: UUID) -> None:
    """Nobody tries it again: whoever asked may ask anew."""
    data_exports.fail(connection, export_id)


def remove_ended(*, bucket: str, has_time: Callable[[], bool]) -> int:
    """Remove copies whose time is over, or whose owner was erased, for as long as `has_time` says so: the file, then
    the row. Returns how many. A file that cannot be removed keeps its row, for the next run.
    """
    total = 0
    while has_time():
        with database.transaction() as tx:
            rows = data_exports.ended(tx, batch=_REMOVED_AT_ONCE)
            storage.delete(bucket, *(object_key(row.user_id, row.id) for row in rows))
            total += data_exports.remove(tx, [row.id for row in rows])
        if len(rows) < _REMOVED_AT_ONCE:
            break
    return total


def _complete(asked: PersonalDataExportRequested, size: int) -> bool:
    with outbox.unit_of_work() as tx:
        told = data_exports.complete(tx, asked.export_id, size=size, kept=KEPT_SECONDS)
        if told is None:
            return False
        event = PersonalDataExported(
            export_id=asked.export_id,
            user_id=asked.user_id,
            email=told.email,
            language=told.language,
            expires_at=told.expires_at,
        )
        outbox.record(tx, event)
    return True
