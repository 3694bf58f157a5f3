"""Variants of one product by pages and by parts: a product may have thousands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from functions.catalog.domain.product_aggregate import StoredVariant
from functions.catalog.domain.variant_fields import PUBLIC_VARIANT_FIELDS
from functions.catalog.repository.product_aggregate import STORED_VARIANT
from shared.clients.database import Connection

_FROM: Final = """
FROM variants v LEFT JOIN stock_levels s ON s.variant_id = v.id
WHERE v.product_id = %(product_id)s AND v.deleted_at IS NULL
"""
_FIRST: Final = f"SELECT {STORED_VARIANT}, count(*) OVER () AS total {_FROM} ORDER BY v.position, v.id LIMIT %(limit)s"
_BY_IDS: Final = f"SELECT {STORED_VARIANT} {_FROM} AND v.id = ANY(%(ids)s)"
_COUNT: Final = "SELECT count(*) AS variants, coalesce(max(v.position), 0) AS last" + _FROM
_PUBLIC: Final = sql.SQL(
    ", ".join(f"v.{name}" for name in ("id", "position", *PUBLIC_VARIANT_FIELDS))
    + ", coalesce(s.on_hand - s.owed - s.reserved, 0) AS available,"
    " coalesce(s.allow_backorder, false) AS allow_backorder"
)
_PAGE: Final = sql.SQL("SELECT {columns} {source} AND {conditions} ORDER BY v.position, v.id LIMIT %(limit)s")
_RANGE: Final = """
UPDATE products SET version = version + 1, (price_min, price_max) = (
    SELECT min(v.price_amount), max(v.price_amount) FROM variants v
    WHERE v.product_id = products.id AND v.deleted_at IS NULL
)
WHERE id = %s
"""
_VENDOR: Final = """
WITH locked AS MATERIALIZED (
    SELECT count(pg_advisory_xact_lock(key)) AS skus FROM (
        SELECT DISTINCT hashtextextended('catalog.sku ' || sku, 0) AS key FROM variants
        WHERE product_id = %(product_id)s AND deleted_at IS NULL AND sku IS NOT NULL ORDER BY key
    ) keys
)
UPDATE variants SET vendor = %(vendor)s FROM locked
WHERE locked.skus >= 0 AND product_id = %(product_id)s AND deleted_at IS NULL
"""
_SETTINGS: Final = """
UPDATE stock_levels s
SET low_stock_threshold = CASE WHEN %(sets_threshold)s THEN %(threshold)s::int ELSE s.low_stock_threshold END,
    allow_backorder = coalesce(%(allow_backorder)s::boolean, s.allow_backorder), updated_at = now()
WHERE s.variant_id = ANY(%(ids)s)
"""


class VariantFilters(NamedTuple):
    """None and empty filter nothing. `options`: place of the option, from 1 on, to its value; `sku` begins so, in any
    case.
    """

    options: Mapping[int, str]
    sku: str | None = None
    id: UUID | None = None


class VariantCount(NamedTuple):
    """How many variants a product has, and the last of their positions."""

    variants: int
    last: int


def first(connection: Connection, product_id: UUID, limit: int) -> tuple[list[StoredVariant], int]:
    """The first ones in order, and how many there are."""
    rows = connection.execute(_FIRST, {"product_id": product_id, "limit": limit}).fetchall()
    total = rows[0]["total"] if rows else 0
    return [StoredVariant(**{name: value for name, value in row.items() if name != "total"}) for row in rows], total


def page(
    connection: Connection,
    product_id: UUID,
    filters: VariantFilters,
    *,
    limit: int,
    after: tuple[int, UUID] | None,
) -> list[StoredVariant]:
    """As the shop's staff sees them, in order, behind this place."""
    statement, parameters = _paged(sql.SQL(STORED_VARIANT), product_id, filters, limit=limit, after=after)
    with connection.cursor(row_factory=class_row(StoredVariant)) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def public_page(
    connection: Connection,
    product_id: UUID,
    filters: VariantFilters,
    *,
    limit: int,
    after: tuple[int, UUID] | None,
) -> list[dict[str, Any]]:
    """As the product's page has them, with `position`, `available` and `allow_backorder`."""
    statement, parameters = _paged(_PUBLIC, product_id, filters, limit=limit, after=after)
    return connection.execute(statement, parameters).fetchall()


def option_names(connection: Connection, product_id: UUID, *, on_sale: bool) -> list[str] | None:
    """The names of the product's options; None where there is no such product, or (with `on_sale`) it is not sold."""
    row = connection.execute(
        "SELECT option_names FROM products WHERE id = %s AND (is_active OR NOT %s) AND deleted_at IS NULL",
        (product_id, on_sale),
    ).fetchone()
    return None if row is None else list(row["option_names"])


