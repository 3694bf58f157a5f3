"""Changes to published posts, and what they said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from psycopg.rows import class_row

from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class EditRow:
    """What a post said until it was replaced, and how many had voted in its poll by then."""

    version: int
    body: str
    content_warning: str | None
    sentiment: str | None
    vote_count: int
    replaced_at: datetime


_COLUMNS: Final = {
    "body": "text",
    "entities": "jsonb",
    "folded_text": "text",
    "content_warning": "text",
    "sentiment": "text",
    "language": "text",
    "reply_policy": "text",
}
# What readers saw of the post is kept; who may answer and in which language it is are no part of that.
_CHANGE: Final = f"""
WITH replaced AS (
    INSERT INTO post_edits (post_id, version, body, content_warning, sentiment, vote_count)
    SELECT p.id, p.version, p.body, p.content_warning, p.sentiment,
        coalesce((SELECT sum(n) FROM polls l, unnest(l.vote_counts) AS n WHERE l.post_id = p.id), 0)
    FROM posts p WHERE p.id = %(id)s
        AND (p.body, p.content_warning, p.sentiment) IS DISTINCT FROM
            (%(body)s::text, %(content_warning)s::text, %(sentiment)s::text)
    RETURNING post_id
)
UPDATE posts SET {", ".join(f"{name} = %({name})s::{kind}" for name, kind in _COLUMNS.items())},
    edited_at = CASE WHEN EXISTS (SELECT FROM replaced) THEN now() ELSE edited_at END, version = version + 1
WHERE id = %(id)s
"""
# A vote waits for the lock: it answers the question as it is when it is counted.
_HAS_VOTES: Final = "SELECT 0 < ANY(vote_counts) AS has_votes FROM polls WHERE post_id = %s FOR SHARE"
_LIST: Final = f"""
SELECT e.version, e.body, e.content_warning, e.sentiment, e.vote_count, e.replaced_at
FROM post_edits e JOIN posts p ON p.id = e.post_id
WHERE e.post_id = %(post_id)s AND ({READABLE} OR p.author_id = %(viewer)s::uuid AND p.deleted_at IS NULL)
    AND (%(before)s::int IS NULL OR e.version < %(before)s::int)
ORDER BY e.version DESC LIMIT %(limit)s
"""
_READABLE: Final = f"""
SELECT FROM posts p
WHERE p.id = %(post_id)s AND ({READABLE} OR p.author_id = %(viewer)s::uuid AND p.deleted_at IS NULL)
"""


def change(connection: Connection, post_id: UUID, columns: Mapping[str, Any]) -> None:
    """A published post that the caller has locked says this from now on."""
    values = {name: columns[name] for name in _COLUMNS}
    connection.execute(_CHANGE, {**values, "entities": orjson.dumps(columns["entities"]).decode(), "id": post_id})


def has_votes(connection: Connection, post_id: UUID) -> bool:
    """Whether anybody has voted in the post's poll, where nobody can until the transaction ends."""
    row = connection.execute(_HAS_VOTES, (post_id,)).fetchone()
    return row is not None and bool(row["has_votes"])


def is_readable(connection: Connection, post_id: UUID, viewer: UUID | None) -> bool:
    """Whether the viewer may read the post, or wrote it."""
    return connection.execute(_READABLE, {"post_id": post_id, "viewer": viewer}).fetchone() is not None


def earlier(
    connection: Connection, post_id: UUID, viewer: UUID | None, *, limit: int, before: int | None
) -> list[EditRow]:
    """What the post said before, the latest first; nothing where the viewer may not read the post."""
    values = {"post_id": post_id, "viewer": viewer, "limit": limit, "before": before}
    with connection.cursor(row_factory=class_row(EditRow)) as cursor:
        return cursor.execute(_LIST, values).fetchall()
