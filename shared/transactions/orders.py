"""Placing orders, and what a provider's word does to them. Every function locks the checkout (or order) row first, so
that browser and webhook, whoever comes first and however often, end in one order with one status.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from shared import outbox
from shared.clients.database import Connection
from shared.errors import ConflictError, NotFoundError
from shared.events import OrderLine, OrderPaid, OrderPlaced, OrderStatusChanged
from shared.transactions import stock
from shared.transactions.order_status import LEGAL_MOVES, OrderStatus, check_move

_NUMBER_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: read aloud and typed without mistakes
_NUMBER_GROUPS: Final = 2
_NUMBER_GROUP_LENGTH: Final = 5


class CheckoutNotFoundError(NotFoundError):
    code, title = "checkout_not_found", "There is no such checkout"


class CheckoutExpiredError(ConflictError):
    code, title = "checkout_expired", "The checkout has expired; its stock is no longer reserved"


class Paid(Enum):
    """What became of an order whose payment succeeded."""

    NOW = "now"
    BEFORE = "before"
    UNFULFILLABLE = "unfulfillable"
    """Its stock was released and sold to somebody else: the order is cancelled and the money must go back."""


@dataclass(frozen=True, slots=True)
class _Checkout:
    id: UUID
    cart_id: UUID
    user_id: UUID | None
    email: str
    currency: str
    total_amount: int
    status: str
    lapsed: bool


@dataclass(frozen=True, slots=True)
class _Order:
    id: UUID
    number: str
    status: str
    email: str
    currency: str
    total_amount: int


def place(connection: Connection, checkout_id: UUID, *, actor: str) -> UUID:
    """The order of a checkout, made now unless it exists; returns its id.

    Raises CheckoutNotFoundError and CheckoutExpiredError.
    """
    checkout = _lock_checkout(connection, checkout_id)
    existing = _order_of(connection, checkout_id)
    if existing is not None:
        return existing.id
    if checkout.status != "open" or checkout.lapsed:
        raise CheckoutExpiredError
    return _create(connection, checkout, actor=actor).id


def mark_paid(
    connection: Connection, checkout_id: UUID, *, payment_intent_id: str, paid_at: datetime
) -> tuple[UUID, Paid]:
    """The provider has the money for this checkout: the order is paid and its stock sold. Safe to call again.

    The order is made here when the browser never asked for it. A checkout that lapsed meanwhile gets its stock back if
    there is any. Returns the order's id and what became of it.
    """
    checkout = _lock_checkout(connection, checkout_id)
    order = _order_of(connection, checkout_id) or _create(connection, checkout, actor="payment")
    if checkout.status == "paid":
        return order.id, Paid.BEFORE
    if checkout.status in ("expired", "abandoned") and not _reserve_again(connection, checkout_id):
        if order.status == OrderStatus.PENDING:
            change_status(
                connection, order.id, OrderStatus.CANCELLED, actor="payment", reason="paid too late, sold out"
            )
        _attach_payment(connection, order.id, payment_intent_id)
        return order.id, Paid.UNFULFILLABLE
    stock.sell(connection, checkout_id, reference=order.id)
    connection.execute("UPDATE checkouts SET status = 'paid' WHERE id = %s", (checkout_id,))
    connection.execute(
        "UPDATE orders SET status = 'paid', payment_intent_id = %s, paid_at = %s, cancelled_at = NULL,"
        " version = version + 1 WHERE id = %s",
        (payment_intent_id, paid_at, order.id),
    )
    _log_change(connection, order.id, order.status, OrderStatus.PAID, actor="payment", reason=None)
    outbox.record(connection, _paid_event(connection, order, paid_at))
    return order.id, Paid.NOW


def mark_refunded(connection: Connection, order_id: UUID, *, in_full: bool) -> None:
    """The provider gave money back. Does nothing where the order's status says so already or forbids it."""
    after = OrderStatus.REFUNDED if in_full else OrderStatus.PARTIALLY_REFUNDED
    row = connection.execute("SELECT status FROM orders WHERE id = %s FOR UPDATE", (order_id,)).fetchone()
    if row is not None and after in LEGAL_MOVES[OrderStatus(row["status"])]:
        change_status(connection, order_id, after, actor="payment", reason=None)


def expire(connection: Connection, checkout_id: UUID) -> bool:
    """Release the stock of a checkout whose time is over; its unpaid order is cancelled. False where it is not over."""
    checkout = _lock_checkout(connection, checkout_id)
    if checkout.status not in ("open", "ordered") or not checkout.lapsed:
        return False
    give_up(connection, checkout_id, status="expired")
    order = _order_of(connection, checkout_id)
    if order is not None and order.status == OrderStatus.PENDING:
        change_status(connection, order.id, OrderStatus.CANCELLED, actor="system", reason="not paid in time")
    return True


def give_up(connection: Connection, checkout_id: UUID, *, status: str) -> None:
    """Release the checkout's stock and close it as `expired` or `abandoned`."""
    stock.release(connection, checkout_id)
    connection.execute("UPDATE checkouts SET status = %s WHERE id = %s", (status, checkout_id))


