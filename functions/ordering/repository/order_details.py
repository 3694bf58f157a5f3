"""SQL that reads orders. Orders are written by `shared.contexts.ordering.orders`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from functions.ordering.domain.orders import OrderDetail, OrderFilters, OrderItemRow, OrderPosition, OrderSort
from shared.clients.database import Connection
from shared.contexts.ordering.order_locks import OrderNotFoundError
from shared.contexts.ordering.order_status import OrderState

_DETAIL: Final = """
SELECT o.id, o.number, o.user_id, o.email, o.language, o.status, o.state, o.payment_status, o.fulfilment_status,
    o.requires_shipping, o.currency, o.subtotal_amount, o.shipping_amount, o.tax_amount, o.discount_amount,
    o.total_amount, o.prices_include_tax, o.shipping_tax_amount, o.shipping_tax_rate_basis_points,
    o.shipping_method, o.shipping_address, o.billing_address, o.payment_intent_id, o.version, o.created_at, o.paid_at,
    o.cancelled_at, k.id AS checkout_id, k.expires_at AS payable_until,
    EXISTS (SELECT FROM shipments s WHERE s.order_id = o.id) AS has_shipments, EXISTS (
        SELECT FROM order_items i JOIN catalog_downloads d ON d.order_item_id = i.id WHERE i.order_id = o.id
    ) AS has_downloads, (
        SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.id), '[]') FROM coupon_redemptions r
        WHERE r.checkout_id = o.checkout_id
    ) AS coupons, (
        SELECT jsonb_build_object('id', p.id, 'status', p.status, 'method', p.method) FROM payments_payments p
        WHERE p.checkout_id = o.checkout_id AND p.status <> 'canceled'
    ) AS payment
FROM orders o JOIN checkouts k ON k.id = o.checkout_id WHERE o.id = %s
"""
# A line is as it was bought; where its product is now, and what it looks like, is asked for.
_ITEM: Final = """
SELECT i.id, i.variant_id, i.product_id, i.name, i.variant_title, i.sku, i.quantity, i.unit_amount, i.discount_amount,
    i.tax_amount, i.tax_rate_basis_points, i.total_amount, i.requires_shipping,
    CASE WHEN c.is_sellable THEN c.slug END AS product_slug, c.image_url,
"""
_PRESENT: Final = "LEFT JOIN catalog_offers c ON c.variant_id = i.variant_id"
_ITEMS: Final = f"""{_ITEM} i.refunded, i.handed_over, i.remaining
FROM ordering_units i {_PRESENT} WHERE i.order_id = %s ORDER BY i.id
"""
# Of an order that is not paid, every unit is as it was ordered.
_UNPAID_ITEMS: Final = f"""{_ITEM} 0 AS refunded, 0 AS handed_over,
    CASE WHEN %(is_cancelled)s THEN 0 ELSE i.quantity END AS remaining
FROM order_items i {_PRESENT} WHERE i.order_id = %(order_id)s ORDER BY i.id
"""
_SUMMARY: Final = """
SELECT o.id, o.number, o.user_id, o.email, o.status, o.state, o.payment_status, o.fulfilment_status, o.currency,
    o.total_amount, o.created_at,
    (SELECT coalesce(sum(i.quantity), 0)::int FROM order_items i WHERE i.order_id = o.id) AS item_count
