"""Use cases of orders that join a caller's transaction: placing, paying, cancelling, expiring.

Locks are taken in one order everywhere, so that transactions do not deadlock: payment, cart, checkout, order, coupon,
stock. Browser and webhook both lock the checkout's row: whichever comes first, and however often, there is one order
with one status.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from uuid import UUID

from shared import outbox
from shared.clients.database import Connection
from shared.contexts.catalog import reservations, stock
from shared.contexts.ordering import coupons, order_units, order_writes, ordered_carts
from shared.contexts.ordering.order_locks import LockedOrder, OrderNotFoundError, lock_order
from shared.contexts.ordering.order_status import (
    FulfilmentStatus,
    OrderPaymentStatus,
    OrderState,
    OrderStatus,
    check_move,
    moves,
)
from shared.contexts.ordering.order_writes import CheckoutNotFoundError, LockedCheckout
from shared.errors import ConflictError, VersionConflictError

__all__ = [
    "CartBusyError",
    "CheckoutExpiredError",
    "CheckoutNotFoundError",
    "OrderNotFoundError",
    "PaymentOutcome",
    "abandon",
    "cancel",
    "check_version",
    "close_checkout",
    "expire",
    "mark_paid",
    "place",
]


class CartBusyError(Exception):
    """Somebody else is working on the cart of a checkout; nothing has changed, and the caller tries again later."""


class CheckoutExpiredError(ConflictError):
    code, title = "checkout_expired", "The checkout has expired; its stock is no longer reserved"


class PaymentOutcome(Enum):
    """The result of a successful payment for its order."""

    PAID = "paid"
    ALREADY_PAID = "already_paid"
    UNFULFILLABLE = "unfulfillable"
    """It was cancelled by hand, or paid too late and sold out: the order is cancelled, the money must be refunded."""


def place(connection: Connection, checkout_id: UUID, *, actor: str) -> UUID:
    """The order of a checkout, created unless it exists; returns its id.

    Raises CheckoutNotFoundError and CheckoutExpiredError.
    """
    ordered_carts.lock_of(connection, checkout_id)
    checkout = order_writes.lock_checkout(connection, checkout_id)
    existing = order_writes.lock_order_of(connection, checkout_id)
    if existing is not None:
        return existing.id
    if checkout.status != "open" or checkout.is_expired:
        raise CheckoutExpiredError
    return order_writes.create(connection, checkout, actor=actor).id


def mark_paid(
    connection: Connection, checkout_id: UUID, *, payment_intent_id: str | None, paid_at: datetime
) -> tuple[UUID, PaymentOutcome]:
    """Record the provider's payment of this checkout: the order is paid and its stock sold. Safe to call again.

    The order is created here if the browser never placed it. A checkout that expired meanwhile reserves its stock again
    if there is any. Without an intent the total was 0. Returns the order's id and the outcome.
    """
    ordered_carts.lock_of(connection, checkout_id)
    checkout = order_writes.lock_checkout(connection, checkout_id)
    order = order_writes.lock_order_of(connection, checkout_id) or order_writes.create(
        connection, checkout, actor="payment"
    )
    if checkout.status == "paid":
        return order.id, PaymentOutcome.ALREADY_PAID
    if not _holds_or_reserves_stock(connection, checkout, order):
        _refuse_payment(connection, order, payment_intent_id)
        return order.id, PaymentOutcome.UNFULFILLABLE
    if order.states.state is OrderState.CANCELLED:  # its expiry had filled the cart again
        ordered_carts.empty(connection, checkout_id)
    stock.sell(connection, checkout_id, reference=order.id)
    order_writes.pay(connection, order, payment_intent_id=payment_intent_id, paid_at=paid_at)
    outbox.record(connection, order_writes.paid_event(connection, order, paid_at))
    return order.id, PaymentOutcome.PAID


def expire(connection: Connection, checkout_id: UUID) -> bool:
    """Release the stock of an expired checkout, and cancel its unpaid order. False if it has not expired.

    What was ordered comes back into the cart. The caller may have locked the checkout, so the cart is not waited for:
    raises CartBusyError.
    """
    checkout = order_writes.lock_checkout(connection, checkout_id)
    if checkout.status not in ("open", "ordered") or not checkout.is_expired:
        return False
    if checkout.status == "ordered" and not ordered_carts.lock_if_free(connection, checkout.cart_id):
        raise CartBusyError
    order = order_writes.lock_order_of(connection, checkout_id)
    if order is not None and order.status is OrderStatus.PENDING:
        _cancel_unpaid(connection, order, actor="system", reason="not paid in time")
    close_checkout(connection, checkout_id, status="expired")
    return True


def abandon(connection: Connection, checkout_id: UUID, *, reason: str) -> bool:
    """Give up a checkout that cannot be paid any more: its stock is released, and its unpaid order is cancelled. False
    if it was paid or closed before. What was ordered comes back into the cart.
    """
    ordered_carts.lock_of(connection, checkout_id)
    checkout = order_writes.lock_checkout(connection, checkout_id)
    if checkout.status not in ("open", "ordered"):
        return False
    order = order_writes.lock_order_of(connection, checkout_id)
    if order is not None and order.status is OrderStatus.PENDING:
        _cancel_unpaid(connection, order, actor="payment", reason=reason)
    close_checkout(connection, checkout_id, status="abandoned")
    return True


def close_checkout(connection: Connection, checkout_id: UUID, *, status: str) -> None:
    """Close the checkout as `expired` or `abandoned`, and release its coupons and stock; the caller has locked it."""
    coupons.release(connection, checkout_id, closing_as=status)
    reservations.release(connection, checkout_id)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A cancelled order, and whether there is money of it to refund."""

    order: LockedOrder
    was_paid: bool


