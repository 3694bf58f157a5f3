"""The search index of posts: written by the transaction that writes a post.

It has every post that is published, held and hidden ones too; who may read which is decided when it is read. So a post
that is hidden or deleted is found no more at once, whether or not its row has left, one that is shown again is found
again, and a block needs no clean-up.

The words of public posts, which misspelt queries are compared with, name no post and no person. They are written last,
sorted, and in one statement: two transactions that bring the same new words wait for each other in one order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from shared.clients.database import Connection
from shared.search.terms import Apart, Document, words

_TEXTS: Final = """
SELECT p.id, p.published_at, p.body, p.content_warning, p.visibility = 'public' AS is_public,
    ARRAY(SELECT m.alt FROM post_media m WHERE m.post_id = p.id ORDER BY m.position)
        || coalesce((SELECT l.options FROM polls l WHERE l.post_id = p.id), '{}') AS others
FROM posts p WHERE p.id = ANY(%s) AND p.status = 'published' AND p.deleted_at IS NULL ORDER BY p.id
"""
_WRITE: Final = """
WITH removed AS (
    DELETE FROM post_search_documents WHERE post_id = ANY(%(removed)s)
), written AS (
    INSERT INTO post_search_documents AS d (post_id, published_at, terms)
    SELECT id, published_at, terms::tsvector
    FROM unnest(%(ids)s::uuid[], %(times)s::timestamptz[], %(terms)s::text[]) AS new(id, published_at, terms)
    ON CONFLICT (post_id) DO UPDATE SET published_at = excluded.published_at, terms = excluded.terms
    WHERE (d.published_at, d.terms) IS DISTINCT FROM (excluded.published_at, excluded.terms)
)
INSERT INTO post_words (word)
SELECT new.word FROM unnest(%(words)s::text[]) AS new(word)
WHERE NOT EXISTS (SELECT FROM post_words known WHERE known.word = new.word)
ORDER BY new.word ON CONFLICT DO NOTHING
"""
_NEXT: Final = """
SELECT id FROM posts WHERE status = 'published' AND id > %(after)s ORDER BY id LIMIT %(limit)s FOR SHARE
"""
_BEFORE_ALL: Final = UUID(int=0)
_SPELT: Final = range(4, 31)
"""Letters of words that may be misspelt, as `search_keys` (a function of the schema) has them."""


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
        "words": sorted(set().union(*(_words(row) for row in rows if row["is_public"]))),
    }
    connection.execute(_WRITE, values)


def rebuild(connection: Connection, *, after: UUID | None, limit: int) -> list[UUID]:
    """Index the next published posts by id, in the caller's transaction; returns them (none at the end).

    From the start (`after` None) the words are deleted first. Posts that are being written are waited for.
    """
    if after is None:
        connection.execute("DELETE FROM post_words")
    rows = connection.execute(_NEXT, {"after": after or _BEFORE_ALL, "limit": limit}).fetchall()
    post_ids = [row["id"] for row in rows]
    index(connection, post_ids)
    return post_ids


def _terms(row: dict[str, Any]) -> str:
    document = Document()
    for text in (row["body"], row["content_warning"] or ""):
        document.add(text, "A", apart=Apart.SHORT)
    for text in row["others"]:
        document.add(text, "B")
    return document.tsvector()


def _words(row: dict[str, Any]) -> set[str]:
    texts = (row["body"], row["content_warning"] or "", *row["others"])
    return {word for text in texts for word in words(text) if len(word) in _SPELT and word.isascii()}
