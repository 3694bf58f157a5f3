"""May goods of this order leave now? Every way out asks this under the order's lock: shipments, downloads, statuses set
by hand. `tests/contract/test_goods_leave.py` lists the ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection
from shared.contexts.ordering.order_locks import LockedOrder, lock_order
from shared.contexts.ordering.order_status import OrderPaymentStatus, OrderState
from shared.errors import ConflictError

# The payment that paid the order; another one, which bought nothing, holds nothing back.
_HOLDS: Final = """
SELECT is_on_hold, is_disputed, is_unjudged, is_refunded FROM payments_holds
WHERE order_id = %s AND provider_payment_id = %s
"""


class NotShippableError(ConflictError):
    """Not paid, cancelled, or refunded. Carries `order_status`."""

    code, title = "not_shippable", "Nothing of an order of this status is handed over"


class OrderOnHoldError(ConflictError):
    code, title = "order_on_hold", "The order waits for the review of its payment"


class PaymentDisputedError(ConflictError):
    code, title = "payment_disputed", "The cardholder's bank asks for the order's money"


class PaymentUnjudgedError(ConflictError):
    code, title = "payment_not_judged", "The check of the order's payment is under way; try again in a minute"


@dataclass(frozen=True, slots=True)
class Holds:
    """What of its payment keeps an order's goods back."""

    is_on_hold: bool = False
    """A fraud hold: a review waits for a person or was rejected, or the charge was blocked."""
    is_disputed: bool = False
    is_unjudged: bool = False
    """The rules have not seen the charge yet."""
    is_refunded: bool = False
    """All of it has gone back, or is about to."""


def lock_cleared(connection: Connection, order_id: UUID) -> LockedOrder:
    """Lock the order and check it. Raises OrderNotFoundError, and as `check`."""
    order = lock_order(connection, order_id)
    check(connection, order)
    return order


def check(connection: Connection, order: LockedOrder) -> None:
    """Raises NotShippableError, PaymentDisputedError, OrderOnHoldError and PaymentUnjudgedError unless goods of the
    order, which is locked, may leave now.
    """
    check_status(order)
    found = holds(connection, order)
    if found.is_refunded:
        raise NotShippableError("The order is being refunded", order_status=order.status.value)
    if found.is_disputed:
        raise PaymentDisputedError
    if found.is_on_hold:
        raise OrderOnHoldError
    if found.is_unjudged:
        raise PaymentUnjudgedError


def check_status(order: LockedOrder) -> None:
    """The part of `check` that the order itself tells. Raises NotShippableError."""
    states = order.states
    is_paid = states.payment_status in (OrderPaymentStatus.PAID, OrderPaymentStatus.PARTIALLY_REFUNDED)
    if states.state is OrderState.CANCELLED or not is_paid:
        raise NotShippableError(f"The order is {states.status.value}", order_status=states.status.value)


def is_cleared(connection: Connection, order: LockedOrder) -> bool:
    """Whether `check` would raise nothing."""
    try:
        check(connection, order)
    except (NotShippableError, PaymentDisputedError, OrderOnHoldError, PaymentUnjudgedError):
        return False
    return True


def holds(connection: Connection, order: LockedOrder) -> Holds:
    """None of them where no payment paid the order: there was nothing to pay."""
    with connection.cursor(row_factory=class_row(Holds)) as cursor:
        return cursor.execute(_HOLDS, (order.id, order.payment_intent_id)).fetchone() or Holds()
