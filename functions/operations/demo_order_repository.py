"""SQL of the demo shop's orders, which happened before the shop existed: everything is written with its own date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.operations.service.demo_amounts import DemoLine, DemoPrice
from shared.clients.database import Connection

# An id tells its row's date, and the month that an order is kept in.
_ADD_ORDER: Final = """
WITH checkout AS (
    INSERT INTO checkouts (id, cart_id, user_id, email, currency, subtotal_amount, shipping_amount, tax_amount,
        discount_amount, total_amount, prices_include_tax, shipping_tax_amount, shipping_method, shipping_address,
        language, status, expires_at, created_at)
    VALUES (uuidv7(%(at)s - clock_timestamp()), gen_random_uuid(), %(user_id)s, %(email)s, %(currency)s,
        %(subtotal_amount)s, %(shipping_amount)s, %(tax_amount)s, %(discount_amount)s, %(total_amount)s,
        %(prices_include_tax)s, %(shipping_tax_amount)s, %(shipping_method)s, %(address)s, %(language)s,
        %(checkout_status)s, %(expires_at)s, %(at)s)
    RETURNING *
), key AS (
    INSERT INTO order_keys (order_id, number, checkout_id, user_id, email)
    SELECT uuidv7(%(at)s - clock_timestamp()), %(number)s, id, user_id, email FROM checkout
    RETURNING order_id, number, checkout_id
)
INSERT INTO orders (id, number, checkout_id, user_id, email, status, currency, subtotal_amount, shipping_amount,
    tax_amount, discount_amount, total_amount, prices_include_tax, shipping_tax_amount, shipping_method,
    shipping_address, language, payment_intent_id, version, paid_at, cancelled_at, updated_at)
SELECT key.order_id, key.number, k.id, k.user_id, k.email, %(status)s, k.currency, k.subtotal_amount,
    k.shipping_amount, k.tax_amount, k.discount_amount, k.total_amount, k.prices_include_tax, k.shipping_tax_amount,
    k.shipping_method, k.shipping_address, k.language, %(payment_intent_id)s, %(version)s, %(paid_at)s,
    %(cancelled_at)s, %(updated_at)s
FROM key JOIN checkout k ON k.id = key.checkout_id
RETURNING id, checkout_id
"""

_ADD_LINES: Final = """
WITH line AS (
    SELECT v.id AS variant_id, v.product_id, w.* FROM jsonb_to_recordset(%(lines)s) AS w
        (position int, sku text, name text, variant_title text, quantity int, unit_amount bigint,
        discount_amount bigint, tax_amount bigint, tax_rate_basis_points int, total_amount bigint)
    JOIN variants v ON v.sku = w.sku AND v.deleted_at IS NULL
), priced AS (
    INSERT INTO checkout_lines (checkout_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount,
        discount_amount, tax_amount, tax_rate_basis_points, total_amount)
    SELECT %(checkout_id)s, variant_id, product_id, name, variant_title, sku, quantity, unit_amount, discount_amount,
        tax_amount, tax_rate_basis_points, total_amount FROM line ORDER BY position
)
INSERT INTO order_items (order_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount,
    discount_amount, tax_amount, tax_rate_basis_points, total_amount, created_at)
SELECT %(order_id)s, variant_id, product_id, name, variant_title, sku, quantity, unit_amount, discount_amount,
    tax_amount, tax_rate_basis_points, total_amount, %(at)s FROM line ORDER BY position
RETURNING id, variant_id, sku
"""

_ADD_TIMELINE: Final = """
INSERT INTO order_status_changes (order_id, before, after, actor, reason, created_at)
SELECT %(order_id)s, step.before, step.after, step.actor, step.reason, step.created_at
FROM jsonb_to_recordset(%(steps)s) AS step
    (position int, before text, after text, actor text, reason text, created_at timestamptz)
