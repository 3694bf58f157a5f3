"""Locks and writes of `shared.contexts.ordering.orders`: an order with its lines and its timeline.

The locks are FOR NO KEY UPDATE, as that of `order_locks`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared import outbox
from shared.clients.database import Connection
from shared.contexts.ordering import order_locks, ordered_carts
from shared.contexts.ordering.events import OrderLine, OrderPaid, OrderPlaced, OrderStatusChanged
from shared.contexts.ordering.order_locks import LockedOrder, OrderNotFoundError
from shared.contexts.ordering.order_status import OrderState, OrderStates, OrderStatus
from shared.errors import NotFoundError

_NUMBER_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: read aloud and typed without mistakes
_NUMBER_GROUPS: Final = 2
_NUMBER_GROUP_LENGTH: Final = 5

_INSERT_ORDER: Final = f"""
WITH key AS (
    INSERT INTO order_keys (order_id, number, checkout_id, user_id, email)
    SELECT uuidv7(), %s, id, user_id, email FROM checkouts WHERE id = %s
    ON CONFLICT (number) DO NOTHING RETURNING order_id, number, checkout_id
)
INSERT INTO orders (id, number, checkout_id, user_id, email, currency, subtotal_amount, shipping_amount, tax_amount,
    discount_amount, total_amount, prices_include_tax, shipping_tax_amount, shipping_tax_rate_basis_points,
    shipping_method, shipping_address, billing_address, language, requires_shipping)
SELECT key.order_id, key.number, k.id, k.user_id, k.email, k.currency, k.subtotal_amount, k.shipping_amount,
    k.tax_amount, k.discount_amount, k.total_amount, k.prices_include_tax, k.shipping_tax_amount,
    k.shipping_tax_rate_basis_points, k.shipping_method, k.shipping_address, k.billing_address,
    k.language, EXISTS (
        SELECT FROM checkout_lines l JOIN catalog_offers o ON o.variant_id = l.variant_id
        WHERE l.checkout_id = k.id AND o.requires_shipping
    )
