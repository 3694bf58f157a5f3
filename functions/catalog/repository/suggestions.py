"""What a query that is being written may become: products, categories and vendors that begin like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from psycopg.rows import args_row

from functions.catalog.search import Suggestion
from shared.clients.database import Connection

_CANDIDATES: Final = 200
"""Of more products that begin like it, so many compete."""
_MOST_PRODUCTS: Final = 6
_MOST_OTHERS: Final = 3

# Vendors one after the other, each the first behind the last: there are as many steps as vendors shown, not as
# products of theirs.
_SUGGEST: Final = """
WITH RECURSIVE candidates AS MATERIALIZED (
    SELECT d.product_id FROM product_search_documents d JOIN products p ON p.id = d.product_id
    WHERE d.name_terms @@ %(query)s::tsquery AND p.is_active AND p.deleted_at IS NULL LIMIT %(candidates)s
), vendors AS (
    (SELECT p.vendor, lower(p.vendor::text) AS folded, 1 AS number FROM products p
     WHERE lower(p.vendor::text) LIKE %(prefix)s AND p.deleted_at IS NULL AND p.is_active
     ORDER BY lower(p.vendor::text) USING ~<~ LIMIT 1)
    UNION ALL
    SELECT later.vendor, later.folded, v.number + 1 FROM vendors v CROSS JOIN LATERAL (
        SELECT p.vendor, lower(p.vendor::text) AS folded FROM products p
        WHERE lower(p.vendor::text) ~>~ v.folded AND lower(p.vendor::text) LIKE %(prefix)s
          AND p.deleted_at IS NULL AND p.is_active
        ORDER BY lower(p.vendor::text) USING ~<~ LIMIT 1
    ) later WHERE v.number < %(others)s
)
(SELECT 'product' AS kind, p.name AS text, p.slug FROM candidates JOIN products p ON p.id = candidates.product_id
 ORDER BY p.sold_count DESC, p.name, p.id LIMIT %(products)s)
UNION ALL
(SELECT 'category', c.name, c.slug FROM categories c WHERE lower(c.name) LIKE %(prefix)s
 ORDER BY lower(c.name), c.id LIMIT %(others)s)
UNION ALL
(SELECT 'vendor', v.vendor, NULL FROM vendors v ORDER BY v.number)
"""


def suggestions(connection: Connection, query: str, prefix: str) -> Sequence[Suggestion]:
    """By a `tsquery` on names of products, and by the beginning (in lower case) of names of categories and vendors."""
    parameters: dict[str, Any] = {
        "query": query,
        "prefix": _like(prefix) + "%",
        "candidates": _CANDIDATES,
        "products": _MOST_PRODUCTS,
        "others": _MOST_OTHERS,
    }
    with connection.cursor(row_factory=args_row(Suggestion)) as cursor:
        return cursor.execute(_SUGGEST, parameters).fetchall()


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
