"""The search index of products: written by the transaction that writes a product, whichever context that is in.

It has the products that are on sale, and no others, so that a search need not look at products that it does not show.
An index row follows from its product alone, so a rebuild makes the same rows. The words are written last, sorted, and
in one statement: two transactions that bring the same new words wait for each other in one order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from shared.clients.database import Connection
from shared.search_terms import Document, words

_MAX_DESCRIPTION: Final = 10_000
"""Characters of a description, as it is read, that are found."""

_TEXTS: Final = """
SELECT p.id, p.name, p.vendor, p.product_type, p.tags, p.description,
       ARRAY(SELECT v.sku FROM variants v WHERE v.product_id = p.id AND v.deleted_at IS NULL AND v.sku IS NOT NULL
             ORDER BY v.position, v.id) AS skus
FROM products p WHERE p.id = ANY(%s) AND p.is_active AND p.deleted_at IS NULL ORDER BY p.id
"""

_WRITE: Final = """
WITH removed AS (
    DELETE FROM product_search_documents WHERE product_id = ANY(%(removed)s)
), written AS (
    INSERT INTO product_search_documents AS d (product_id, name_terms, terms)
    SELECT id, name_terms::tsvector, terms::tsvector
    FROM unnest(%(ids)s::uuid[], %(name_terms)s::text[], %(terms)s::text[]) AS new(id, name_terms, terms)
    ON CONFLICT (product_id) DO UPDATE SET name_terms = excluded.name_terms, terms = excluded.terms
    WHERE (d.name_terms, d.terms) IS DISTINCT FROM (excluded.name_terms, excluded.terms)
)
INSERT INTO search_words (word)
SELECT new.word FROM unnest(%(words)s::text[]) AS new(word)
WHERE NOT EXISTS (SELECT FROM search_words known WHERE known.word = new.word)
ORDER BY new.word
ON CONFLICT DO NOTHING
"""

_NEXT: Final = """
SELECT id FROM products WHERE deleted_at IS NULL AND id > %(after)s ORDER BY id LIMIT %(limit)s FOR SHARE
"""
_BEFORE_ALL: Final = UUID(int=0)


def index(connection: Connection, product_ids: Sequence[UUID]) -> None:
    """Bring the index to what these products say; the caller holds their locks, and does nothing but commit after."""
    if not product_ids:
        return
    rows = connection.execute(_TEXTS, (list(product_ids),)).fetchall()
    found = {row["id"] for row in rows}
    connection.execute(
        _WRITE,
        {
            "removed": [product_id for product_id in product_ids if product_id not in found],
            "ids": [row["id"] for row in rows],
            "name_terms": [_name_terms(row) for row in rows],
            "terms": [_terms(row) for row in rows],
            "words": sorted(set().union(*map(_words, rows))),
        },
    )


def rebuild(connection: Connection, *, after: UUID | None, limit: int) -> list[UUID]:
    """Index the next products by id, in the caller's transaction; returns them (none at the end).

    From the start (`after` None) the words are forgotten first. Products that are being written are waited for.
    """
    if after is None:
        connection.execute("DELETE FROM search_words")
    rows = connection.execute(_NEXT, {"after": after or _BEFORE_ALL, "limit": limit}).fetchall()
    product_ids = [row["id"] for row in rows]
    index(connection, product_ids)
    return product_ids


def _name_terms(row: dict[str, Any]) -> str:
    document = Document()
    document.add(row["name"], "A")
    return document.tsvector()


def _terms(row: dict[str, Any]) -> str:
    from shared.html_text import plain_text

    document = Document()
    document.add(row["name"], "A")
    for text in (row["vendor"], row["product_type"], *row["skus"], *row["tags"]):
        document.add(text, "B")
    document.add(plain_text(row["description"])[:_MAX_DESCRIPTION], "D")
    return document.tsvector()


def _words(row: dict[str, Any]) -> Iterable[str]:
    return set().union(*map(words, (row["name"], row["vendor"], row["product_type"], *row["tags"])))
