"""Placing orders, and what a provider's word does to them.

Locks are taken in one order by everybody, so that nobody deadlocks: payment, cart, checkout, order, coupon, stock.
Browser and webhook meet at the checkout's row: whoever comes first and however often, they end in one order with one
status.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Final
from uuid import UUID

from shared import outbox
from shared.clients.database import Connection
from shared.errors import ConflictError, VersionConflictError
from shared.events import OrderStatusChanged
from shared.transactions import coupons, stock
from shared.transactions import order_records as records
from shared.transactions.order_records import CheckoutNotFoundError, CheckoutRow, OrderNotFoundError, OrderRow
from shared.transactions.order_status import LEGAL_MOVES, OrderStatus, check_move

__all__ = [
    "CheckoutExpiredError",
    "CheckoutNotFoundError",
    "OrderNotFoundError",
    "Paid",
    "cancel",
    "change_status",
    "expire",
    "give_up",
    "mark_paid",
    "mark_refunded",
    "place",
]


_REFUND_RETURNS: Final = """
UPDATE returns t SET status = 'refunded', version = t.version + 1 FROM refunds r
WHERE t.order_id = %s AND t.status = 'received' AND r.request_id = t.refund_request_id AND r.status = 'succeeded'
"""


class CheckoutExpiredError(ConflictError):
    code, title = "checkout_expired", "The checkout has expired; its stock is no longer reserved"


class Paid(Enum):
    """What became of an order whose payment succeeded."""

    NOW = "now"
    BEFORE = "before"
    UNFULFILLABLE = "unfulfillable"
    """It was cancelled by hand, or too late and sold out: the order is cancelled and the money must go back."""


def place(connection: Connection, checkout_id: UUID, *, actor: str) -> UUID:
    """The order of a checkout, made now unless it exists; returns its id.

    Raises CheckoutNotFoundError and CheckoutExpiredError.
    """
    records.lock_cart_of(connection, checkout_id)
    checkout = records.lock_checkout(connection, checkout_id)
    existing = records.lock_order_of(connection, checkout_id)
    if existing is not None:
        return existing.id
    if checkout.status != "open" or checkout.lapsed:
        raise CheckoutExpiredError
    return records.create(connection, checkout, actor=actor).id


def mark_paid(
    connection: Connection, checkout_id: UUID, *, payment_intent_id: str | None, paid_at: datetime
) -> tuple[UUID, Paid]:
    """The provider has the money for this checkout: the order is paid and its stock sold. Safe to call again.

    The order is made here when the browser never asked for it. A checkout that lapsed meanwhile gets its stock back if
    there is any. Without an intent there was nothing to pay. Returns the order's id and what became of it.
    """
    records.lock_cart_of(connection, checkout_id)
    checkout = records.lock_checkout(connection, checkout_id)
    order = records.lock_order_of(connection, checkout_id) or records.create(connection, checkout, actor="payment")
    if checkout.status == "paid":
        return order.id, Paid.BEFORE
    if not _holds_its_stock(connection, checkout, order):
        _refuse_payment(connection, order, payment_intent_id)
        return order.id, Paid.UNFULFILLABLE
    stock.sell(connection, checkout_id, reference=order.id)
    records.pay(connection, order, payment_intent_id=payment_intent_id, paid_at=paid_at)
    outbox.record(connection, records.paid_event(connection, order, paid_at))
    return order.id, Paid.NOW


def mark_refunded(connection: Connection, order_id: UUID, *, in_full: bool) -> None:
    """The provider gave money back. Does nothing where the order's status says so already or forbids it.

    Returns whose refund is recorded as succeeded are refunded with it.
    """
    after = OrderStatus.REFUNDED if in_full else OrderStatus.PARTIALLY_REFUNDED
    order = records.lock_order(connection, order_id)
    connection.execute(_REFUND_RETURNS, (order_id,))
    if after in LEGAL_MOVES[OrderStatus(order.status)]:
        _move(connection, order, after, actor="payment", reason=None)


def expire(connection: Connection, checkout_id: UUID) -> bool:
    """Release the stock of a checkout whose time is over; its unpaid order is cancelled. False where it is not over."""
    checkout = records.lock_checkout(connection, checkout_id)
    if checkout.status not in ("open", "ordered") or not checkout.lapsed:
        return False
    order = records.lock_order_of(connection, checkout_id)
    if order is not None and order.status == OrderStatus.PENDING:
        _move(connection, order, OrderStatus.CANCELLED, actor="system", reason="not paid in time")
    give_up(connection, checkout_id, status="expired")
    return True


def give_up(connection: Connection, checkout_id: UUID, *, status: str) -> None:
    """Close the checkout as `expired` or `abandoned`, and release its coupons and stock; the caller has locked it."""
    coupons.release(connection, checkout_id, closing_as=status)
    stock.release(connection, checkout_id)


def cancel(
    connection: Connection,
    order_id: UUID,
    *,
    actor: str,
    reason: str | None,
    version: int | None = None,
    by_hand: bool = False,
) -> None:
    """Cancel an order that has not been shipped. What it holds of the stock is free again: the reservation of a pending
    order, the sold units of a paid one (movements with the reason `cancelled`). Its money is not touched here.

    Raises OrderNotFoundError, VersionConflictError and IllegalStatusMoveError.
    """
    checkout = records.lock_checkout_of(connection, order_id)
    order = records.lock_order(connection, order_id)
    _check_version(order, version)
    _move(connection, order, OrderStatus.CANCELLED, actor=actor, reason=reason, by_hand=by_hand)
    if checkout.status == "paid":
        coupons.release(connection, checkout.id)
        stock.restock(connection, reference=order_id, reason="cancelled")
    else:
        give_up(connection, checkout.id, status="abandoned")


def change_status(
    connection: Connection,
    order_id: UUID,
    after: OrderStatus,
    *,
    actor: str,
    reason: str | None,
    version: int | None = None,
    by_hand: bool = False,
) -> None:
    """Move the order along its status machine, with an entry in its timeline and an event. Use `cancel` to cancel.

    Raises OrderNotFoundError, VersionConflictError and IllegalStatusMoveError.
    """
    order = records.lock_order(connection, order_id)
    _check_version(order, version)
    _move(connection, order, after, actor=actor, reason=reason, by_hand=by_hand)


def _check_version(order: OrderRow, version: int | None) -> None:
    if version is not None and version != order.version:
        raise VersionConflictError(f"The order is at version {order.version}", version=order.version)


def _move(
    connection: Connection,
    order: OrderRow,
    after: OrderStatus,
    *,
    actor: str,
    reason: str | None,
    by_hand: bool = False,
) -> None:
    before = OrderStatus(order.status)
    check_move(before, after, by_hand=by_hand)
    connection.execute(
        "UPDATE orders SET status = %s, version = version + 1,"
        " cancelled_at = CASE WHEN %s THEN now() ELSE cancelled_at END WHERE id = %s",
        (after.value, after is OrderStatus.CANCELLED, order.id),
    )
    records.log_change(connection, order.id, before, after, actor=actor, reason=reason)
    outbox.record(
        connection,
        OrderStatusChanged(order_id=order.id, number=order.number, before=before.value, after=after.value),
    )


def _holds_its_stock(connection: Connection, checkout: CheckoutRow, order: OrderRow) -> bool:
    """Whether the checkout has its stock and its coupons, or has them again.

    An order that somebody cancelled stays cancelled, and so does one whose payment was refused before: its money may
    be on the way back already.
    """
    if checkout.status in ("open", "ordered"):
        return True
    cancelled_by_hand = order.status == OrderStatus.CANCELLED and checkout.status == "abandoned"
    if cancelled_by_hand or order.payment_intent_id is not None:
        return False
    wanted = connection.execute(
        "SELECT variant_id, quantity FROM checkout_lines WHERE checkout_id = %s", (checkout.id,)
    ).fetchall()
    try:
        with connection.transaction():  # a savepoint: a shortage undoes what was taken so far
            coupons.redeem_again(connection, checkout.id)
            stock.reserve(connection, checkout.id, {row["variant_id"]: row["quantity"] for row in wanted})
    except (coupons.CouponUsedUpError, stock.InsufficientStockError):
        return False
    return True


def _refuse_payment(connection: Connection, order: OrderRow, payment_intent_id: str | None) -> None:
    if order.status == OrderStatus.PENDING:
        _move(connection, order, OrderStatus.CANCELLED, actor="payment", reason="paid too late, sold out")
    connection.execute("UPDATE orders SET payment_intent_id = %s WHERE id = %s", (payment_intent_id, order.id))
