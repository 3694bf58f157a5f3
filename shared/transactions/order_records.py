"""The rows behind `shared.transactions.orders`: locking them, and writing an order with its lines and its timeline.

The locks are FOR NO KEY UPDATE: nobody deletes these rows, and others may refer to them meanwhile (foreign keys).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared import outbox
from shared.clients.database import Connection
from shared.errors import NotFoundError
from shared.events import OrderLine, OrderPaid, OrderPlaced
from shared.transactions.order_status import OrderStatus

_NUMBER_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: read aloud and typed without mistakes
_NUMBER_GROUPS: Final = 2
_NUMBER_GROUP_LENGTH: Final = 5

_ORDER_COLUMNS: Final = (
    "id, number, checkout_id, status, version, email, language, currency, total_amount, payment_intent_id"
)

_INSERT_ORDER: Final = f"""
WITH key AS (
    INSERT INTO order_keys (order_id, number, checkout_id, user_id, email)
    SELECT uuidv7(), %s, id, user_id, email FROM checkouts WHERE id = %s
    ON CONFLICT (number) DO NOTHING RETURNING order_id, number, checkout_id
)
INSERT INTO orders (id, number, checkout_id, user_id, email, currency, subtotal_amount, shipping_amount, tax_amount,
    discount_amount, total_amount, prices_include_tax, shipping_tax_amount, shipping_method, shipping_address, language)
SELECT key.order_id, key.number, k.id, k.user_id, k.email, k.currency, k.subtotal_amount, k.shipping_amount,
    k.tax_amount, k.discount_amount, k.total_amount, k.prices_include_tax, k.shipping_tax_amount, k.shipping_method,
    k.shipping_address, k.language
FROM key JOIN checkouts k ON k.id = key.checkout_id
RETURNING {_ORDER_COLUMNS}
"""  # noqa: S608 - our own constant

_EMPTY_CART: Final = """
WITH reduced AS (
    UPDATE cart_items i SET quantity = i.quantity - l.quantity FROM checkout_lines l
    WHERE l.checkout_id = %(checkout_id)s AND i.cart_id = %(cart_id)s AND i.variant_id = l.variant_id
      AND i.quantity > l.quantity
    RETURNING i.id
), removed AS (
    DELETE FROM cart_items i USING checkout_lines l
    WHERE l.checkout_id = %(checkout_id)s AND i.cart_id = %(cart_id)s AND i.variant_id = l.variant_id
      AND i.quantity <= l.quantity
    RETURNING i.id
), redeemed AS (
    DELETE FROM cart_coupons e USING coupon_redemptions r
    WHERE r.checkout_id = %(checkout_id)s AND e.cart_id = %(cart_id)s AND e.coupon_id = r.coupon_id
)
UPDATE carts SET currency = NULL WHERE id = %(cart_id)s AND NOT EXISTS (
    SELECT FROM cart_items i WHERE i.cart_id = %(cart_id)s AND i.id NOT IN (SELECT id FROM removed)
)
"""

# One statement, for every webhook waits for each round trip.
_PAY: Final = """
WITH closed AS (
    UPDATE checkouts SET status = 'paid' WHERE id = %(checkout_id)s
), paid AS (
    UPDATE orders SET status = 'paid', payment_intent_id = %(payment_intent_id)s, paid_at = %(paid_at)s,
        cancelled_at = NULL, version = version + 1
    WHERE id = %(order_id)s
)
INSERT INTO order_status_changes (order_id, before, after, actor)
VALUES (%(order_id)s, %(before)s, 'paid', 'payment')
"""


class CheckoutNotFoundError(NotFoundError):
    code, title = "checkout_not_found", "There is no such checkout"


class OrderNotFoundError(NotFoundError):
    code, title = "order_not_found", "There is no such order"


@dataclass(frozen=True, slots=True)
class CheckoutRow:
    """A checkout, locked."""

    id: UUID
    cart_id: UUID
    status: str
    lapsed: bool
    """Whether the time of its reservation is over."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order, locked."""

    id: UUID
    number: str
    checkout_id: UUID
    status: str
    version: int
    email: str
    language: str
    currency: str
    total_amount: int
    payment_intent_id: str | None


