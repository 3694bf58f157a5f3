"""Products as the public reads them: lists and single ones. Every list is keyset-paged and served by an index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row

from functions.catalog.domain.limits import MAX_VARIANTS_TOGETHER
from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.domain.variant_fields import PUBLIC_VARIANT_FIELDS
from functions.catalog.repository import filters
from shared.clients.database import Connection
from shared.contexts.catalog.product_lists import AVAILABLE, PAGE_COLUMNS, SHOWN, ListedProduct


class ProductSort(StrEnum):
    """Orders of product lists; the id decides between equals."""

    NEWEST = "newest"
    PRICE = "price"
    PRICE_DESCENDING = "-price"
    NAME = "name"
    POPULAR = "popular"
    RATING = "rating"
    UPDATED = "updated"


@dataclass(slots=True)
class ProductPage:
    """A product as its page shows it. Images, breadcrumbs (root first) and variants (the first ones, in order) are JSON
    objects; `option_values` are those of each option that some variant has, in the order of the variants.

    A variant's `available` may be below zero where backorders are allowed.
    """

    id: UUID
    slug: str
    name: str
    description: str
    vendor: str
    product_type: str
    tags: list[str]
    currency: str
    option_names: list[str]
    price_min_amount: int
    price_max_amount: int
    seo_title: str | None
    seo_description: str | None
    created_at: datetime
    updated_at: datetime
    rating_count: int
    rating_average: float | None
    in_stock: bool
    images: list[dict[str, Any]]
    breadcrumbs: list[dict[str, Any]]
    option_values: list[list[str]]
    variants: list[dict[str, Any]]
    variant_count: int


_ORDERS: Final = {
    ProductSort.NEWEST: sql.SQL("created_at DESC, id DESC"),
    ProductSort.PRICE: sql.SQL("price_min, id"),
    ProductSort.PRICE_DESCENDING: sql.SQL("price_min DESC, id DESC"),
    ProductSort.NAME: sql.SQL("name, id"),
    ProductSort.POPULAR: sql.SQL("sold_count DESC, id DESC"),
    ProductSort.RATING: sql.SQL("rating_rank DESC, id DESC"),
    ProductSort.UPDATED: sql.SQL("updated_at DESC, id DESC"),
}
_AFTER: Final = {
    ProductSort.NEWEST: sql.SQL("(p.created_at, p.id) < (%(after)s::timestamptz, %(after_id)s::uuid)"),
    ProductSort.PRICE: sql.SQL("(p.price_min, p.id) > (%(after)s::bigint, %(after_id)s::uuid)"),
    ProductSort.PRICE_DESCENDING: sql.SQL("(p.price_min, p.id) < (%(after)s::bigint, %(after_id)s::uuid)"),
    ProductSort.NAME: sql.SQL("(p.name, p.id) > (%(after)s::text, %(after_id)s::uuid)"),
    ProductSort.POPULAR: sql.SQL("(p.sold_count, p.id) < (%(after)s::int, %(after_id)s::uuid)"),
    ProductSort.RATING: sql.SQL("(p.rating_rank, p.id) < (%(after)s::bigint, %(after_id)s::uuid)"),
    ProductSort.UPDATED: sql.SQL("(p.updated_at, p.id) < (%(after)s::timestamptz, %(after_id)s::uuid)"),
}

_SORT_VALUE: Final[dict[ProductSort, Callable[[ListedProduct], Any]]] = {
    ProductSort.NEWEST: lambda product: product.created_at,
    ProductSort.PRICE: lambda product: product.price_min_amount,
    ProductSort.PRICE_DESCENDING: lambda product: product.price_min_amount,
    ProductSort.NAME: lambda product: product.name,
    ProductSort.POPULAR: lambda product: product.sold_count,
    ProductSort.RATING: lambda product: product.rating_rank,
    ProductSort.UPDATED: lambda product: product.updated_at,
}

# The page is cut first; what it shows besides is looked up for its rows only.
_LIST: Final = sql.SQL("""
WITH page AS MATERIALIZED (
    SELECT {columns} FROM products p WHERE {conditions} ORDER BY {inner_order} LIMIT %(limit)s
)
{shown} ORDER BY {outer_order}
""")

_PUBLIC_VARIANT: Final = ", ".join(f"'{name}', v.{name}" for name in ("id", *PUBLIC_VARIANT_FIELDS))
_IN_STOCK: Final = AVAILABLE.as_string()
# One statement for all of a page: what it costs to plan is paid once, and there is one round trip.
_PAGE: Final = f"""
SELECT p.id, p.slug, p.name, p.description, p.vendor, p.product_type, p.tags, p.currency, p.option_names,
       p.price_min AS price_min_amount, p.price_max AS price_max_amount, p.seo_title, p.seo_description,
       p.created_at, p.updated_at, p.rating_count,
       round(p.rating_sum / nullif(p.rating_count, 0)::numeric, 2)::float8 AS rating_average,
       {_IN_STOCK} AS in_stock,
       (SELECT coalesce(json_agg(json_build_object('url', url, 'alt', alt, 'media', media) ORDER BY position), '[]')
        FROM product_images WHERE product_id = p.id) AS images,
       (WITH RECURSIVE line AS (
            SELECT id, name, slug, parent_id, 0 AS depth FROM categories WHERE id = p.category_id
            UNION ALL
            SELECT c.id, c.name, c.slug, c.parent_id, line.depth + 1
            FROM line JOIN categories c ON c.id = line.parent_id WHERE line.depth < 32
        )
        SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'slug', slug) ORDER BY depth DESC), '[]')
        FROM line) AS breadcrumbs,
       (SELECT coalesce(json_agg(used.list ORDER BY option.place), '[]')
        FROM generate_series(1, cardinality(p.option_names)) AS option(place) CROSS JOIN LATERAL (
            SELECT json_agg(one.value ORDER BY one.first) AS list FROM (
                SELECT v.option_values[option.place] AS value, min(v.position) AS first FROM variants v
                WHERE v.product_id = p.id AND v.deleted_at IS NULL GROUP BY 1
            ) one
        ) used) AS option_values,
       (SELECT coalesce(json_agg(json_build_object(
            {_PUBLIC_VARIANT},
            'available', coalesce(s.on_hand - s.owed - s.reserved, 0),
            'allow_backorder', coalesce(s.allow_backorder, false)) ORDER BY v.position, v.id), '[]')
        FROM (SELECT * FROM variants WHERE product_id = p.id AND deleted_at IS NULL
              ORDER BY position, id LIMIT {MAX_VARIANTS_TOGETHER}) v
        LEFT JOIN stock_levels s ON s.variant_id = v.id) AS variants,
       (SELECT count(*) FROM variants WHERE product_id = p.id AND deleted_at IS NULL) AS variant_count