def change_status(
    connection: Connection,
    order_id: UUID,
    after: OrderStatus,
    *,
    actor: str,
    reason: str | None,
    by_hand: bool = False,
) -> None:
    """Move the order along its status machine, with an entry in its timeline and an event.

    Raises NotFoundError and IllegalStatusMoveError.
    """
    order = _lock_order(connection, order_id)
    before = OrderStatus(order.status)
    check_move(before, after, by_hand=by_hand)
    connection.execute(
        "UPDATE orders SET status = %s, version = version + 1,"
        " cancelled_at = CASE WHEN %s THEN now() ELSE cancelled_at END WHERE id = %s",
        (after.value, after is OrderStatus.CANCELLED, order_id),
    )
    _log_change(connection, order_id, before, after, actor=actor, reason=reason)
    outbox.record(
        connection,
        OrderStatusChanged(order_id=order_id, number=order.number, before=before.value, after=after.value),
    )


def _lock_checkout(connection: Connection, checkout_id: UUID) -> _Checkout:
    with connection.cursor(row_factory=class_row(_Checkout)) as cursor:
        checkout = cursor.execute(
            "SELECT id, cart_id, user_id, email, currency, total_amount, status, expires_at <= now() AS lapsed"
            " FROM checkouts WHERE id = %s FOR UPDATE",
            (checkout_id,),
        ).fetchone()
    if checkout is None:
        raise CheckoutNotFoundError
    return checkout


def _order_of(connection: Connection, checkout_id: UUID) -> _Order | None:
    with connection.cursor(row_factory=class_row(_Order)) as cursor:
        return cursor.execute(
            "SELECT id, number, status, email, currency, total_amount FROM orders WHERE checkout_id = %s FOR UPDATE",
            (checkout_id,),
        ).fetchone()


def _lock_order(connection: Connection, order_id: UUID) -> _Order:
    with connection.cursor(row_factory=class_row(_Order)) as cursor:
        order = cursor.execute(
            "SELECT id, number, status, email, currency, total_amount FROM orders WHERE id = %s FOR UPDATE",
            (order_id,),
        ).fetchone()
    if order is None:
        raise NotFoundError("There is no such order")
    return order


def _create(connection: Connection, checkout: _Checkout, *, actor: str) -> _Order:
    """Insert the order, its lines and its first timeline entry; empty the cart of what was ordered."""
    with connection.cursor(row_factory=class_row(_Order)) as cursor:
        order = None
        while order is None:  # a number that is taken is drawn again
            order = cursor.execute(
                "INSERT INTO orders (number, checkout_id, user_id, email, currency, subtotal_amount, shipping_amount,"
                " tax_amount, discount_amount, total_amount, shipping_address)"
                " SELECT %s, id, user_id, email, currency, subtotal_amount, shipping_amount, tax_amount,"
                " discount_amount, total_amount, shipping_address FROM checkouts WHERE id = %s"
                " ON CONFLICT (number) DO NOTHING RETURNING id, number, status, email, currency, total_amount",
                (_draw_number(), checkout.id),
            ).fetchone()
    connection.execute(
        "INSERT INTO order_items"
        " (order_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount)"
        " SELECT %s, variant_id, product_id, name, variant_title, sku, quantity, unit_amount"
        " FROM checkout_lines WHERE checkout_id = %s ORDER BY id",
        (order.id, checkout.id),
    )
    connection.execute("UPDATE checkouts SET status = 'ordered' WHERE id = %s AND status = 'open'", (checkout.id,))
    connection.execute(
        "DELETE FROM cart_items i USING checkout_lines l"
        " WHERE l.checkout_id = %s AND i.cart_id = %s AND i.variant_id = l.variant_id",
        (checkout.id, checkout.cart_id),
    )
    _log_change(connection, order.id, None, OrderStatus.PENDING, actor=actor, reason=None)
    outbox.record(connection, OrderPlaced(order_id=order.id, number=order.number))
    return order


def _draw_number() -> str:
    """About 49 bits of chance, such as `7K3MQ-9TXVB`."""
    groups = (
        "".join(secrets.choice(_NUMBER_ALPHABET) for _ in range(_NUMBER_GROUP_LENGTH)) for _ in range(_NUMBER_GROUPS)
    )
    return "-".join(groups)


def _reserve_again(connection: Connection, checkout_id: UUID) -> bool:
    rows: list[dict[str, Any]] = connection.execute(
        "SELECT variant_id, quantity FROM checkout_lines WHERE checkout_id = %s", (checkout_id,)
    ).fetchall()
    try:
        with connection.transaction():  # a savepoint: a shortage undoes what was taken so far
            stock.reserve(connection, checkout_id, {row["variant_id"]: row["quantity"] for row in rows})
    except stock.InsufficientStockError:
        return False
    return True


def _attach_payment(connection: Connection, order_id: UUID, payment_intent_id: str) -> None:
    connection.execute("UPDATE orders SET payment_intent_id = %s WHERE id = %s", (payment_intent_id, order_id))


def _log_change(
    connection: Connection,
    order_id: UUID,
    before: str | None,
    after: OrderStatus,
    *,
    actor: str,
    reason: str | None,
) -> None:
    connection.execute(
        "INSERT INTO order_status_changes (order_id, before, after, actor, reason) VALUES (%s, %s, %s, %s, %s)",
        (order_id, before, after.value, actor, reason),
    )


def _paid_event(connection: Connection, order: _Order, paid_at: datetime) -> OrderPaid:
    rows = connection.execute(
        "SELECT name, variant_title, quantity, unit_amount FROM order_items WHERE order_id = %s ORDER BY id",
        (order.id,),
    ).fetchall()
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
    )
