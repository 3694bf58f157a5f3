"""What the shop window reads: lists and single products. Every list is keyset-paged and served by an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

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


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product as its page shows it. Images and breadcrumbs (root first) are JSON objects."""

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


@dataclass(frozen=True, slots=True)
class OfferedVariant:
    """`available` may be below zero where backorders are allowed."""

    id: UUID
    sku: str | None
    option_values: list[str]
    price_amount: int
    compare_at_amount: int | None
    weight_grams: int
    requires_shipping: bool
    image_url: str | None
    available: int
    allow_backorder: bool


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

_OPTION_CANDIDATES: Final = sql.SQL(
    "p.id IN (SELECT product_id FROM variants WHERE deleted_at IS NULL AND option_values @> %(option_values)s::text[])"
)

_PAGE: Final = """
SELECT p.id, p.slug, p.name, p.description, p.vendor, p.product_type, p.tags, p.currency, p.option_names,
       p.price_min AS price_min_amount, p.price_max AS price_max_amount, p.seo_title, p.seo_description,
       p.created_at, p.updated_at,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('url', url, 'alt', alt) ORDER BY position), '[]')
        FROM product_images WHERE product_id = p.id) AS images,
       (WITH RECURSIVE line AS (
            SELECT id, name, slug, parent_id, 0 AS depth FROM categories WHERE id = p.category_id
            UNION ALL
            SELECT c.id, c.name, c.slug, c.parent_id, line.depth + 1
            FROM categories c JOIN line ON c.id = line.parent_id
        ) CYCLE id SET is_cycle USING path
        SELECT coalesce(
            jsonb_agg(jsonb_build_object('id', id, 'name', name, 'slug', slug) ORDER BY depth DESC), '[]'
        ) FROM line WHERE NOT is_cycle) AS breadcrumbs
FROM products p
WHERE p.is_active AND p.deleted_at IS NULL AND
"""
_PAGE_BY_ID: Final = _PAGE + "p.id = %s"
_PAGE_BY_SLUG: Final = _PAGE + "p.slug = %s"

_OFFERED: Final = """
SELECT v.id, v.sku, v.option_values, v.price_amount, v.compare_at_amount, v.weight_grams, v.requires_shipping,
       v.image_url, coalesce(s.on_hand - s.reserved, 0) AS available,
       coalesce(s.allow_backorder, false) AS allow_backorder
FROM variants v LEFT JOIN stock_levels s ON s.variant_id = v.id
WHERE v.product_id = %s AND v.deleted_at IS NULL ORDER BY v.position, v.id
"""


def list_products(
    connection: Connection, filters: ProductFilters, sort: Sort, *, limit: int, after: Sequence[Any] | None
) -> list[ListedProduct]:
    """Up to `limit` products after the one with these sort values (see `sort_values`)."""
    statement, parameters = list_statement(filters, sort, limit=limit, after=after)
    with connection.cursor(row_factory=class_row(ListedProduct)) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def sort_values(product: ListedProduct, sort: Sort) -> list[Any]:
    """What a cursor behind this product holds."""
    if sort is Sort.NEWEST:
        return [product.created_at, product.id]
    return [product.name if sort is Sort.NAME else product.price_min_amount, product.id]


def list_statement(
    filters: ProductFilters, sort: Sort, *, limit: int, after: Sequence[Any] | None
) -> tuple[sql.Composed, dict[str, Any]]:
    """The one statement of a list, and its parameters."""
    conditions, parameters = _conditions(filters)
    parameters["limit"] = limit
    if after is not None:
        conditions.append(_AFTER[sort])
        parameters["after"], parameters["after_id"] = after
    statement = _LIST.format(
        conditions=sql.SQL(" AND ").join(conditions), inner_order=_ORDERS[sort], outer_order=_ORDERS[sort]
    )
    return statement, parameters


def _conditions(filters: ProductFilters) -> tuple[list[sql.Composable], dict[str, Any]]:
    conditions: list[sql.Composable] = [sql.SQL("p.deleted_at IS NULL")]
    parameters: dict[str, Any] = {}
    for name, value, condition in (
        ("categories", filters.categories, sql.SQL("p.category_id = ANY(%(categories)s)")),
        ("price_min", filters.price_min, sql.SQL("p.price_min >= %(price_min)s")),
        ("price_max", filters.price_max, sql.SQL("p.price_min <= %(price_max)s")),
        ("vendor", filters.vendor, sql.SQL("p.vendor = %(vendor)s")),
        ("tags", [filters.tag] if filters.tag is not None else None, sql.SQL("p.tags @> %(tags)s::text[]")),
    ):
        if value is not None:
            conditions.append(condition)
            parameters[name] = value
    if filters.active is not None:
        conditions.append(sql.SQL("p.is_active") if filters.active else sql.SQL("NOT p.is_active"))
    if filters.in_stock is not None:
        conditions.append(_IN_STOCK if filters.in_stock else sql.SQL("NOT ") + _IN_STOCK)
    if filters.options:
        conditions.append(_options_condition(filters.options, parameters))
    return conditions, parameters


def _options_condition(options: dict[str, str], parameters: dict[str, Any]) -> sql.Composed:
    """One variant has all the values, each under its option's name.

    The values alone are what an index finds; as a set of ids that does not depend on `p`, so that they can lead.
    """
    parameters["option_values"] = list(options.values())
    parts: list[sql.Composable] = [sql.SQL("v.product_id = p.id AND v.deleted_at IS NULL")]
    for number, (name, value) in enumerate(options.items()):
        parameters[f"option_name_{number}"], parameters[f"option_value_{number}"] = name, value
        parts.append(
            sql.SQL("v.option_values[array_position(p.option_names, {name}::text)] = {value}").format(
                name=sql.Placeholder(f"option_name_{number}"), value=sql.Placeholder(f"option_value_{number}")
            )
        )
    return sql.SQL("{candidates} AND EXISTS (SELECT FROM variants v WHERE {exact})").format(
        candidates=_OPTION_CANDIDATES, exact=sql.SQL(" AND ").join(parts)
    )


def product_page(
    connection: Connection, *, product_id: UUID | None = None, slug: str | None = None
) -> ProductPage | None:
    """The product on sale with this id, or with this slug."""
    with connection.cursor(row_factory=class_row(ProductPage)) as cursor:
        if product_id is not None:
            return cursor.execute(_PAGE_BY_ID, (product_id,)).fetchone()
        return cursor.execute(_PAGE_BY_SLUG, (slug,)).fetchone()


def offered_variants(connection: Connection, product_id: UUID) -> list[OfferedVariant]:
    """The product's variants in order, with what of each can be bought."""
    with connection.cursor(row_factory=class_row(OfferedVariant)) as cursor:
        return cursor.execute(_OFFERED, (product_id,)).fetchall()
