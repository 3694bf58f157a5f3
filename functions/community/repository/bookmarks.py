"""Posts that people keep for later, which only they see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from functions.community.repository.visibility import LISTED, READABLE
from shared.clients.database import Connection


class BookmarkPlace(NamedTuple):
    """A bookmark's own time and post: what lists of bookmarks are sorted by."""

    created_at: datetime
    post_id: UUID
    folder_id: UUID | None


# A folder is the caller's own, or the statement writes nothing.
_PUT: Final = f"""
INSERT INTO bookmarks (user_id, post_id, folder_id)
SELECT %(viewer)s, p.id, f.id FROM posts p LEFT JOIN bookmark_folders f ON f.id = %(folder_id)s
    AND f.user_id = %(viewer)s
WHERE p.id = %(post_id)s AND (%(folder_id)s::uuid IS NULL OR f.id IS NOT NULL) AND {READABLE}
    AND EXISTS (SELECT FROM profiles_people a WHERE a.user_id = %(viewer)s)
ON CONFLICT (user_id, post_id) DO UPDATE SET folder_id = excluded.folder_id
RETURNING created_at, post_id, folder_id
"""
_DELETE: Final = "DELETE FROM bookmarks WHERE user_id = %s AND post_id = %s"


def put(connection: Connection, viewer: UUID, post_id: UUID, folder_id: UUID | None) -> BookmarkPlace | None:
    """The bookmark, in this folder or in none; None where the post or the folder is not there for the viewer."""
    values = {"viewer": viewer, "post_id": post_id, "folder_id": folder_id}
    with connection.cursor(row_factory=args_row(BookmarkPlace)) as cursor:
        return cursor.execute(_PUT, values).fetchone()


def delete(connection: Connection, viewer: UUID, post_id: UUID) -> None:
    connection.execute(_DELETE, (viewer, post_id))


def page(
    connection: Connection, viewer: UUID, *, folder_id: UUID | None, limit: int, after: Sequence[Any] | None
) -> list[BookmarkPlace]:
    """The last first, of all folders or of one; what the viewer may not read any more, or mutes, is left out."""
    values: dict[str, Any] = {"viewer": viewer, "folder_id": folder_id, "limit": limit}
    if after is not None:
        values["after"], values["after_id"] = after
    with connection.cursor(row_factory=args_row(BookmarkPlace)) as cursor:
        return cursor.execute(_page(folder_id is not None, after is not None), values).fetchall()


@lru_cache(maxsize=4)
def _page(is_of_one_folder: bool, continues: bool) -> str:
    conditions = " AND b.folder_id = %(folder_id)s" if is_of_one_folder else ""
    if continues:
        conditions += " AND (b.created_at, b.post_id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
    return f"""
SELECT b.created_at, b.post_id, b.folder_id FROM bookmarks b JOIN posts p ON p.id = b.post_id
WHERE b.user_id = %(viewer)s::uuid{conditions} AND {LISTED}
ORDER BY b.created_at DESC, b.post_id DESC LIMIT %(limit)s
"""
