"""What the shop window reads: lists and single products. Every list is keyset-paged and served by an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import args_row

from shared.clients.database import Connection


class Sort(StrEnum):
    """Orders of product lists; the id decides between equals."""

    NEWEST = "newest"
    PRICE = "price"
    PRICE_DESCENDING = "-price"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFilters:
    """None and empty filter nothing."""

    categories: list[UUID] | None = None
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool | None = None
    vendor: str | None = None
    tag: str | None = None
    options: dict[str, str] = field(default_factory=dict)
    """Option name to value: one variant has them all."""
    active: bool | None = True


class ListedProduct(NamedTuple):
    """One row of a list. Amounts are minor units; `compare_at_amount` is that of the cheapest variant.

    A tuple, because a frozen dataclass takes several times as long to make, and a page has many.
    """

    id: UUID
    slug: str
    name: str
    vendor: str
    currency: str
    price_min_amount: int
    price_max_amount: int
    is_active: bool
    version: int
    created_at: datetime
    updated_at: datetime
    image_url: str | None
    image_alt: str | None
    in_stock: bool
    compare_at_amount: int | None


@dataclass(slots=True)
class ProductPage:
    """A product as its page shows it. Images, breadcrumbs (root first) and variants (in order) are JSON objects.

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
    images: list[dict[str, Any]]
    breadcrumbs: list[dict[str, Any]]
    variants: list[dict[str, Any]]


_ORDERS: Final = {
    Sort.NEWEST: sql.SQL("created_at DESC, id DESC"),
    Sort.PRICE: sql.SQL("price_min, id"),
    Sort.PRICE_DESCENDING: sql.SQL("price_min DESC, id DESC"),
    Sort.NAME: sql.SQL("name, id"),
}
_AFTER: Final = {
    Sort.NEWEST: sql.SQL("(p.created_at, p.id) < (%(after)s::timestamptz, %(after_id)s::uuid)"),
    Sort.PRICE: sql.SQL("(p.price_min, p.id) > (%(after)s::bigint, %(after_id)s::uuid)"),
    Sort.PRICE_DESCENDING: sql.SQL("(p.price_min, p.id) < (%(after)s::bigint, %(after_id)s::uuid)"),
    Sort.NAME: sql.SQL("(p.name, p.id) > (%(after)s::text, %(after_id)s::uuid)"),
}

# The page is cut first; what it shows besides is looked up for its rows only.
_LIST: Final = sql.SQL("""
WITH page AS MATERIALIZED (
    SELECT p.id, p.slug, p.name, p.vendor, p.currency, p.price_min, p.price_max, p.is_active, p.version,
           p.created_at, p.updated_at
    FROM products p WHERE {conditions} ORDER BY {inner_order} LIMIT %(limit)s
)
SELECT p.id, p.slug, p.name, p.vendor, p.currency, p.price_min AS price_min_amount, p.price_max AS price_max_amount,
       p.is_active, p.version, p.created_at, p.updated_at, i.url AS image_url, i.alt AS image_alt,
       v.in_stock, v.compare_at_amount
FROM page p
LEFT JOIN LATERAL (
    SELECT url, alt FROM product_images WHERE product_id = p.id ORDER BY position LIMIT 1
) i ON true
CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(s.on_hand > s.reserved OR s.allow_backorder), false) AS in_stock,
           (array_agg(v.compare_at_amount ORDER BY v.price_amount, v.position))[1] AS compare_at_amount
    FROM variants v LEFT JOIN stock_levels s ON s.variant_id = v.id
    WHERE v.product_id = p.id AND v.deleted_at IS NULL
) v
ORDER BY {outer_order}
""")

_IN_STOCK: Final = sql.SQL(
    "EXISTS (SELECT FROM variants v JOIN stock_levels s ON s.variant_id = v.id WHERE v.product_id = p.id"
    " AND v.deleted_at IS NULL AND (s.on_hand > s.reserved OR s.allow_backorder))"
)
_CONDITIONS: Final[dict[str, sql.Composable]] = {
    "categories": sql.SQL("p.category_id = ANY(%(categories)s)"),
    "price_min": sql.SQL("p.price_min >= %(price_min)s"),
    "price_max": sql.SQL("p.price_min <= %(price_max)s"),
    "vendor": sql.SQL("p.vendor = %(vendor)s"),
    "tags": sql.SQL("p.tags @> %(tags)s::text[]"),
    "active": sql.SQL("p.is_active"),
    "not active": sql.SQL("NOT p.is_active"),
    "in stock": _IN_STOCK,
    "not in stock": sql.SQL("NOT ") + _IN_STOCK,
}

_OPTION_CANDIDATES: Final = sql.SQL(
    "p.id IN (SELECT product_id FROM variants WHERE deleted_at IS NULL AND option_values @> %(option_values)s::text[])"
)

