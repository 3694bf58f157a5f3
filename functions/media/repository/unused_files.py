"""Uploads and pictures that nothing uses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from functions.media.repository.files import NOWHERE_SHOWN
from shared.clients.database import Connection

# A picture that is shown has no removal date; one that is no longer shown gets one. Only rows that change are written.
_MARK: Final = f"""
UPDATE media_files m
SET remove_after = CASE WHEN usage.shown THEN NULL ELSE now() + make_interval(secs => %(keep_seconds)s) END
FROM (
    SELECT m.id, NOT ({NOWHERE_SHOWN}) AS shown FROM media_files m
    WHERE m.status = 'ready' AND m.deleted_at IS NULL
) usage
WHERE m.id = usage.id AND usage.shown = (m.remove_after IS NOT NULL)
"""
# Two statements: the second one sees what the transactions have written that the first one waited for. A picture that
# a worker processes is left out.
_DUE: Final = """
SELECT id FROM media_files
WHERE remove_after <= now() AND deleted_at IS NULL AND (claimed_until IS NULL OR claimed_until <= now())
ORDER BY remove_after LIMIT %s FOR UPDATE SKIP LOCKED
"""
_EXPIRE: Final = f"""
UPDATE media_files m SET deleted_at = now() WHERE id = ANY(%s) AND {NOWHERE_SHOWN}
"""
_DELETED: Final = """
SELECT m.id FROM media_files m
WHERE m.remove_after <= now() AND m.deleted_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM moderation_evidence e WHERE e.media_id = m.id)
ORDER BY m.remove_after LIMIT %s
"""


def update_removal_dates(connection: Connection, *, keep_seconds: int) -> int:
    """Update the removal dates of pictures from whether they are shown; returns how many changed."""
    return connection.execute(_MARK, {"keep_seconds": keep_seconds}).rowcount


def expire(connection: Connection, *, limit: int) -> int:
    """Mark up to `limit` unused files whose removal date has passed as deleted; returns how many."""
    due = [row["id"] for row in connection.execute(_DUE, (limit,))]
    return connection.execute(_EXPIRE, (due,)).rowcount if due else 0


def deleted_ids(connection: Connection, *, limit: int) -> list[UUID]:
    """Files marked as deleted whose objects may remain, the oldest first. What is evidence stays until it is none."""
    rows = connection.execute(_DELETED, (limit,))
    return [row["id"] for row in rows]


def purge(connection: Connection, media_id: UUID) -> None:
    """Remove the row of a deleted file; its objects are removed already."""
    connection.execute("DELETE FROM media_files WHERE id = %s AND deleted_at IS NOT NULL", (media_id,))


def ids_without_row(connection: Connection, media_ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that have no row."""
    rows = connection.execute("SELECT id FROM media_files WHERE id = ANY(%s)", (list(media_ids),))
    return set(media_ids) - {row["id"] for row in rows}
