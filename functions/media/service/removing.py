"""Files that nobody needs go: uploads that never arrived, pictures that nothing shows, objects that no row knows.

A row goes last: until its objects are gone it stays, deleted, so that a run that ends early is followed by one that
goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.media.keeping import UNUSED_SECONDS, UPLOADS
from functions.media.repository import removal
from shared import media_urls
from shared.clients import database, storage

BATCH: Final = 100
LOOK_BACK: Final = timedelta(days=3)
"""Objects without rows come from crashes in the middle of things. Keys begin with a time (UUIDv7), so that those of the
last runs are looked through, not all that there are."""

TimeIsLeft = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Removed:
    """Uploads and pictures that went, those whose objects went with them, and objects that no row knew."""

    expired: int
    forgotten: int
    orphans: int


def run(bucket: str, time_is_left: TimeIsLeft) -> Removed:
    """One sweep; what there is no time for is left to the next one."""
    connection = database.connection()
    removal.mark(connection, keep_seconds=UNUSED_SECONDS)
    return Removed(_expire(time_is_left), _forget(bucket, time_is_left), _remove_orphans(bucket, time_is_left))


def _expire(time_is_left: TimeIsLeft) -> int:
    total = 0
    while time_is_left():
        with database.transaction() as connection:
            gone = removal.expire(connection, limit=BATCH)
        total += gone
        if gone < BATCH:
            break
    return total


def _forget(bucket: str, time_is_left: TimeIsLeft) -> int:
    total = 0
    while time_is_left() and (waiting := removal.deleted(database.connection(), limit=BATCH)):
        for media_id in waiting:
            found = [key for page in storage.keys(bucket, media_urls.folder(media_id)) for key in page]
            storage.delete(bucket, f"{UPLOADS}{media_id}", *found)
            removal.forget(database.connection(), media_id)
        total += len(waiting)
    return total


def _remove_orphans(bucket: str, time_is_left: TimeIsLeft) -> int:
    total = 0
    for prefix in (UPLOADS, media_urls.PREFIX):
        first = f"{prefix}{_earliest_id(datetime.now(UTC) - LOOK_BACK)}"
        for keys in storage.keys(bucket, prefix, after=first):
            if not time_is_left():
                return total
            by_id = {key: _id_in(key, prefix) for key in keys}
            unknown = removal.unknown(
                database.connection(), {media_id for media_id in by_id.values() if media_id is not None}
            )
            orphans = [key for key, media_id in by_id.items() if media_id is None or media_id in unknown]
            storage.delete(bucket, *orphans)
            total += len(orphans)
    return total


def _earliest_id(moment: datetime) -> str:
    """What every id made since then is greater than (RFC 9562, section 5.7)."""
    milliseconds = int(moment.timestamp() * 1000)
    return str(UUID(int=milliseconds << 80))


def _id_in(key: str, prefix: str) -> UUID | None:
    try:
        return UUID(key.removeprefix(prefix).partition("/")[0])
    except ValueError:
        return None
