"""SQL that reads orders. Orders are written by `shared.contexts.ordering.orders`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from functions.ordering.domain.orders import OrderDetail, OrderFilters, OrderItemRow
from shared.clients.database import Connection
from shared.contexts.ordering.order_locks import OrderNotFoundError
from shared.contexts.ordering.order_status import OrderState

_DETAIL: Final = """
SELECT o.id, o.number, o.user_id, o.email, o.language, o.status, o.state, o.payment_status, o.fulfilment_status,
    o.requires_shipping, o.currency, o.subtotal_amount, o.shipping_amount, o.tax_amount, o.discount_amount,
    o.total_amount, o.prices_include_tax, o.shipping_tax_amount, o.shipping_tax_rate_basis_points,
    o.shipping_method, o.shipping_address, o.payment_intent_id, o.version, o.created_at, o.paid_at, o.cancelled_at,
    k.id AS checkout_id, k.expires_at AS payable_until,
    EXISTS (SELECT FROM shipments s WHERE s.order_id = o.id) AS has_shipments, EXISTS (
        SELECT FROM order_items i JOIN catalog_downloads d ON d.order_item_id = i.id WHERE i.order_id = o.id
    ) AS has_downloads, (
        SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.id), '[]') FROM coupon_redemptions r
        WHERE r.checkout_id = o.checkout_id
    ) AS coupons
FROM orders o JOIN checkouts k ON k.id = o.checkout_id WHERE o.id = %s
"""
_ITEMS: Final = """
SELECT id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount, discount_amount, tax_amount,
    tax_rate_basis_points, total_amount, requires_shipping, refunded, handed_over, remaining
FROM ordering_units WHERE order_id = %s ORDER BY id
"""
# Of an order that is not paid, every unit is as it was ordered.
_UNPAID_ITEMS: Final = """
SELECT id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount, discount_amount, tax_amount,
    tax_rate_basis_points, total_amount, requires_shipping, 0 AS refunded, 0 AS handed_over,
    CASE WHEN %(is_cancelled)s THEN 0 ELSE quantity END AS remaining
FROM order_items WHERE order_id = %(order_id)s ORDER BY id
"""
_SUMMARY: Final = """
SELECT o.id, o.number, o.user_id, o.email, o.status, o.state, o.payment_status, o.fulfilment_status, o.currency,
    o.total_amount, o.created_at,
    (SELECT coalesce(sum(i.quantity), 0)::int FROM order_items i WHERE i.order_id = o.id) AS item_count
FROM orders o
"""
_SUMMARY_BY_ID: Final = sql.SQL(_SUMMARY + "WHERE o.id = ANY(%(ids)s) ORDER BY o.id DESC").format()
_SUMMARY_BY_STATUS: Final = sql.SQL(_SUMMARY + "WHERE {conditions} ORDER BY o.id DESC LIMIT %(limit)s")
# What a word asks for, in the words of the index that finds it: a refund of a part hides no order that is still to be
# shipped. `shipped` and `delivered` are the word of such orders anyway.
_STATUSES: Final[dict[str, LiteralString]] = {
    "paid": "{row}.state = 'open' AND {row}.fulfilment_status = 'unfulfilled'"
    " AND {row}.payment_status IN ('paid', 'partially_refunded')",
    "processing": "{row}.state = 'open' AND {row}.fulfilment_status IN ('processing', 'partially_shipped')"
    " AND {row}.payment_status IN ('paid', 'partially_refunded')",
    "partially_refunded": "{row}.payment_status = 'partially_refunded' AND {row}.state <> 'cancelled'",
}
_KEYS: Final = sql.SQL(
    "SELECT k.order_id FROM order_keys k WHERE {conditions} ORDER BY k.order_id DESC LIMIT %(limit)s"
)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    id: UUID
    number: str
    user_id: UUID | None
    email: str
    status: str
    state: str
    payment_status: str
    fulfilment_status: str
    currency: str
    total_amount: int
    created_at: datetime
    item_count: int


def detail(connection: Connection, order_id: UUID) -> OrderDetail | None:
    with connection.cursor(row_factory=class_row(OrderDetail)) as cursor:
        return cursor.execute(_DETAIL, (order_id,)).fetchone()


def owner_of(connection: Connection, order_id: UUID) -> UUID | None:
    """Whose order it is; None for a guest's. Raises OrderNotFoundError."""
    row = connection.execute("SELECT user_id FROM orders WHERE id = %s", (order_id,)).fetchone()
    if row is None:
        raise OrderNotFoundError
    user_id: UUID | None = row["user_id"]
    return user_id


def items(connection: Connection, order_id: UUID) -> list[OrderItemRow]:
    with connection.cursor(row_factory=class_row(OrderItemRow)) as cursor:
        return cursor.execute(_ITEMS, (order_id,)).fetchall()


def unpaid_items(connection: Connection, order: OrderDetail) -> list[OrderItemRow]:
    """As `items`, of an order that is not paid."""
    parameters = {"order_id": order.id, "is_cancelled": order.state == OrderState.CANCELLED}
    with connection.cursor(row_factory=class_row(OrderItemRow)) as cursor:
        return cursor.execute(_UNPAID_ITEMS, parameters).fetchall()


def summaries(
    connection: Connection, filters: OrderFilters, *, before: UUID | None, limit: int
) -> Sequence[SummaryRow]:
    """Newest first, beginning below this id.

    Owner and time are looked up in the keys, and the orders are then read by their ids: a statement without ids is
    planned for every monthly partition. Only the status, which changes, has to be looked up in all months.
    """
    if filters.status is not None:
        page = _conditions(filters, before, "o", "id")
        query = _SUMMARY_BY_STATUS.format(conditions=page)
        return _summaries(connection, query, {**asdict(filters), "before": before, "limit": limit})
    query = _KEYS.format(conditions=_conditions(filters, before, "k", "order_id"))
    keys = connection.execute(query, {**asdict(filters), "before": before, "limit": limit}).fetchall()
    return _summaries(connection, _SUMMARY_BY_ID, {"ids": [row["order_id"] for row in keys]}) if keys else []


def _summaries(connection: Connection, query: sql.Composed, parameters: dict[str, Any]) -> Sequence[SummaryRow]:
    with connection.cursor(row_factory=class_row(SummaryRow)) as cursor:
        return cursor.execute(query, parameters).fetchall()


def _conditions(filters: OrderFilters, before: UUID | None, table: str, key: str) -> sql.Composed:
    """The filters on a table whose id is in column `key`; ids hold their time."""
    row, place = sql.Identifier(table), sql.Identifier(table, key)
    conditions: list[sql.Composable] = [sql.SQL("true")]
    pairs: tuple[tuple[object, LiteralString], ...] = (
        (filters.user_id, "{row}.user_id = %(user_id)s"),
        (filters.status, _STATUSES.get(filters.status or "", "{row}.status = %(status)s")),
        (filters.email, "lower({row}.email) = lower(%(email)s)"),
        (filters.number, "{row}.number = %(number)s"),
        (filters.created_from, "{place} >= uuidv7_floor(%(created_from)s)"),
        (filters.created_before, "{place} < uuidv7_floor(%(created_before)s)"),
        (before, "{place} < %(before)s"),
    )
    for value, condition in pairs:
        if value is not None:
            conditions.append(sql.SQL(condition).format(row=row, place=place))
    return sql.SQL(" AND ").join(conditions)