# One statement for all of a page: what it costs to plan is paid once, and there is one round trip.
_PAGE: Final = """
SELECT p.id, p.slug, p.name, p.description, p.vendor, p.product_type, p.tags, p.currency, p.option_names,
       p.price_min AS price_min_amount, p.price_max AS price_max_amount, p.seo_title, p.seo_description,
       p.created_at, p.updated_at,
       (SELECT coalesce(json_agg(json_build_object('url', url, 'alt', alt) ORDER BY position), '[]')
        FROM product_images WHERE product_id = p.id) AS images,
       (WITH RECURSIVE line AS (
            SELECT id, name, slug, parent_id, 0 AS depth FROM categories WHERE id = p.category_id
            UNION ALL
            SELECT c.id, c.name, c.slug, c.parent_id, line.depth + 1
            FROM line JOIN categories c ON c.id = line.parent_id WHERE line.depth < 32
        )
        SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'slug', slug) ORDER BY depth DESC), '[]')
        FROM line) AS breadcrumbs,
       (SELECT coalesce(json_agg(json_build_object(
            'id', v.id, 'sku', v.sku, 'option_values', v.option_values, 'price_amount', v.price_amount,
            'compare_at_amount', v.compare_at_amount, 'weight_grams', v.weight_grams,
            'requires_shipping', v.requires_shipping, 'image_url', v.image_url,
            'available', coalesce(s.on_hand - s.reserved, 0),
            'allow_backorder', coalesce(s.allow_backorder, false)) ORDER BY v.position, v.id), '[]')
        FROM variants v LEFT JOIN stock_levels s ON s.variant_id = v.id
        WHERE v.product_id = p.id AND v.deleted_at IS NULL) AS variants
FROM products p
WHERE p.is_active AND p.deleted_at IS NULL AND
"""
_PAGE_BY_ID: Final = _PAGE + "p.id = %s"
_PAGE_BY_SLUG: Final = _PAGE + "p.slug = %s"


def list_products(
    connection: Connection, filters: ProductFilters, sort: Sort, *, limit: int, after: Sequence[Any] | None
) -> list[ListedProduct]:
    """Up to `limit` products after the one with these sort values (see `sort_values`)."""
    statement, parameters = list_statement(filters, sort, limit=limit, after=after)
    with connection.cursor(row_factory=args_row(ListedProduct)) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def sort_values(product: ListedProduct, sort: Sort) -> list[Any]:
    """What a cursor behind this product holds."""
    if sort is Sort.NEWEST:
        return [product.created_at, product.id]
    return [product.name if sort is Sort.NAME else product.price_min_amount, product.id]


def list_statement(
    filters: ProductFilters, sort: Sort, *, limit: int, after: Sequence[Any] | None
) -> tuple[bytes, dict[str, Any]]:
    """The one statement of a list, and its parameters."""
    conditions, parameters = _conditions(filters)
    parameters["limit"] = limit
    if after is not None:
        parameters["after"], parameters["after_id"] = after
    return _list_text(tuple(conditions), len(filters.options), sort, after is not None), parameters


def _conditions(filters: ProductFilters) -> tuple[list[str], dict[str, Any]]:
    """Names of what has to hold, and its values."""
    parameters: dict[str, Any] = {
        name: value
        for name, value in (
            ("categories", filters.categories),
            ("price_min", filters.price_min),
            ("price_max", filters.price_max),
            ("vendor", filters.vendor),
            ("tags", None if filters.tag is None else [filters.tag]),
        )
        if value is not None
    }
    conditions = list(parameters)
    if filters.active is not None:
        conditions.append("active" if filters.active else "not active")
    if filters.in_stock is not None:
        conditions.append("in stock" if filters.in_stock else "not in stock")
    if filters.options:
        parameters["option_values"] = list(filters.options.values())
    for number, (name, value) in enumerate(filters.options.items()):
        parameters[f"option_name_{number}"], parameters[f"option_value_{number}"] = name, value
    return conditions, parameters


@lru_cache(maxsize=512)
def _list_text(conditions: tuple[str, ...], options: int, sort: Sort, continued: bool) -> bytes:
    """The statement for what was asked; there are few kinds, and text that psycopg has seen is not parsed again."""
    parts: list[sql.Composable] = [sql.SQL("p.deleted_at IS NULL"), *(_CONDITIONS[name] for name in conditions)]
    if options:
        parts.append(_options_condition(options))
    if continued:
        parts.append(_AFTER[sort])
    return _LIST.format(
        conditions=sql.SQL(" AND ").join(parts), inner_order=_ORDERS[sort], outer_order=_ORDERS[sort]
    ).as_bytes()


def _options_condition(options: int) -> sql.Composed:
    """One variant has so many values, each under its option's name.

    The values alone are what an index finds; as a set of ids that does not depend on `p`, so that they can lead.
    """
    parts: list[sql.Composable] = [sql.SQL("v.product_id = p.id AND v.deleted_at IS NULL")]
    parts += [
        sql.SQL("v.option_values[array_position(p.option_names, {name}::text)] = {value}").format(
            name=sql.Placeholder(f"option_name_{number}"), value=sql.Placeholder(f"option_value_{number}")
        )
        for number in range(options)
    ]
    return sql.SQL("{candidates} AND EXISTS (SELECT FROM variants v WHERE {exact})").format(
        candidates=_OPTION_CANDIDATES, exact=sql.SQL(" AND ").join(parts)
    )


def product_page(
    connection: Connection, *, product_id: UUID | None = None, slug: str | None = None
) -> ProductPage | None:
    """The product on sale with this id, or with this slug."""
    with connection.cursor(row_factory=args_row(ProductPage)) as cursor:
        if product_id is not None:
            return cursor.execute(_PAGE_BY_ID, (product_id,)).fetchone()
        return cursor.execute(_PAGE_BY_SLUG, (slug,)).fetchone()
