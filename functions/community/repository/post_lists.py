"""Lists of posts: ids in order, which `post_cards` fills."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from functions.community.repository.visibility import LISTED
from shared.clients.database import Connection


class Place(NamedTuple):
    """A post's place in a list by time of publication."""

    published_at: datetime
    id: UUID


_AFTER: Final = " AND (p.published_at, p.id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_NEWEST: Final = f"""
SELECT p.published_at, p.id FROM posts p
WHERE p.group_id IS NULL AND {LISTED}{{after}}
ORDER BY p.published_at DESC, p.id DESC LIMIT %(limit)s
"""
_QUOTES: Final = f"""
SELECT p.published_at, p.id FROM posts p
WHERE p.quoted_post_id = %(post_id)s AND {LISTED}{{after}}
ORDER BY p.published_at DESC, p.id DESC LIMIT %(limit)s
"""
_DRAFTS: Final = """
SELECT id FROM posts
WHERE author_id = %(author_id)s AND status <> 'published' AND deleted_at IS NULL
    AND (%(before)s::uuid IS NULL OR id < %(before)s::uuid)
ORDER BY id DESC LIMIT %(limit)s
"""


class Draft(NamedTuple):
    id: UUID


def newest(connection: Connection, viewer: UUID | None, *, limit: int, after: Place | None) -> list[Place]:
    """Posts outside of groups, the newest first."""
    statement = _NEWEST.format(after=_AFTER if after else "")
    values = {
        "viewer": viewer,
        "limit": limit,
        "after": after and after.published_at,
        "after_id": after and after.id,
    }
    with connection.cursor(row_factory=args_row(Place)) as cursor:
        return cursor.execute(statement, values).fetchall()


def quotes(
    connection: Connection, post_id: UUID, viewer: UUID | None, *, limit: int, after: Place | None
) -> list[Place]:
    """Posts that quote this one, the newest first."""
    values: dict[str, object] = {"post_id": post_id, "viewer": viewer, "limit": limit}
    if after:
        values |= {"after": after.published_at, "after_id": after.id}
    with connection.cursor(row_factory=args_row(Place)) as cursor:
        return cursor.execute(_QUOTES.format(after=_AFTER if after else ""), values).fetchall()


def drafts(connection: Connection, author_id: UUID, *, limit: int, before: UUID | None) -> list[Draft]:
    """What the author has not published yet, scheduled posts too, the newest first."""
    values = {"author_id": author_id, "limit": limit, "before": before}
    with connection.cursor(row_factory=args_row(Draft)) as cursor:
        return cursor.execute(_DRAFTS, values).fetchall()
