"""Products on sale by words, by the index of catalog: the best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from psycopg import sql
from psycopg.rows import args_row

from shared.clients.database import Connection
from shared.contexts.catalog.product_lists import PAGE_COLUMNS, SHOWN, ListedProduct

_CANDIDATES: Final = 1_000
"""Of a query that more products than that meet, the newest so many are ranked."""
_NEAREST_WORDS: Final = 12

_SEARCH: Final = sql.SQL("""
WITH candidates AS MATERIALIZED (
    SELECT d.product_id, ts_rank('{{0.1, 0.2, 0.4, 1.0}}', d.{terms}, %(query)s::tsquery, 1) AS rank
    FROM catalog_search_documents d WHERE d.{terms} @@ %(query)s::tsquery
    ORDER BY d.product_id DESC LIMIT %(candidates)s
), best AS (
    SELECT product_id, rank FROM candidates ORDER BY rank DESC, product_id DESC LIMIT %(limit)s
), page AS MATERIALIZED (
    SELECT {columns}, best.rank FROM best JOIN catalog_products p ON p.id = best.product_id WHERE p.is_offered
)
{shown} ORDER BY p.rank DESC, p.id DESC
""")
_NEAREST: Final = """
SELECT query.word AS query_word, near.word FROM unnest(%(words)s::text[]) AS query(word)
CROSS JOIN LATERAL (
    SELECT s.word FROM catalog_search_words s ORDER BY s.word <-> query.word, s.word LIMIT %(limit)s
) near
"""


def search(connection: Connection, query: str, *, limit: int) -> list[ListedProduct]:
    """Products that meet a `tsquery` anywhere."""
    return _search(connection, "terms", query, limit)


def by_name(connection: Connection, query: str, *, limit: int) -> list[ListedProduct]:
    """Products whose name meets a `tsquery`."""
    return _search(connection, "name_terms", query, limit)


def _search(connection: Connection, terms: str, query: str, limit: int) -> list[ListedProduct]:
    statement = _SEARCH.format(terms=sql.Identifier(terms), columns=PAGE_COLUMNS, shown=SHOWN.format(more=sql.SQL("")))
    values: dict[str, Any] = {"query": query, "limit": limit, "candidates": _CANDIDATES}
    with connection.cursor(row_factory=args_row(ListedProduct)) as cursor:
        return cursor.execute(statement, values).fetchall()


def nearest_words(connection: Connection, words: Sequence[str]) -> dict[str, list[str]]:
    """For each word those of products that share most trigrams with it, the nearest first."""
    nearest: dict[str, list[str]] = {word: [] for word in words}
    if not words:
        return nearest
    for row in connection.execute(_NEAREST, {"words": list(words), "limit": _NEAREST_WORDS}):
        nearest[row["query_word"]].append(row["word"])
    return nearest