FROM orders o
"""
_SUMMARY_BY_ID: Final = sql.SQL(_SUMMARY + "WHERE o.id = ANY(%(ids)s) ORDER BY o.id {direction}")
_SUMMARY_BY_CONDITIONS: Final = sql.SQL(_SUMMARY + "WHERE {conditions} ORDER BY {sort} LIMIT %(limit)s")
# What a word asks for, in the words of the index that finds it: a refund of a part hides no order that is still to be
# shipped. `shipped` and `delivered` are the word of such orders anyway.
_STATUSES: Final[dict[str, LiteralString]] = {
    "paid": "o.state = 'open' AND o.fulfilment_status = 'unfulfilled'"
    " AND o.payment_status IN ('paid', 'partially_refunded')",
    "processing": "o.state = 'open' AND o.fulfilment_status IN ('processing', 'partially_shipped')"
    " AND o.payment_status IN ('paid', 'partially_refunded')",
    "partially_refunded": "o.payment_status = 'partially_refunded' AND o.state <> 'cancelled'",
}
_KEYS: Final = sql.SQL(
    "SELECT k.order_id FROM order_keys k WHERE {conditions} ORDER BY k.order_id {direction} LIMIT %(limit)s"
)
_OF_KEYS: Final = sql.SQL("o.id IN (SELECT k.order_id FROM order_keys k WHERE {conditions})")
# Bounds instead of LIKE, which has no index where the pattern is a parameter; `~` is behind all that numbers have.
_KEY_CONDITIONS: Final[dict[str, LiteralString]] = {
    "user_id": "k.user_id = %(user_id)s",
    "email": "lower(k.email) = lower(%(email)s)",
    "number": "k.number ~>=~ %(number)s AND k.number ~<~ (%(number)s || '~')",
    "product_id": "k.order_id IN (SELECT i.order_id FROM order_items i WHERE i.product_id = %(product_id)s)",
}
_ORDER_CONDITIONS: Final[dict[str, LiteralString]] = {
    "currency": "o.currency = %(currency)s",
    "total_from": "o.total_amount >= %(total_from)s",
    "total_to": "o.total_amount <= %(total_to)s",
}
_TIME_CONDITIONS: Final[dict[str, LiteralString]] = {
    "created_from": "{place} >= uuidv7_floor(%(created_from)s)",
    "created_before": "{place} < uuidv7_floor(%(created_before)s)",
}
_SORTS: Final[dict[OrderSort, LiteralString]] = {
    OrderSort.NEWEST: "o.id DESC",
    OrderSort.OLDEST: "o.id",
    OrderSort.TOTAL: "o.total_amount, o.id",
    OrderSort.TOTAL_DESCENDING: "o.total_amount DESC, o.id DESC",
}


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
    connection: Connection, filters: OrderFilters, sort: OrderSort, *, after: OrderPosition | None, limit: int
) -> Sequence[SummaryRow]:
    """In this order, beginning behind this position.

    Who ordered what, and when, is looked up in the keys, and the orders are then read by their ids: a statement without
    ids is planned for every monthly partition. Only status and amount have to be looked up in all months.
    """
    keys = [condition for name, condition in _KEY_CONDITIONS.items() if getattr(filters, name) is not None]
    parameters = {**asdict(filters), "limit": limit}
    if after is not None:
        parameters |= {"after": after.id, "after_total": after.total_amount}
    if sort.is_by_total or any(getattr(filters, name) is not None for name in ("status", *_ORDER_CONDITIONS)):
        conditions = [*_order_conditions(filters), *_place_conditions(filters, sort, after, sql.Identifier("o", "id"))]
        if keys:
            conditions.append(_OF_KEYS.format(conditions=_all(map(sql.SQL, keys))))
        query = _SUMMARY_BY_CONDITIONS.format(conditions=_all(conditions), sort=sql.SQL(_SORTS[sort]))
        return _summaries(connection, query, parameters)
    place = _place_conditions(filters, sort, after, sql.Identifier("k", "order_id"))
    direction = sql.SQL("ASC" if sort.is_ascending else "DESC")
    query = _KEYS.format(conditions=_all([*map(sql.SQL, keys), *place]), direction=direction)
    ids = [row["order_id"] for row in connection.execute(query, parameters).fetchall()]
    return _summaries(connection, _SUMMARY_BY_ID.format(direction=direction), {"ids": ids}) if ids else []


def _summaries(connection: Connection, query: sql.Composed, parameters: dict[str, Any]) -> Sequence[SummaryRow]:
    with connection.cursor(row_factory=class_row(SummaryRow)) as cursor:
        return cursor.execute(query, parameters).fetchall()


def _all(conditions: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(" AND ").join([sql.SQL("true"), *conditions])


def _order_conditions(filters: OrderFilters) -> list[sql.Composable]:
    conditions: list[sql.Composable] = [
        sql.SQL(condition) for name, condition in _ORDER_CONDITIONS.items() if getattr(filters, name) is not None
    ]
    if filters.status is not None:
        conditions.append(sql.SQL(_STATUSES.get(filters.status, "o.status = %(status)s")))
    return conditions


def _place_conditions(
    filters: OrderFilters, sort: OrderSort, after: OrderPosition | None, place: sql.Identifier
) -> list[sql.Composable]:
    """Time, which ids hold, and what the page is behind; `place` is the id."""
    conditions: list[sql.Composable] = [
        sql.SQL(condition).format(place=place)
        for name, condition in _TIME_CONDITIONS.items()
        if getattr(filters, name) is not None
    ]
    if after is None:
        return conditions
    behind = sql.SQL(">" if sort.is_ascending else "<")
    if sort.is_by_total:
        template = "(o.total_amount, o.id) {behind} (%(after_total)s::bigint, %(after)s)"
        return [*conditions, sql.SQL(template).format(behind=behind)]
    return [*conditions, sql.SQL("{place} {behind} %(after)s").format(place=place, behind=behind)]
