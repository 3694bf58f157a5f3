"""The search index of products: written by the transaction that writes a product, in whichever context.

It has the products that are on sale, and no others, so that a search need not look at products that it does not show.
An index row follows from its product alone, so a rebuild makes the same rows. The words are written last, sorted, and
in one statement: two transactions that bring the same new words wait for each other in one order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from shared.clients.database import Connection
from shared.search.terms import Apart, Document, words

_MAX_DESCRIPTION: Final = 10_000
"""Characters of a description, as it is read, that are found."""

_TEXTS: Final = """
SELECT p.id, p.name, p.vendor, p.product_type, p.tags, p.description,
       ARRAY(SELECT code FROM variants v CROSS JOIN LATERAL (VALUES (v.sku), (v.barcode)) AS codes(code)
             WHERE v.product_id = p.id AND v.deleted_at IS NULL AND code IS NOT NULL
             ORDER BY v.position, v.id) AS codes
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
    """Bring the index up to date with these products, which the caller has locked; nothing but the commit follows."""
    if not product_ids:
        return
    rows = connection.execute(_TEXTS, (list(product_ids),)).fetchall()
    on_sale = {row["id"] for row in rows}
    terms = [_terms(row) for row in rows]
    connection.execute(
        _WRITE,
        {
            "removed": [product_id for product_id in product_ids if product_id not in on_sale],
            "ids": [row["id"] for row in rows],
            "name_terms": [name_terms for name_terms, _ in terms],
            "terms": [every_term for _, every_term in terms],
            "words": sorted(set().union(*map(_words, rows))),
        },
    )


def rebuild(connection: Connection, *, after: UUID | None, limit: int) -> list[UUID]:
    """Index the next products by id, in the caller's transaction; returns them (none at the end).

    From the start (`after` None) the words are deleted first. Products that are being written are waited for.
    """
    if after is None:
        connection.execute("DELETE FROM search_words")
    rows = connection.execute(_NEXT, {"after": after or _BEFORE_ALL, "limit": limit}).fetchall()
    product_ids = [row["id"] for row in rows]
    index(connection, product_ids)
    return product_ids


def _terms(row: dict[str, Any]) -> tuple[str, str]:
    """Those of the name, and all."""
    from functions.catalog.domain.html_text import plain_text

    document = Document()
    document.add(row["name"], "A", apart=Apart.ALL)
    name_terms = document.tsvector()
    spaced_codes = (code.replace(" ", "") for code in row["codes"] if " " in code)
    for text in (row["vendor"], row["product_type"], *row["codes"], *spaced_codes, *row["tags"]):
        document.add(text, "B")
    document.add(plain_text(row["description"])[:_MAX_DESCRIPTION], "D")
    return name_terms, document.tsvector()


def _words(row: dict[str, Any]) -> Iterable[str]:
    return set().union(*map(words, (row["name"], row["vendor"], row["product_type"], *row["tags"])))
