"""Removal of unused files: uploads that never arrived, pictures that nothing shows, objects without a row.

A row is removed last: until its objects are removed it stays, marked as deleted, so that the next run continues after
one that ended early.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.media.domain.limits import UNUSED_SECONDS
from functions.media.repository import unused_files
from shared.clients import database, storage
from shared.contexts.media import media_urls
from shared.contexts.media.uploads import UPLOADS

BATCH: Final = 100
LOOK_BACK: Final = timedelta(days=3)
"""Objects without rows come from crashes. Keys begin with a time (UUIDv7), so that only recent ones are listed."""

TimeIsLeft = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Removed:
    """Rows marked as deleted, rows removed together with their objects, and objects without a row."""

    expired: int
    purged: int
    orphans: int


def run(bucket: str, time_is_left: TimeIsLeft) -> Removed:
    """One cleanup; what there is no time for is left to the next run."""
    unused_files.update_removal_dates(database.connection(), keep_seconds=UNUSED_SECONDS)
    return Removed(_expire(time_is_left), _purge(bucket, time_is_left), _remove_orphans(bucket, time_is_left))


def _expire(time_is_left: TimeIsLeft) -> int:
    total = 0
    while time_is_left():
        with database.transaction() as connection:
            expired = unused_files.expire(connection, limit=BATCH)
        total += expired
        if expired < BATCH:
            break
    return total


def _purge(bucket: str, time_is_left: TimeIsLeft) -> int:
    total = 0
    while time_is_left() and (deleted := unused_files.deleted_ids(database.connection(), limit=BATCH)):
        for media_id in deleted:
            keys = [key for page in storage.keys(bucket, media_urls.folder(media_id)) for key in page]
            storage.delete(bucket, f"{UPLOADS}{media_id}", *keys)
            unused_files.purge(database.connection(), media_id)
        total += len(deleted)
    return total


def _remove_orphans(bucket: str, time_is_left: TimeIsLeft) -> int:
    total = 0
    for prefix in (UPLOADS, media_urls.PREFIX):
        first = f"{prefix}{_earliest_id(datetime.now(UTC) - LOOK_BACK)}"
        for keys in storage.keys(bucket, prefix, after=first):
            if not time_is_left():
                return total
            by_id = {key: _id_in(key, prefix) for key in keys}
            without_row = unused_files.ids_without_row(
                database.connection(), {media_id for media_id in by_id.values() if media_id is not None}
            )
            orphans = [key for key, media_id in by_id.items() if media_id is None or media_id in without_row]
            storage.delete(bucket, *orphans)
            total += len(orphans)
    return total


def _earliest_id(moment: datetime) -> str:
    """The lower bound of all ids made since then (RFC 9562, section 5.7)."""
    milliseconds = int(moment.timestamp() * 1000)
    return str(UUID(int=milliseconds << 80))


def _id_in(key: str, prefix: str) -> UUID | None:
    try:
        return UUID(key.removeprefix(prefix).partition("/")[0])
    except ValueError:
        return None