def cancel(
    connection: Connection,
    order_id: UUID,
    *,
    actor: str,
    reason: str | None,
    version: int | None = None,
) -> Cancellation | None:
    """Cancel an order of which nothing was handed over; None if it is cancelled already, unless a `version` is given.

    The reservation of an unpaid order is released, and the cart gets back what was ordered. What remains of a paid one
    goes back to stock (movements with the reason `cancelled`), its coupons can be used again, and the caller requests
    the refund. Raises OrderNotFoundError, VersionConflictError, InvalidTransitionError, AlreadyShippedError and
    AlreadyDownloadedError.
    """
    checkout = order_writes.lock_cart_and_checkout_of(connection, order_id)
    order = lock_order(connection, order_id)
    check_version(order, version)
    if order.states.state is OrderState.CANCELLED and version is None:
        return None
    if order.states.state is OrderState.CANCELLED or order.states.payment_status is OrderPaymentStatus.REFUNDED:
        check_move(order.status, OrderStatus.CANCELLED, [])
    if checkout.status != "paid":  # nothing leaves unpaid
        _cancel_unpaid(connection, order, actor=actor, reason=reason)
        close_checkout(connection, checkout.id, status="abandoned")
        return Cancellation(order, was_paid=False)
    in_parcels = (FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED)
    if order.states.fulfilment_status in in_parcels and order_units.handed_over(connection, order_id).is_shipped:
        legal = moves(order.states, left_to_ship=False, is_handed_over=True)
        check_move(order.status, OrderStatus.CANCELLED, legal)
    order_units.check_not_handed_over(connection, order_id)
    remaining: Counter[UUID] = Counter()
    for unit in order_units.of_order(connection, order_id):
        remaining[unit.variant_id] += unit.remaining
    after = replace(order.states, state=OrderState.CANCELLED)
    order_writes.change_states(connection, order, after, actor=actor, reason=reason)
    coupons.release(connection, checkout.id)
    stock.restock(connection, remaining, reference=order_id, reason="cancelled")
    return Cancellation(order, was_paid=True)


def check_version(order: LockedOrder, version: int | None) -> None:
    """Raises VersionConflictError."""
    if version is not None and version != order.version:
        raise VersionConflictError(current_version=order.version)


def _cancel_unpaid(connection: Connection, order: LockedOrder, *, actor: str, reason: str | None) -> None:
    """The caller holds the locks of cart and checkout."""
    after = replace(order.states, state=OrderState.CANCELLED)
    order_writes.change_states(connection, order, after, actor=actor, reason=reason)
    ordered_carts.refill(connection, order.checkout_id)


def _holds_or_reserves_stock(connection: Connection, checkout: LockedCheckout, order: LockedOrder) -> bool:
    """Whether the checkout holds its stock and its coupons, or could reserve and redeem them again.

    An order that was cancelled by hand stays cancelled, and so does one whose payment was refused before: its refund
    may be under way already.
    """
    if checkout.status in ("open", "ordered"):
        return True
    cancelled_by_hand = order.states.state is OrderState.CANCELLED and checkout.status == "abandoned"
    if cancelled_by_hand or order.payment_intent_id is not None:
        return False
    lines = connection.execute(
        "SELECT variant_id, quantity FROM checkout_lines WHERE checkout_id = %s", (checkout.id,)
    ).fetchall()
    try:
        with connection.transaction():  # a savepoint: a shortage undoes the reservations so far
            coupons.redeem_again(connection, checkout.id)
            reservations.reserve(connection, checkout.id, {row["variant_id"]: row["quantity"] for row in lines})
    except (coupons.CouponUsedUpError, stock.InsufficientStockError):
        return False
    return True


def _refuse_payment(connection: Connection, order: LockedOrder, payment_intent_id: str | None) -> None:
    if order.status is OrderStatus.PENDING:
        _cancel_unpaid(connection, order, actor="payment", reason="paid too late, sold out")
    connection.execute("UPDATE orders SET payment_intent_id = %s WHERE id = %s", (payment_intent_id, order.id))