FROM key JOIN checkouts k ON k.id = key.checkout_id
RETURNING {order_locks.COLUMNS}
"""

# One statement: every webhook waits for each round trip.
_PAY: Final = """
WITH closed AS (
    UPDATE checkouts SET status = 'paid' WHERE id = %(checkout_id)s
), paid AS (
    UPDATE orders SET state = 'open', payment_status = 'paid', payment_intent_id = %(payment_intent_id)s,
        paid_at = %(paid_at)s,
        cancelled_at = NULL, version = version + 1
    WHERE id = %(order_id)s
)
INSERT INTO order_status_changes (order_id, before, after, actor)
VALUES (%(order_id)s, %(before)s, 'paid', 'payment')
"""


class CheckoutNotFoundError(NotFoundError):
    code, title = "checkout_not_found", "There is no such checkout"


@dataclass(frozen=True, slots=True)
class LockedCheckout:
    """A checkout, locked."""

    id: UUID
    cart_id: UUID
    status: str
    is_expired: bool
    """Whether its reservation has expired."""


def lock_checkout(connection: Connection, checkout_id: UUID) -> LockedCheckout:
    """Raises CheckoutNotFoundError."""
    with connection.cursor(row_factory=class_row(LockedCheckout)) as cursor:
        checkout = cursor.execute(
            "SELECT id, cart_id, status, expires_at <= now() AS is_expired FROM checkouts WHERE id = %s"
            " FOR NO KEY UPDATE",
            (checkout_id,),
        ).fetchone()
    if checkout is None:
        raise CheckoutNotFoundError
    return checkout


def lock_cart_and_checkout_of(connection: Connection, order_id: UUID) -> LockedCheckout:
    """The checkout of an order, after its cart. Raises OrderNotFoundError."""
    row = connection.execute("SELECT checkout_id FROM orders WHERE id = %s", (order_id,)).fetchone()
    if row is None:
        raise OrderNotFoundError
    ordered_carts.lock_of(connection, row["checkout_id"])
    return lock_checkout(connection, row["checkout_id"])


def lock_order_of(connection: Connection, checkout_id: UUID) -> LockedOrder | None:
    """The order of a checkout, or None where there is none yet."""
    key = connection.execute("SELECT order_id FROM order_keys WHERE checkout_id = %s", (checkout_id,)).fetchone()
    # Two statements: one would be planned for every month, because it cannot be known which.
    return order_locks.lock_order(connection, key["order_id"]) if key is not None else None


def create(connection: Connection, checkout: LockedCheckout, *, actor: str) -> LockedOrder:
    """Insert the order, its lines and its first timeline entry; remove what was ordered from the cart."""
    with connection.cursor(row_factory=class_row(LockedOrder)) as cursor:
        order = None
        while order is None:  # a number that is in use is drawn again
            order = cursor.execute(
                _INSERT_ORDER,
                (_draw_number(), checkout.id),
            ).fetchone()
    connection.execute(
        "INSERT INTO order_items"
        " (order_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount, discount_amount,"
        " tax_amount, tax_rate_basis_points, total_amount, requires_shipping)"
        " SELECT %s, l.variant_id, l.product_id, l.name, l.variant_title, l.sku, l.quantity, l.unit_amount,"
        " l.discount_amount, l.tax_amount, l.tax_rate_basis_points, l.total_amount, o.requires_shipping"
        " FROM checkout_lines l JOIN catalog_offers o ON o.variant_id = l.variant_id"
        " WHERE l.checkout_id = %s ORDER BY l.id",
        (order.id, checkout.id),
    )
    connection.execute("UPDATE checkouts SET status = 'ordered' WHERE id = %s AND status = 'open'", (checkout.id,))
    ordered_carts.empty(connection, checkout.id)
    record_status_change(connection, order.id, None, OrderStatus.PENDING, actor=actor, reason=None)
    outbox.record(connection, OrderPlaced(order_id=order.id, number=order.number))
    return order


def change_states(
    connection: Connection, order: LockedOrder, after: OrderStates, *, actor: str, reason: str | None = None
) -> LockedOrder:
    """Write the states of an order, which is locked, if they are other ones; the order as it is then.

    That is an event, and where the word for them changes, an entry in the order's timeline.
    """
    before = order.states
    if after == before:
        return order
    connection.execute(
        "UPDATE orders SET state = %s, payment_status = %s, fulfilment_status = %s, version = version + 1,"
        " cancelled_at = CASE WHEN %s THEN now() ELSE cancelled_at END WHERE id = %s",
        (
            after.state.value,
            after.payment_status.value,
            after.fulfilment_status.value,
            after.state is OrderState.CANCELLED and before.state is not OrderState.CANCELLED,
            order.id,
        ),
    )
    if after.status is not before.status:
        record_status_change(connection, order.id, before.status, after.status, actor=actor, reason=reason)
    outbox.record(
        connection,
        OrderStatusChanged(
            order_id=order.id,
            number=order.number,
            before=before.status.value,
            after=after.status.value,
            state=after.state.value,
            payment_status=after.payment_status.value,
            fulfilment_status=after.fulfilment_status.value,
        ),
    )
    return replace(
        order,
        state=after.state.value,
        payment_status=after.payment_status.value,
        fulfilment_status=after.fulfilment_status.value,
        version=order.version + 1,
    )


def pay(connection: Connection, order: LockedOrder, *, payment_intent_id: str | None, paid_at: datetime) -> None:
    """Mark order and checkout as paid, and record it in the timeline."""
    connection.execute(
        _PAY,
        {
            "checkout_id": order.checkout_id,
            "order_id": order.id,
            "payment_intent_id": payment_intent_id,
            "paid_at": paid_at,
            "before": order.status.value,
        },
    )


def change_shipping_address(connection: Connection, order_id: UUID, address: dict[str, Any]) -> None:
    """Of an order that is locked."""
    connection.execute(
        "UPDATE orders SET shipping_address = %s, version = version + 1 WHERE id = %s", (Jsonb(address), order_id)
    )


def record_status_change(
    connection: Connection,
    order_id: UUID,
    before: str | None,
    after: OrderStatus,
    *,
    actor: str,
    reason: str | None,
) -> None:
    """Add an entry to the order's timeline."""
    connection.execute(
        "INSERT INTO order_status_changes (order_id, before, after, actor, reason) VALUES (%s, %s, %s, %s, %s)",
        (order_id, before, after.value, actor, reason),
    )


def paid_event(connection: Connection, order: LockedOrder, paid_at: datetime) -> OrderPaid:
    """The event with everything that a confirmation contains."""
    rows = connection.execute(
        "SELECT i.name, i.variant_title, i.quantity, i.unit_amount,"
        " o.discount_amount, o.shipping_amount, o.tax_amount, o.prices_include_tax"
        " FROM order_items i JOIN orders o ON o.id = i.order_id WHERE i.order_id = %s ORDER BY i.id",
        (order.id,),
    ).fetchall()
    sums = ("discount_amount", "shipping_amount", "tax_amount", "prices_include_tax")
    return OrderPaid(
        order_id=order.id,
        number=order.number,
        email=order.email,
        currency=order.currency,
        total_amount=order.total_amount,
        lines=[
            OrderLine(
                name=" - ".join(part for part in (row["name"], row["variant_title"]) if part),
                quantity=row["quantity"],
                unit_amount=row["unit_amount"],
            )
            for row in rows
        ],
        paid_at=paid_at,
        language=order.language,
        **({name: rows[0][name] for name in sums} if rows else {}),
    )


def _draw_number() -> str:
    """About 49 bits of chance, such as `7K3MQ-9TXVB`."""
    groups = (
        "".join(secrets.choice(_NUMBER_ALPHABET) for _ in range(_NUMBER_GROUP_LENGTH)) for _ in range(_NUMBER_GROUPS)
    )
    return "-".join(groups)
