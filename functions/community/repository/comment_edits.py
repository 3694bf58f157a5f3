"""What comments said before they were changed."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection
from shared.contexts.profiles import audience


class CommentEditRow(NamedTuple):
    """What a comment said until it was replaced."""

    version: int
    body: str
    replaced_at: datetime


# A comment that is gone keeps its place, and nothing of what it ever said. Its author reads what others have removed.
_MAY_READ: Final = f"""{READABLE} AND (c.is_live AND {audience.may_see("c.author_id")}
    OR c.author_id = %(viewer)s::uuid AND (c.deleted_at IS NULL OR c.removed_by_post_author))"""
_LIST: Final = f"""
SELECT e.version, e.body, e.replaced_at
FROM comment_edits e JOIN comments c ON c.id = e.comment_id JOIN posts p ON p.id = c.post_id
WHERE e.comment_id = %(comment_id)s AND (%(before)s::int IS NULL OR e.version < %(before)s::int) AND {_MAY_READ}
ORDER BY e.version DESC LIMIT %(limit)s
"""
_READABLE: Final = f"""
SELECT FROM comments c JOIN posts p ON p.id = c.post_id WHERE c.id = %(comment_id)s AND {_MAY_READ}
"""


def earlier(
    connection: Connection, comment_id: UUID, viewer: UUID | None, *, limit: int, before: int | None
) -> list[CommentEditRow]:
    """What the comment said before, the latest first; nothing where the viewer may not read the comment."""
    values = {"comment_id": comment_id, "viewer": viewer, "limit": limit, "before": before}
    with connection.cursor(row_factory=class_row(CommentEditRow)) as cursor:
        return cursor.execute(_LIST, values).fetchall()


def is_readable(connection: Connection, comment_id: UUID, viewer: UUID | None) -> bool:
    """Whether the viewer may read what the comment says."""
    values = {"comment_id": comment_id, "viewer": viewer}
    return connection.execute(_READABLE, values).fetchone() is not None