ORDER BY step.position
"""

_ADD_SHIPMENT: Final = """
WITH shipment AS (
    INSERT INTO shipments (id, order_id, carrier, tracking_number, status, actor, delivered_at, created_at, updated_at)
    VALUES (uuidv7(%(at)s - clock_timestamp()), %(order_id)s, %(carrier)s, %(tracking_number)s,
        CASE WHEN %(delivered_at)s::timestamptz IS NULL THEN 'shipped' ELSE 'delivered' END, %(actor)s,
        %(delivered_at)s, %(at)s, coalesce(%(delivered_at)s, %(at)s))
    RETURNING id
)
INSERT INTO shipment_lines (shipment_id, order_item_id, quantity)
SELECT shipment.id, unit.* FROM shipment, unnest(%(items)s::uuid[], %(quantities)s::int[]) AS unit
"""

_ADD_RETURN: Final = """
WITH sent_back AS (
    INSERT INTO returns (id, order_id, status, version, note, decision_note, decided_by, decided_at, received_by,
        received_at, refund_request_id, created_at, updated_at)
    VALUES (uuidv7(%(at)s - clock_timestamp()), %(order_id)s, %(status)s, %(version)s, %(note)s, %(decision_note)s,
        %(actor)s, %(decided_at)s, %(actor)s, %(received_at)s, %(request_id)s, %(at)s, %(updated_at)s)
    RETURNING id
), lines AS (
    INSERT INTO return_lines (return_id, order_item_id, quantity, reason, restocked, refund_amount)
    SELECT sent_back.id, unit.item, unit.quantity, %(reason)s, %(restocked)s, unit.amount
    FROM sent_back, unnest(%(items)s::uuid[], %(quantities)s::int[], %(amounts)s::bigint[])
        AS unit (item, quantity, amount)
)
SELECT id FROM sent_back
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that was written."""

    id: UUID
    checkout_id: UUID


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an order that was written."""

    id: UUID
    variant_id: UUID
    sku: str


def variants(connection: Connection, skus: Sequence[str]) -> dict[str, UUID]:
    """Those of the SKUs that can be sold, with their variants."""
    rows = connection.execute(
        "SELECT sku, id FROM variants WHERE sku = ANY(%s) AND deleted_at IS NULL", (list(skus),)
    ).fetchall()
    return {row["sku"]: row["id"] for row in rows}


def add_order(
    connection: Connection, price: DemoPrice, address: Mapping[str, Any] | None, values: Mapping[str, Any]
) -> Placed:
    """An order with its checkout. `values` are their other columns, as `_ADD_ORDER` names them."""
    parameters = {
        "currency": price.currency,
        "subtotal_amount": price.subtotal_amount,
        "shipping_amount": price.shipping_amount,
        "tax_amount": price.tax_amount,
        "discount_amount": price.discount_amount,
        "total_amount": price.total_amount,
        "prices_include_tax": price.prices_include_tax,
        "shipping_tax_amount": price.shipping_tax_amount,
        "shipping_method": price.shipping_method,
        "address": None if address is None else Jsonb(dict(address)),
        **values,
    }
    with connection.cursor(row_factory=class_row(Placed)) as cursor:
        placed = cursor.execute(_ADD_ORDER, parameters).fetchone()
    assert placed is not None
    return placed


def add_lines(connection: Connection, placed: Placed, lines: Sequence[DemoLine], *, at: datetime) -> dict[str, Item]:
    """The order's lines and its checkout's, by SKU."""
    documents = [
        {
            "position": position,
            "sku": line.sku,
            "name": line.name,
            "variant_title": line.variant_title,
            "quantity": line.quantity,
            "unit_amount": line.unit_amount,
            "discount_amount": line.discount_amount,
            "tax_amount": line.tax_amount,
            "tax_rate_basis_points": line.tax_rate_basis_points,
            "total_amount": line.total_amount,
        }
        for position, line in enumerate(lines)
    ]
    parameters = {"lines": Jsonb(documents), "checkout_id": placed.checkout_id, "order_id": placed.id, "at": at}
    with connection.cursor(row_factory=class_row(Item)) as cursor:
        return {item.sku: item for item in cursor.execute(_ADD_LINES, parameters)}


def add_timeline(connection: Connection, order_id: UUID, steps: Sequence[Mapping[str, Any]]) -> None:
    """Steps of the timeline, in order, each with its date (ISO 8601)."""
    documents = [{"position": position, **step} for position, step in enumerate(steps)]
    connection.execute(_ADD_TIMELINE, {"order_id": order_id, "steps": Jsonb(documents)})


def add_shipment(connection: Connection, order_id: UUID, units: Mapping[UUID, int], **values: Any) -> None:
    """A parcel with so many units of each line; `values` as `_ADD_SHIPMENT` names them."""
    connection.execute(
        _ADD_SHIPMENT, {"order_id": order_id, "items": list(units), "quantities": list(units.values()), **values}
    )


def add_return(
    connection: Connection, order_id: UUID, units: Mapping[UUID, tuple[int, int | None]], **values: Any
) -> UUID:
    """A return: units of each line, and what goes back for them; `values` as `_ADD_RETURN` names them."""
    row = connection.execute(
        _ADD_RETURN,
        {
            "order_id": order_id,
            "items": list(units),
            "quantities": [quantity for quantity, _ in units.values()],
            "amounts": [amount for _, amount in units.values()],
            **values,
        },
    ).fetchone()
    assert row is not None
    return_id: UUID = row["id"]
    return return_id
