"""Uploads that nobody needs any more."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from functions.media.repository.files import NOWHERE_SHOWN
from shared.clients.database import Connection

# What is shown is kept; what is shown no more is kept for a while. Nothing is written where that is known already.
_MARK: Final = f"""
UPDATE media_files m
SET remove_after = CASE WHEN found.shown THEN NULL ELSE now() + make_interval(secs => %(keep_seconds)s) END
FROM (
    SELECT m.id, NOT ({NOWHERE_SHOWN}) AS shown FROM media_files m
    WHERE m.status = 'ready' AND m.deleted_at IS NULL
) found
WHERE m.id = found.id AND found.shown = (m.remove_after IS NOT NULL)
"""  # noqa: S608 - our own constant
# Two statements: the second one sees what those have written whom the first one waited for. What a worker is at is
# left to it.
_DUE: Final = """
SELECT id FROM media_files
WHERE remove_after <= now() AND deleted_at IS NULL AND (claimed_until IS NULL OR claimed_until <= now())
ORDER BY remove_after LIMIT %s FOR UPDATE SKIP LOCKED
"""
_EXPIRE: Final = f"""
UPDATE media_files m SET deleted_at = now() WHERE id = ANY(%s) AND {NOWHERE_SHOWN}
"""  # noqa: S608 - our own constant


def mark(connection: Connection, *, keep_seconds: int) -> int:
    """Note what is shown and what no longer is; how many that changed."""
    return connection.execute(_MARK, {"keep_seconds": keep_seconds}).rowcount


def expire(connection: Connection, *, limit: int) -> int:
    """Delete what nothing shows and whose time is over, up to `limit` of it; how many."""
    due = [row["id"] for row in connection.execute(_DUE, (limit,))]
    return connection.execute(_EXPIRE, (due,)).rowcount if due else 0


def deleted(connection: Connection, *, limit: int) -> list[UUID]:
    """What is deleted but for its objects, the oldest first."""
    rows = connection.execute(
        "SELECT id FROM media_files WHERE remove_after <= now() AND deleted_at IS NOT NULL"
        " ORDER BY remove_after LIMIT %s",
        (limit,),
    )
    return [row["id"] for row in rows]


def forget(connection: Connection, media_id: UUID) -> None:
    """Its objects are gone, too."""
    connection.execute("DELETE FROM media_files WHERE id = %s AND deleted_at IS NOT NULL", (media_id,))


def unknown(connection: Connection, media_ids: Collection[UUID]) -> set[UUID]:
    """Those without a row."""
    rows = connection.execute("SELECT id FROM media_files WHERE id = ANY(%s)", (list(media_ids),))
    return set(media_ids) - {row["id"] for row in rows}