def lock_cart_of(connection: Connection, checkout_id: UUID) -> None:
    """Lock the cart that the checkout was made from, if it still exists."""
    connection.execute(
        "SELECT c.id FROM carts c JOIN checkouts k ON k.cart_id = c.id WHERE k.id = %s FOR NO KEY UPDATE OF c",
        (checkout_id,),
    )


def lock_checkout(connection: Connection, checkout_id: UUID) -> CheckoutRow:
    """Raises CheckoutNotFoundError."""
    with connection.cursor(row_factory=class_row(CheckoutRow)) as cursor:
        checkout = cursor.execute(
            "SELECT id, cart_id, status, expires_at <= now() AS lapsed FROM checkouts WHERE id = %s FOR NO KEY UPDATE",
            (checkout_id,),
        ).fetchone()
    if checkout is None:
        raise CheckoutNotFoundError
    return checkout


def lock_checkout_of(connection: Connection, order_id: UUID) -> CheckoutRow:
    """The checkout of an order. Raises OrderNotFoundError."""
    row = connection.execute("SELECT checkout_id FROM orders WHERE id = %s", (order_id,)).fetchone()
    if row is None:
        raise OrderNotFoundError
    return lock_checkout(connection, row["checkout_id"])


def lock_order_of(connection: Connection, checkout_id: UUID) -> OrderRow | None:
    """The order of a checkout, or None where there is none yet."""
    key = connection.execute("SELECT order_id FROM order_keys WHERE checkout_id = %s", (checkout_id,)).fetchone()
    # Two statements: one would be planned for every month, because it cannot be known which.
    return lock_order(connection, key["order_id"]) if key is not None else None


def lock_order(connection: Connection, order_id: UUID) -> OrderRow:
    """Raises OrderNotFoundError."""
    with connection.cursor(row_factory=class_row(OrderRow)) as cursor:
        order = cursor.execute(
            f"SELECT {_ORDER_COLUMNS} FROM orders WHERE id = %s FOR NO KEY UPDATE",  # noqa: S608 - our own constant
            (order_id,),
        ).fetchone()
    if order is None:
        raise OrderNotFoundError
    return order


def create(connection: Connection, checkout: CheckoutRow, *, actor: str) -> OrderRow:
    """Insert the order, its lines and its first timeline entry; take what was ordered out of the cart."""
    with connection.cursor(row_factory=class_row(OrderRow)) as cursor:
        order = None
        while order is None:  # a number that is taken is drawn again
            order = cursor.execute(
                _INSERT_ORDER,
                (_draw_number(), checkout.id),
            ).fetchone()
    connection.execute(
        "INSERT INTO order_items"
        " (order_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount, discount_amount,"
        " tax_amount, tax_rate_basis_points, total_amount)"
        " SELECT %s, variant_id, product_id, name, variant_title, sku, quantity, unit_amount, discount_amount,"
        " tax_amount, tax_rate_basis_points, total_amount"
        " FROM checkout_lines WHERE checkout_id = %s ORDER BY id",
        (order.id, checkout.id),
    )
    connection.execute("UPDATE checkouts SET status = 'ordered' WHERE id = %s AND status = 'open'", (checkout.id,))
    connection.execute(_EMPTY_CART, {"checkout_id": checkout.id, "cart_id": checkout.cart_id})
    log_change(connection, order.id, None, OrderStatus.PENDING, actor=actor, reason=None)
    outbox.record(connection, OrderPlaced(order_id=order.id, number=order.number))
    return order


def pay(connection: Connection, order: OrderRow, *, payment_intent_id: str | None, paid_at: datetime) -> None:
    """Order and checkout are paid, and the timeline says so."""
    connection.execute(
        _PAY,
        {
            "checkout_id": order.checkout_id,
            "order_id": order.id,
            "payment_intent_id": payment_intent_id,
            "paid_at": paid_at,
            "before": order.status,
        },
    )


def log_change(
    connection: Connection,
    order_id: UUID,
    before: str | None,
    after: OrderStatus,
    *,
    actor: str,
    reason: str | None,
) -> None:
    """Add to the order's timeline."""
    connection.execute(
        "INSERT INTO order_status_changes (order_id, before, after, actor, reason) VALUES (%s, %s, %s, %s, %s)",
        (order_id, before, after.value, actor, reason),
    )


def paid_event(connection: Connection, order: OrderRow, paid_at: datetime) -> OrderPaid:
    """The event with everything that a confirmation tells."""
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
