"""Products by words: candidates from the index, ranked, a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from psycopg import sql
from psycopg.rows import args_row

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.repository import filters
from shared.clients.database import Connection
from shared.contexts.catalog.product_lists import PAGE_COLUMNS, SHOWN, ListedProduct

MAX_CANDIDATES: Final = 1_000
"""Of a query that more products than that meet, so many are ranked; and so many that have all of it in their name. They
are the newest, so that every page is cut from the same ones.
"""
_NEAREST_WORDS: Final = 12
_SHOWN_DESCRIPTION: Final = 20_000


class RankedProduct(NamedTuple):
    """A row of a list, how well it meets the query, and its description (HTML, which may be cut)."""

    product: ListedProduct
    rank: int
    description: str


# Nothing is as dear as ranking, so the candidates are bounded. The limits are constants, for the planner to know them.
# Only where they do not suffice for all, those with the whole query in their name are looked for by themselves.
_SEARCH: Final = sql.SQL("""
WITH anywhere AS MATERIALIZED (
    SELECT d.product_id, {rank} AS rank FROM {documents}
    WHERE d.terms @@ %(query)s::tsquery {conditions} ORDER BY d.product_id DESC LIMIT %(candidates)s
), named AS MATERIALIZED (
    SELECT d.product_id, {rank} AS rank FROM {documents}
    WHERE d.name_terms @@ %(query)s::tsquery {conditions}
      AND (SELECT count(*) FROM anywhere) >= %(candidates)s ORDER BY d.product_id DESC LIMIT %(candidates)s
), best AS (
    SELECT f.product_id, f.rank FROM (SELECT * FROM anywhere UNION SELECT * FROM named) f
    {continued} ORDER BY f.rank DESC, f.product_id DESC LIMIT %(limit)s
), page AS MATERIALIZED (
    SELECT {columns}, best.rank, left(p.description, {description}) AS description
    FROM best JOIN products p ON p.id = best.product_id
)
{shown} ORDER BY p.rank DESC, p.id DESC
""")
_DOCUMENTS: Final = sql.SQL("product_search_documents d")
_WITH_PRODUCTS: Final = sql.SQL("product_search_documents d JOIN products p ON p.id = d.product_id")
_RANK: Final = sql.SQL("(1000000 * ts_rank('{0.1, 0.2, 0.4, 1.0}', d.terms, %(query)s::tsquery, 1))::int")
_AFTER: Final = sql.SQL("WHERE (f.rank, f.product_id) < (%(after)s::int, %(after_id)s::uuid)")

_NEAREST: Final = """
SELECT query.word AS query_word, near.word FROM unnest(%(words)s::text[]) AS query(word)
CROSS JOIN LATERAL (
    SELECT s.word FROM search_words s ORDER BY s.word <-> query.word, s.word LIMIT %(limit)s
) near
"""


def search(
    connection: Connection, query: str, product_filters: ProductFilters, *, limit: int, after: Sequence[Any] | None
) -> list[RankedProduct]:
    """The products that meet a `tsquery`, best first; after the one with this rank and id."""
    statement, parameters = search_statement(query, product_filters, limit=limit, after=after)
    with connection.cursor(row_factory=args_row(_ranked)) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def search_statement(
    query: str, product_filters: ProductFilters, *, limit: int, after: Sequence[Any] | None
) -> tuple[bytes, dict[str, Any]]:
    """The one statement of a search, and its parameters."""
    names, parameters = filters.compiled(product_filters)
    parameters |= {"query": query, "limit": limit, "candidates": MAX_CANDIDATES}
    if after is not None:
        parameters["after"], parameters["after_id"] = after
    return _text(names, after is not None), parameters


@lru_cache(maxsize=256)
def _text(names: tuple[str, ...], continued: bool) -> bytes:
    # All that is in the index is on sale: products are looked at only for other conditions.
    narrowed = set(names) != {"active"}
    return _SEARCH.format(
        rank=_RANK,
        documents=_WITH_PRODUCTS if narrowed else _DOCUMENTS,
        conditions=sql.SQL("AND {}").format(filters.condition(names)) if narrowed else sql.SQL(""),
        columns=PAGE_COLUMNS,
        description=sql.Literal(_SHOWN_DESCRIPTION),
        continued=_AFTER if continued else sql.SQL(""),
        shown=SHOWN.format(more=sql.SQL(", p.rank, p.description")),
    ).as_bytes()


def _ranked(*columns: Any) -> RankedProduct:
    return RankedProduct(ListedProduct(*columns[:-2]), columns[-2], columns[-1])


def nearest_words(connection: Connection, words: Sequence[str]) -> dict[str, list[str]]:
    """For each word those of the vocabulary that share most trigrams with it, the nearest first."""
    nearest: dict[str, list[str]] = {word: [] for word in words}
    for row in connection.execute(_NEAREST, {"words": list(words), "limit": _NEAREST_WORDS}):
        nearest[row["query_word"]].append(row["word"])
    return nearest
