"""The search index of posts: written by the transaction that writes a post.

It has every post that is published, held and hidden ones too; who may read which is decided when it is read. So a post
that is hidden or deleted is found no more at once, whether or not its row has left, one that is shown again is found
again, and a block needs no clean-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from shared.clients.database import Connection
from shared.search.terms import Apart, Document

_TEXTS: Final = """
SELECT p.id, p.published_at, p.body, p.content_warning,
    ARRAY(SELECT m.alt FROM post_media m WHERE m.post_id = p.id ORDER BY m.position)
        || coalesce((SELECT l.options FROM polls l WHERE l.post_id = p.id), '{}') AS others
FROM posts p WHERE p.id = ANY(%s) AND p.status = 'published' AND p.deleted_at IS NULL ORDER BY p.id
"""
_WRITE: Final = """
WITH removed AS (DELETE FROM post_search_documents WHERE post_id = ANY(%(removed)s))
INSERT INTO post_search_documents AS d (post_id, published_at, terms)
SELECT id, published_at, terms::tsvector
FROM unnest(%(ids)s::uuid[], %(times)s::timestamptz[], %(terms)s::text[]) AS new(id, published_at, terms)
ON CONFLICT (post_id) DO UPDATE SET published_at = excluded.published_at, terms = excluded.terms
"""


def index(connection: Connection, post_ids: Sequence[UUID]) -> None:
    """Bring the index up to date with these posts, in the transaction that writes them."""
    if not post_ids:
        return
    rows = connection.execute(_TEXTS, (list(post_ids),)).fetchall()
    found = {row["id"] for row in rows}
    values = {
        "removed": [post_id for post_id in post_ids if post_id not in found],
        "ids": [row["id"] for row in rows],
        "times": [row["published_at"] for row in rows],
        "terms": [_terms(row) for row in rows],
    }
    connection.execute(_WRITE, values)


def _terms(row: dict[str, Any]) -> str:
    document = Document()
    for text in (row["body"], row["content_warning"] or ""):
        document.add(text, "A", apart=Apart.SHORT)
    for text in row["others"]:
        document.add(text, "B")
    return document.tsvector()