def by_ids(connection: Connection, product_id: UUID, ids: Collection[UUID]) -> dict[UUID, StoredVariant]:
    """Those of the product's variants that have these ids."""
    with connection.cursor(row_factory=class_row(StoredVariant)) as cursor:
        rows = cursor.execute(_BY_IDS, {"product_id": product_id, "ids": list(ids)})
        return {row.id: row for row in rows}


def count(connection: Connection, product_id: UUID) -> VariantCount:
    """Of those that are not deleted."""
    row = connection.execute(_COUNT, {"product_id": product_id}).fetchone()
    assert row is not None
    return VariantCount(row["variants"], row["last"])


def with_options(
    connection: Connection, product_id: UUID, options: Sequence[Sequence[str]]
) -> dict[tuple[str, ...], UUID]:
    """Which of the product's variants have one of these lists of values."""
    rows = connection.execute(
        "SELECT v.id, v.option_values FROM jsonb_to_recordset(%s::jsonb) AS wanted(option_values text[])"
        " JOIN variants v ON v.product_id = %s AND v.option_values = wanted.option_values WHERE v.deleted_at IS NULL",
        (_json([{"option_values": list(values)} for values in options]), product_id),
    )
    return {tuple(row["option_values"]): row["id"] for row in rows}


def prices(connection: Connection, product_id: UUID) -> list[int]:
    """Every different amount that the variants have, as a price or as an earlier one."""
    rows = connection.execute(
        "SELECT DISTINCT amount FROM variants v CROSS JOIN LATERAL (VALUES (v.price_amount), (v.compare_at_amount)) AS"
        " amounts(amount) WHERE v.product_id = %s AND v.deleted_at IS NULL AND amount IS NOT NULL ORDER BY amount",
        (product_id,),
    )
    return [row["amount"] for row in rows]


def image_urls(connection: Connection, product_id: UUID) -> list[str]:
    """Every different picture that the variants name."""
    rows = connection.execute(
        "SELECT DISTINCT image_url FROM variants"
        " WHERE product_id = %s AND deleted_at IS NULL AND image_url IS NOT NULL ORDER BY image_url",
        (product_id,),
    )
    return [row["image_url"] for row in rows]


def count_up(connection: Connection, product_id: UUID) -> None:
    """After a change of variants: the range of prices, and the product's version."""
    connection.execute(_RANGE, (product_id,))


def set_vendor(connection: Connection, product_id: UUID, vendor: str) -> None:
    """The product's vendor, repeated. Raises psycopg.errors.ExclusionViolation for a SKU that the vendor has."""
    connection.execute(_VENDOR, {"product_id": product_id, "vendor": vendor})


def change_stock_settings(
    connection: Connection,
    ids: Collection[UUID],
    *,
    sets_threshold: bool,
    threshold: int | None,
    allow_backorder: bool | None,
) -> None:
    """Of levels that are there and locked; the caller has looked whether backorders can be ended."""
    parameters = {
        "ids": list(ids),
        "sets_threshold": sets_threshold,
        "threshold": threshold,
        "allow_backorder": allow_backorder,
    }
    connection.execute(_SETTINGS, parameters)


def _paged(
    columns: sql.SQL,
    product_id: UUID,
    filters: VariantFilters,
    *,
    limit: int,
    after: tuple[int, UUID] | None,
) -> tuple[bytes, dict[str, Any]]:
    conditions: list[sql.Composable] = [sql.SQL("true")]
    parameters: dict[str, Any] = {"product_id": product_id, "limit": limit}
    for place, value in filters.options.items():
        name = f"option_{place}"
        conditions.append(sql.SQL("v.option_values[{}] = {}").format(sql.Literal(place), sql.Placeholder(name)))
        parameters[name] = value
    if filters.sku is not None:
        conditions.append(sql.SQL("starts_with(lower(v.sku), lower(%(sku)s))"))
        parameters["sku"] = filters.sku
    if filters.id is not None:
        conditions.append(sql.SQL("v.id = %(id)s"))
        parameters["id"] = filters.id
    if after is not None:
        conditions.append(sql.SQL("(v.position, v.id) > (%(position)s, %(after)s)"))
        parameters["position"], parameters["after"] = after
    statement = _PAGE.format(columns=columns, source=sql.SQL(_FROM), conditions=sql.SQL(" AND ").join(conditions))
    return statement.as_bytes(), parameters


def _json(value: Any) -> str:
    import orjson

    return orjson.dumps(value).decode()
