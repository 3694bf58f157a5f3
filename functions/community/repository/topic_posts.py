"""Posts of a ticker or a hashtag, the newest first: what the viewer may see in lists."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from psycopg.rows import args_row

from functions.community.repository.post_lists import Place
from functions.community.repository.topics import TopicKind
from functions.community.repository.visibility import LISTED
from shared.clients.database import Connection

_AFTER: Final = " AND (n.published_at, n.post_id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_POSTS: Final = f"""
SELECT n.published_at, n.post_id FROM {{table}} n JOIN posts p ON p.id = n.post_id
WHERE n.{{topic}} = %(topic_id)s AND {LISTED}{{after}}
ORDER BY n.published_at DESC, n.post_id DESC LIMIT %(limit)s
"""
_TABLES: Final[dict[TopicKind, tuple[str, str]]] = {
    "ticker": ("post_tickers", "ticker_id"),
    "hashtag": ("post_hashtags", "hashtag_id"),
}


def newest(
    connection: Connection, kind: TopicKind, topic_id: UUID, viewer: UUID | None, *, limit: int, after: Place | None
) -> list[Place]:
    """A page of them."""
    table, topic = _TABLES[kind]
    statement = _POSTS.format(table=table, topic=topic, after=_AFTER if after else "")
    values = {
        "topic_id": topic_id,
        "viewer": viewer,
        "limit": limit,
        "after": after and after.published_at,
        "after_id": after and after.id,
    }
    with connection.cursor(row_factory=args_row(Place)) as cursor:
        return cursor.execute(statement, values).fetchall()