FROM products p
WHERE p.is_active AND p.deleted_at IS NULL AND
"""
_PAGE_BY_ID: Final = _PAGE + "p.id = %s"
_PAGE_BY_SLUG: Final = _PAGE + "p.slug = %s"
_FORMER: Final = """
SELECT p.id, p.deleted_at IS NOT NULL AS is_gone FROM products p
WHERE p.is_active
  AND p.id = coalesce(%(id)s, (SELECT h.product_id FROM product_slug_history h WHERE h.slug = %(slug)s))
"""


def list_products(
    connection: Connection,
    product_filters: ProductFilters,
    sort: ProductSort,
    *,
    limit: int,
    after: Sequence[Any] | None,
) -> list[ListedProduct]:
    """Up to `limit` products after the one with these sort values (see `sort_values`)."""
    statement, parameters = list_statement(product_filters, sort, limit=limit, after=after)
    with connection.cursor(row_factory=args_row(ListedProduct)) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def sort_values(product: ListedProduct, sort: ProductSort) -> list[Any]:
    """The values of a cursor behind this product."""
    return [_SORT_VALUE[sort](product), product.id]


def list_statement(
    product_filters: ProductFilters, sort: ProductSort, *, limit: int, after: Sequence[Any] | None
) -> tuple[bytes, dict[str, Any]]:
    """The one statement of a list, and its parameters."""
    names, parameters = filters.compiled(product_filters)
    parameters["limit"] = limit
    if after is not None:
        parameters["after"], parameters["after_id"] = after
    return _list_text(names, sort, after is not None), parameters


@lru_cache(maxsize=512)
def _list_text(names: tuple[str, ...], sort: ProductSort, continued: bool) -> bytes:
    """The statement; there are few kinds, and text that psycopg has seen is not parsed again."""
    conditions: sql.Composable = filters.condition(names)
    if continued:
        conditions = sql.SQL("{} AND {}").format(conditions, _AFTER[sort])
    return _LIST.format(
        columns=PAGE_COLUMNS,
        conditions=conditions,
        inner_order=_ORDERS[sort],
        shown=SHOWN.format(more=sql.SQL("")),
        outer_order=_ORDERS[sort],
    ).as_bytes()


class FormerProduct(NamedTuple):
    """A product at an address that is not its present one; `is_gone`: deleted."""

    id: UUID
    is_gone: bool


def former(connection: Connection, *, product_id: UUID | None, slug: str) -> FormerProduct | None:
    """The product that had this id or slug, if it was on sale."""
    with connection.cursor(row_factory=args_row(FormerProduct)) as cursor:
        return cursor.execute(_FORMER, {"id": product_id, "slug": slug}).fetchone()


def product_page(
    connection: Connection, *, product_id: UUID | None = None, slug: str | None = None
) -> ProductPage | None:
    """The product on sale with this id, or with this slug."""
    with connection.cursor(row_factory=args_row(ProductPage)) as cursor:
        if product_id is not None:
            return cursor.execute(_PAGE_BY_ID, (product_id,)).fetchone()
        return cursor.execute(_PAGE_BY_SLUG, (slug,)).fetchone()
