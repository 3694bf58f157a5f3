"""Mutes and blocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class FilterRow(NamedTuple):
    """Somebody whom the person mutes or blocks."""

    kind: str
    until: datetime | None
    created_at: datetime
    user_id: UUID
    username: str
    display_name: str | None
    picture: dict[str, Any] | None
    is_private: bool


# One that has ended is as if it were not there.
_LIST: Final = """
SELECT c.kind, c.until, c.created_at, p.user_id, p.username, p.display_name, p.picture, p.is_private
FROM content_filters c JOIN profiles_people p ON p.user_id = c.target_id
WHERE c.user_id = %(user_id)s AND (%(kind)s::text IS NULL OR c.kind = %(kind)s)
  AND (c.until IS NULL OR c.until > now())
  AND (c.created_at, c.target_id, c.kind) < (coalesce(%(before)s::timestamptz, 'infinity'),
       coalesce(%(before_id)s::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'), coalesce(%(before_kind)s::text, '~'))
ORDER BY c.created_at DESC, c.target_id DESC, c.kind DESC LIMIT %(limit)s
"""
_COUNT: Final = "SELECT count(*)::int AS n FROM content_filters WHERE user_id = %s AND kind = %s"
_PUT: Final = """
INSERT INTO content_filters AS c (user_id, target_id, kind, until)
VALUES (%(user_id)s, %(target_id)s, %(kind)s, %(until)s)
ON CONFLICT (user_id, target_id, kind) DO UPDATE SET until = excluded.until
    WHERE c.until IS DISTINCT FROM excluded.until
"""
_REMOVE: Final = """
DELETE FROM content_filters WHERE user_id = %(user_id)s AND target_id = %(target_id)s AND kind = %(kind)s
"""


def page(
    connection: Connection, user_id: UUID, *, kind: str | None, limit: int, after: Sequence[Any] | None
) -> Sequence[FilterRow]:
    """The person's mutes and blocks, newest first."""
    before, before_id, before_kind = after or (None, None, None)
    values = {
        "user_id": user_id,
        "kind": kind,
        "before": before,
        "before_id": before_id,
        "before_kind": before_kind,
        "limit": limit,
    }
    with connection.cursor(row_factory=args_row(FilterRow)) as cursor:
        return cursor.execute(_LIST, values).fetchall()


def count(connection: Connection, user_id: UUID, kind: str) -> int:
    """How many the person has."""
    row = connection.execute(_COUNT, (user_id, kind)).fetchone()
    assert row is not None
    there_are: int = row["n"]
    return there_are


def put(connection: Connection, user_id: UUID, target_id: UUID, kind: str, *, until: datetime | None = None) -> None:
    """Mute or block, or change the end of a mute."""
    connection.execute(_PUT, {"user_id": user_id, "target_id": target_id, "kind": kind, "until": until})


def remove(connection: Connection, user_id: UUID, target_id: UUID, kind: str) -> None:
    """Mute or block no longer."""
    connection.execute(_REMOVE, {"user_id": user_id, "target_id": target_id, "kind": kind})
