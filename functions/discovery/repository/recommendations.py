"""Recommended products, in one statement for every caller.

Candidates come from a product's neighbours or from those of all that a customer bought, wishes for or has in the cart,
and after them the products that sell best. All are read as they are now: a product that is not on sale is left out at
once, and what is sold out comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row

from shared.clients.database import Connection
from shared.contexts.catalog.product_lists import AVAILABLE, PAGE_COLUMNS, SHOWN, ListedProduct

POPULAR: Final = 100
"""Candidates among what sells best; more than an answer has, because some may be sold out."""
SEEDS: Final = 50
"""Of a customer's purchases and wishes, the latest so many each say what may please."""
OWN_ORDERS: Final = 1_000
"""Of the customer's orders, the latest so many are known."""
ALIKE_SHARE: Final = 0.5
"""What is alike counts so much of what was bought together, in what may please a customer."""


class RecommendedRow(NamedTuple):
    """A product of a list, and why it is there; the product of the query comes first, and has no reason."""

    product: ListedProduct
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationQuery:
    """The customer (None: everybody), and the product that recommendations go with, by id or slug."""

    user_id: UUID | None = None
    product_id: UUID | None = None
    slug: str | None = None

    @property
    def with_product(self) -> bool:
        return self.product_id is not None or self.slug is not None


# Without consent the customer counts as anonymous.
_CUSTOMER: Final = """
consent AS MATERIALIZED (
    SELECT coalesce((SELECT c.granted FROM identity_consents c
        WHERE c.user_id = %(user_id)s AND c.purpose = 'recommendations'), false) AS granted
), bought AS MATERIALIZED (
    SELECT DISTINCT ON (i.product_id) i.product_id, k.order_id FROM (
        SELECT order_id FROM ordering_buyers WHERE user_id = %(user_id)s ORDER BY order_id DESC LIMIT %(own_orders)s
    ) k JOIN ordering_purchases i ON i.order_id = k.order_id
    WHERE (SELECT granted FROM consent)
    ORDER BY i.product_id, k.order_id DESC
), wished AS MATERIALIZED (
    SELECT product_id, created_at FROM catalog_wishes WHERE user_id = %(user_id)s AND (SELECT granted FROM consent)
), in_cart AS MATERIALIZED (
    SELECT DISTINCT o.product_id FROM ordering_cart_lines l JOIN catalog_offers o ON o.variant_id = l.variant_id
    WHERE l.user_id = %(user_id)s AND (SELECT granted FROM consent)
), known AS MATERIALIZED (
    SELECT product_id FROM bought UNION SELECT product_id FROM wished UNION SELECT product_id FROM in_cart
),"""
_ANONYMOUS: Final = """
known AS (SELECT NULL::uuid AS product_id WHERE false),"""

_NEIGHBOURS: Final = """
anchor AS MATERIALIZED (
    SELECT p.id FROM catalog_products p WHERE p.is_offered AND {named}
), matches AS (
    SELECT id, 0 AS tier, 0 AS place, NULL AS reason FROM anchor
    UNION ALL
    SELECT n.id, 1, n.place::int, CASE WHEN n.place <= r.bought THEN 'also_bought' ELSE 'similar' END
    FROM anchor JOIN product_neighbours r ON r.product_id = anchor.id
    CROSS JOIN LATERAL unnest(r.neighbour_ids) WITH ORDINALITY AS n (id, place)
    WHERE n.id NOT IN (SELECT product_id FROM known)
),"""
_FOR_CUSTOMER: Final = """
seed AS MATERIALIZED (
    SELECT product_id FROM in_cart
    UNION (SELECT product_id FROM wished ORDER BY created_at DESC, product_id LIMIT %(seeds)s)
    UNION (SELECT product_id FROM bought ORDER BY order_id DESC, product_id LIMIT %(seeds)s)
), matches AS (
    SELECT n.id, 1 AS tier, 'for_you' AS reason, row_number() OVER (
        ORDER BY sum(n.score * CASE WHEN n.place <= r.bought THEN 1 ELSE %(alike_share)s END) DESC, n.id
    )::int AS place
    FROM seed JOIN product_neighbours r ON r.product_id = seed.product_id
    CROSS JOIN LATERAL unnest(r.neighbour_ids, r.scores) WITH ORDINALITY AS n (id, score, place)
    WHERE n.id NOT IN (SELECT product_id FROM known)
    GROUP BY n.id ORDER BY place LIMIT %(popular)s
),"""
_NO_MATCHES: Final = """
matches AS (SELECT NULL::uuid AS id, 1 AS tier, 0 AS place, NULL AS reason WHERE false),"""

