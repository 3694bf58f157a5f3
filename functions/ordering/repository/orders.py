"""SQL of orders, reading side. Orders are written by `shared.transactions.orders`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared.clients.database import Connection
from shared.transactions.order_records import OrderNotFoundError

_DETAIL: Final = """
SELECT o.id, o.number, o.user_id, o.email, o.language, o.status, o.currency, o.subtotal_amount, o.shipping_amount,
    o.tax_amount, o.discount_amount, o.total_amount, o.prices_include_tax, o.shipping_tax_amount, o.shipping_method,
    o.shipping_address, o.payment_intent_id, o.version, o.created_at, o.paid_at, o.cancelled_at, k.id AS checkout_id,
    k.expires_at AS payable_until, EXISTS (SELECT FROM shipments s WHERE s.order_id = o.id) AS has_shipments, (
        SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.id), '[]') FROM coupon_redemptions r
        WHERE r.checkout_id = o.checkout_id
    ) AS coupons
FROM orders o JOIN checkouts k ON k.id = o.checkout_id WHERE o.id = %s
"""
_ITEMS: Final = """
SELECT id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount, discount_amount, tax_amount,
    tax_rate_basis_points, total_amount
FROM order_items WHERE order_id = %s ORDER BY id
"""
_SUMMARY: Final = """
SELECT o.id, o.number, o.user_id, o.email, o.status, o.currency, o.total_amount, o.created_at,
    (SELECT coalesce(sum(i.quantity), 0)::int FROM order_items i WHERE i.order_id = o.id) AS item_count
FROM orders o
"""
_SUMMARY_BY_ID: Final = sql.SQL(_SUMMARY + "WHERE o.id = ANY(%(ids)s) ORDER BY o.id DESC").format()
_SUMMARY_BY_STATUS: Final = sql.SQL(_SUMMARY + "WHERE {conditions} ORDER BY o.id DESC LIMIT %(limit)s")
_KEYS: Final = sql.SQL(
    "SELECT k.order_id FROM order_keys k WHERE {conditions} ORDER BY k.order_id DESC LIMIT %(limit)s"
)


@dataclass(frozen=True, slots=True)
class OrderRow:
    id: UUID
    number: str
    user_id: UUID | None
    email: str
    language: str
    status: str
    currency: str
    subtotal_amount: int
    shipping_amount: int
    tax_amount: int
    discount_amount: int
    total_amount: int
    prices_include_tax: bool
    shipping_tax_amount: int
    shipping_method: str | None
    shipping_address: dict[str, Any] | None
    payment_intent_id: str | None
    version: int
    created_at: datetime
    paid_at: datetime | None
    cancelled_at: datetime | None
    checkout_id: UUID
    payable_until: datetime
    has_shipments: bool
    coupons: list[dict[str, Any]]
    """The redemptions of its checkout."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    id: UUID
    variant_id: UUID
    product_id: UUID
    name: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_amount: int
    discount_amount: int
    tax_amount: int
    tax_rate_basis_points: int
    total_amount: int


@dataclass(frozen=True, slots=True)
class SummaryRow:
    id: UUID
    number: str
    user_id: UUID | None
    email: str
    status: str
    currency: str
    total_amount: int
    created_at: datetime
    item_count: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of orders is narrowed to; None is no condition."""

    user_id: UUID | None = None
    status: str | None = None
    email: str | None = None
    number: str | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None

    def parameters(self) -> dict[str, Any]:
        return asdict(self)


def detail(connection: Connection, order_id: UUID) -> OrderRow | None:
    with connection.cursor(row_factory=class_row(OrderRow)) as cursor:
        return cursor.execute(_DETAIL, (order_id,)).fetchone()


def owner_of(connection: Connection, order_id: UUID) -> UUID | None:
    """Whose order it is; None for a guest's. Raises OrderNotFoundError."""
    row = connection.execute("SELECT user_id FROM orders WHERE id = %s", (order_id,)).fetchone()
    if row is None:
        raise OrderNotFoundError
    user_id: UUID | None = row["user_id"]
    return user_id


def items(connection: Connection, order_id: UUID) -> list[ItemRow]:
    with connection.cursor(row_factory=class_row(ItemRow)) as cursor:
        return cursor.execute(_ITEMS, (order_id,)).fetchall()


def summaries(connection: Connection, filters: Filters, *, before: UUID | None, limit: int) -> Sequence[SummaryRow]:
    """Newest first, beginning below this id.

    Whose and when is asked of the keys, and the orders are then read by their ids: a statement without ids is planned
    for every month that there is. Only for a status, which changes, all months have to be asked.
    """
    if filters.status is not None:
        page = _conditions(filters, before, "o", "id")
        query = _SUMMARY_BY_STATUS.format(conditions=page)
        return _summaries(connection, query, {**filters.parameters(), "before": before, "limit": limit})
    query = _KEYS.format(conditions=_conditions(filters, before, "k", "order_id"))
    found = connection.execute(query, {**filters.parameters(), "before": before, "limit": limit}).fetchall()
    return _summaries(connection, _SUMMARY_BY_ID, {"ids": [row["order_id"] for row in found]}) if found else []


def _summaries(connection: Connection, query: sql.Composed, parameters: dict[str, Any]) -> Sequence[SummaryRow]:
    with connection.cursor(row_factory=class_row(SummaryRow)) as cursor:
        return cursor.execute(query, parameters).fetchall()


def _conditions(filters: Filters, before: UUID | None, table: str, key: str) -> sql.Composed:
    """The filters on a table whose id is in column `key`; ids hold their time."""
    row, place = sql.Identifier(table), sql.Identifier(table, key)
    conditions: list[sql.Composable] = [sql.SQL("true")]
    for wanted, condition in (
        (filters.user_id, "{row}.user_id = %(user_id)s"),
        (filters.status, "{row}.status = %(status)s"),
        (filters.email, "lower({row}.email) = lower(%(email)s)"),
        (filters.number, "{row}.number = %(number)s"),
        (filters.created_from, "{place} >= uuidv7_floor(%(created_from)s)"),
        (filters.created_before, "{place} < uuidv7_floor(%(created_before)s)"),
        (before, "{place} < %(before)s"),
    ):
        if wanted is not None:
            conditions.append(sql.SQL(condition).format(row=row, place=place))
    return sql.SQL(" AND ").join(conditions)
