"""Uploaded files, as their owners and the shop's staff see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class MediaRow(NamedTuple):
    """A row of `media_files` that is not deleted."""

    id: UUID
    owner_id: UUID | None
    purpose: str
    file_name: str
    content_type: str
    size_bytes: int
    status: str
    reason: str | None
    width: int | None
    height: int | None
    blurhash: str | None
    url: str | None
    variants: list[dict[str, Any]]
    created_at: datetime
    finished_at: datetime | None


class Usage(NamedTuple):
    """Uploads that have not arrived, and bytes of the uploads of the last day."""

    open_uploads: int
    bytes_today: int


COLUMNS: Final = (
    "id, owner_id, purpose, file_name, content_type, size_bytes, status, reason, width, height, blurhash, url,"
    " variants, created_at, finished_at"
)
NOWHERE_SHOWN: Final = (
    "NOT EXISTS (SELECT FROM catalog_shown_media s WHERE s.media_id = m.id)"
    " AND NOT EXISTS (SELECT FROM community_shown_media s WHERE s.media_id = m.id)"
    " AND NOT EXISTS (SELECT FROM profiles_shown_media s WHERE s.media_id = m.id)"
    " AND NOT EXISTS (SELECT FROM ordering_shown_media s WHERE s.media_id = m.id)"
)
"""Of `media_files m`."""

# Deleted uploads count: deleting does not extend the allowance.
_USAGE: Final = """
SELECT count(*) FILTER (WHERE status = 'pending' AND deleted_at IS NULL
                          AND created_at > now() - make_interval(secs => %(open_seconds)s)),
       coalesce(sum(size_bytes), 0)::bigint
FROM media_files WHERE owner_id = %(owner_id)s AND created_at > now() - interval '1 day'
"""
_INSERT: Final = f"""
INSERT INTO media_files (owner_id, purpose, file_name, content_type, size_bytes, correlation_id, remove_after)
SELECT u.id, %(purpose)s, %(file_name)s, %(content_type)s, %(size_bytes)s, %(correlation_id)s,
       now() + make_interval(secs => %(keep_seconds)s)
FROM identity_contacts u WHERE u.id = %(owner_id)s AND u.is_proven RETURNING {COLUMNS}
"""
_ONE: Final = f"SELECT {COLUMNS} FROM media_files WHERE id = %s AND deleted_at IS NULL"
_OF_OWNER: Final = f"""
SELECT {COLUMNS} FROM media_files
WHERE owner_id = %(owner_id)s AND deleted_at IS NULL AND (%(purpose)s::text IS NULL OR purpose = %(purpose)s)
  AND (created_at, id) < (coalesce(%(before)s::timestamptz, 'infinity'), coalesce(%(before_id)s::uuid,
       'ffffffff-ffff-ffff-ffff-ffffffffffff'))
ORDER BY created_at DESC, id DESC LIMIT %(limit)s
"""
# Two statements: the second one sees what the transactions have written that the first one waited for.
_LOCK: Final = f"{_ONE} FOR UPDATE"
_DELETE: Final = f"""
UPDATE media_files m SET deleted_at = now(), remove_after = now() WHERE id = %s AND {NOWHERE_SHOWN}
"""


def lock_owner(connection: Connection, owner_id: UUID) -> None:
    """Serialize the new uploads of one owner until the transaction ends."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('media.owner ' || %s, 0))", (str(owner_id),))


def usage(connection: Connection, owner_id: UUID, *, open_seconds: int) -> Usage:
    """What the owner has uploaded; an upload is open for so many seconds."""
    with connection.cursor(row_factory=args_row(Usage)) as cursor:
        row = cursor.execute(_USAGE, {"owner_id": owner_id, "open_seconds": open_seconds}).fetchone()
    assert row is not None
    return row


def insert(
    connection: Connection,
    owner_id: UUID,
    *,
    purpose: str,
    file_name: str,
    content_type: str,
    size_bytes: int,
    correlation_id: str,
    keep_seconds: int,
) -> MediaRow | None:
    """An upload that has not arrived, to be removed after so many seconds; None where there is no such user, or one who
    has not proven their address.
    """
    parameters = {
        "owner_id": owner_id,
        "purpose": purpose,
        "file_name": file_name,
        "content_type": content_type,
        "size_bytes": size_bytes,
        "correlation_id": correlation_id,
        "keep_seconds": keep_seconds,
    }
    with connection.cursor(row_factory=args_row(MediaRow)) as cursor:
        return cursor.execute(_INSERT, parameters).fetchone()


def has_account(connection: Connection, owner_id: UUID) -> bool:
    """Whether there is such a user."""
    return connection.execute("SELECT FROM identity_contacts WHERE id = %s", (owner_id,)).fetchone() is not None


def by_id(connection: Connection, media_id: UUID, *, locked: bool = False) -> MediaRow | None:
    """The upload, of any owner."""
    with connection.cursor(row_factory=args_row(MediaRow)) as cursor:
        return cursor.execute(_LOCK if locked else _ONE, (media_id,)).fetchone()


def of_owner(
    connection: Connection, owner_id: UUID, *, purpose: str | None, limit: int, after: Sequence[Any] | None
) -> Sequence[MediaRow]:
    """Newest first, after the one with this creation time and id."""
    before, before_id = after or (None, None)
    parameters = {
        "owner_id": owner_id,
        "purpose": purpose,
        "before": before,
        "before_id": before_id,
        "limit": limit,
    }
    with connection.cursor(row_factory=args_row(MediaRow)) as cursor:
        return cursor.execute(_OF_OWNER, parameters).fetchall()


def delete(connection: Connection, media_id: UUID) -> bool:
    """Mark it as deleted; False where something shows it. The caller has locked it."""
    return connection.execute(_DELETE, (media_id,)).rowcount == 1