# A product that is a candidate twice is shown for the better reason.
_PAGE: Final = """
popular AS MATERIALIZED (
    SELECT p.id, p.sold_count FROM catalog_products p
    WHERE p.is_offered AND p.id NOT IN (SELECT product_id FROM known)
    ORDER BY p.sold_count DESC, p.id DESC LIMIT %(popular)s
), candidate AS (
    SELECT DISTINCT ON (id) id, tier, place, reason FROM (
        SELECT id, tier, place, reason FROM matches
        UNION ALL
        SELECT id, 2, row_number() OVER (ORDER BY sold_count DESC, id DESC)::int, 'popular' FROM popular
    ) candidates ORDER BY id, tier
), page AS MATERIALIZED (
    SELECT {columns}, c.tier, c.place, c.reason FROM candidate c JOIN catalog_products p ON p.id = c.id
    WHERE p.is_offered {only}
    ORDER BY c.tier > 0, NOT {available}, c.tier, c.place LIMIT %(limit)s
)
{shown} ORDER BY p.tier > 0, NOT v.in_stock, p.tier, p.place
"""
_BY_ID: Final = "p.id = %(product_id)s"
_BY_SLUG: Final = "p.slug = %(slug)s"
# Without the product that it goes with there is nothing to recommend.
_ONLY_WITH_ANCHOR: Final = "AND EXISTS (SELECT FROM anchor)"


def recommended(connection: Connection, query: RecommendationQuery, *, limit: int) -> list[RecommendedRow]:
    """Up to `limit` products; of a query with a product, that one before them. Empty where it is not on sale."""
    statement, parameters = statement_of(query, limit=limit)
    with connection.cursor(row_factory=args_row(_row)) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def statement_of(query: RecommendationQuery, *, limit: int) -> tuple[bytes, dict[str, Any]]:
    """The one statement, and its parameters."""
    parameters = {
        "user_id": query.user_id,
        "product_id": query.product_id,
        "slug": query.slug,
        "limit": limit + query.with_product,
        "popular": POPULAR,
        "seeds": SEEDS,
        "own_orders": OWN_ORDERS,
        "alike_share": ALIKE_SHARE,
    }
    text = _text(
        personal=query.user_id is not None, with_product=query.with_product, by_id=query.product_id is not None
    )
    return text, parameters


@lru_cache(maxsize=8)
def _text(*, personal: bool, with_product: bool, by_id: bool) -> bytes:
    if with_product:
        matches = sql.SQL(_NEIGHBOURS).format(named=sql.SQL(_BY_ID if by_id else _BY_SLUG))
    else:
        matches = sql.SQL(_FOR_CUSTOMER if personal else _NO_MATCHES).format()
    page = sql.SQL(_PAGE).format(
        columns=PAGE_COLUMNS,
        only=sql.SQL(_ONLY_WITH_ANCHOR if with_product else ""),
        available=AVAILABLE,
        shown=SHOWN.format(more=sql.SQL(", p.reason")),
    )
    return sql.Composed([sql.SQL("WITH"), sql.SQL(_CUSTOMER if personal else _ANONYMOUS), matches, page]).as_bytes()


def _row(*columns: Any) -> RecommendedRow:
    return RecommendedRow(ListedProduct(*columns[:-1]), columns[-1])
