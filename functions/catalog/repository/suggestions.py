"""Completions of a query that is being written: products, categories and vendors that begin like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from psycopg.rows import args_row

from functions.catalog.domain.search_engine import Suggestion
from shared.clients.database import Connection

_CANDIDATES: Final = 200
"""Of more products that begin like it, so many compete."""
_MOST_PRODUCTS: Final = 6
_MOST_OTHERS: Final = 3

_BEGINNING: Final = "nullif(search_key(%(beginning)s), '') || '%%'"
"""`search_key` leaves letters and digits only, so that nothing of the query is a pattern."""

# Vendors one after the other, each the first behind the last: there are as many steps as vendors shown, not as
# products of theirs.
_SUGGEST: Final = f"""
WITH RECURSIVE candidates AS MATERIALIZED (
    SELECT d.product_id FROM product_search_documents d JOIN products p ON p.id = d.product_id
    WHERE d.name_terms @@ %(query)s::tsquery AND p.is_active AND p.deleted_at IS NULL LIMIT %(candidates)s
), vendors AS (
    (SELECT p.vendor, search_key(p.vendor) AS folded, 1 AS number FROM products p
     WHERE search_key(p.vendor) LIKE {_BEGINNING} AND p.deleted_at IS NULL AND p.is_active
     ORDER BY search_key(p.vendor) USING ~<~ LIMIT 1)
    UNION ALL
    SELECT later.vendor, later.folded, v.number + 1 FROM vendors v CROSS JOIN LATERAL (
        SELECT p.vendor, search_key(p.vendor) AS folded FROM products p
        WHERE search_key(p.vendor) ~>~ v.folded AND search_key(p.vendor) LIKE {_BEGINNING}
          AND p.deleted_at IS NULL AND p.is_active
        ORDER BY search_key(p.vendor) USING ~<~ LIMIT 1
    ) later WHERE v.number < %(others)s
)
(SELECT 'product' AS kind, p.name AS text, p.slug FROM candidates JOIN products p ON p.id = candidates.product_id
 ORDER BY p.sold_count DESC, p.name, p.id LIMIT %(products)s)
UNION ALL
(SELECT 'category', c.name, c.slug FROM categories c WHERE search_key(c.name) LIKE {_BEGINNING}
 ORDER BY search_key(c.name), c.id LIMIT %(others)s)
UNION ALL
(SELECT 'vendor', v.vendor, NULL FROM vendors v ORDER BY v.number)
"""


def suggestions(connection: Connection, query: str, *, beginning: str) -> Sequence[Suggestion]:
    """By a `tsquery` on names of products, and by what names of categories and vendors begin with, folded."""
    parameters: dict[str, Any] = {
        "query": query,
        "beginning": beginning,
        "candidates": _CANDIDATES,
        "products": _MOST_PRODUCTS,
        "others": _MOST_OTHERS,
    }
    with connection.cursor(row_factory=args_row(Suggestion)) as cursor:
        return cursor.execute(_SUGGEST, parameters).fetchall()
