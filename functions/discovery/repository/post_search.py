"""Posts by words and phrases, the newest first: what the viewer may see in lists, without those of groups."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection
from shared.contexts.profiles import audience

_AFTER: Final = " AND (d.published_at, d.post_id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_SEARCH: Final = f"""
SELECT d.post_id AS id, d.author_id, a.username, a.display_name, a.picture, d.body, d.content_warning, d.entities,
    d.language, d.sentiment, d.visibility, d.published_at, d.reaction_counts, d.comment_count, d.repost_count,
    d.quote_count
FROM community_post_documents d JOIN profiles_people a ON a.user_id = d.author_id
WHERE d.terms @@ %(query)s::tsquery AND d.is_live AND d.group_id IS NULL
    AND {audience.is_listed("d.author_id", "d.visibility")}
    AND NOT {audience.is_hidden_by_words("d.author_id", "d.folded_text")}{{after}}
ORDER BY d.published_at DESC, d.post_id DESC LIMIT %(limit)s
"""


class PostHit(NamedTuple):
    id: UUID
    author_id: UUID
    username: str
    display_name: str | None
    picture: dict[str, Any] | None
    body: str
    content_warning: str | None
    entities: list[dict[str, Any]]
    language: str | None
    sentiment: str | None
    visibility: str
    published_at: datetime
    reaction_counts: list[int]
    comment_count: int
    repost_count: int
    quote_count: int


def search(
    connection: Connection, query: str, viewer: UUID | None, *, limit: int, after: list[Any] | None
) -> list[PostHit]:
    """Posts that meet a `tsquery`; `after` is the time and the id of a hit."""
    values = {"query": query, "viewer": viewer, "limit": limit}
    if after:
        values["after"], values["after_id"] = after
    with connection.cursor(row_factory=class_row(PostHit)) as cursor:
        return cursor.execute(_SEARCH.format(after=_AFTER if after else ""), values).fetchall()
