"""What a refund that arrived means for its order: for the units that are left, for stock, coupons and states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.catalog import stock
from shared.contexts.ordering import coupons, order_fulfilment, order_units
from shared.contexts.ordering.order_locks import lock_order
from shared.contexts.ordering.order_status import PAYMENT_TRANSITIONS, OrderPaymentStatus, OrderState
from shared.contexts.ordering.order_units import LineUnits

RESTOCK_REASON: Final = "refunded"

_REFUND_RETURNS: Final = """
WITH refunded AS (
    UPDATE returns t SET status = 'refunded', version = t.version + 1 FROM payments_refunds r
    WHERE t.order_id = %(order_id)s AND t.status = 'received' AND r.request_id = t.refund_request_id
        AND r.status = 'succeeded'
)
SELECT EXISTS (SELECT FROM invoices WHERE order_id = %(order_id)s) AS is_invoiced
"""
_COUNT: Final = """
UPDATE order_items i SET refunded_quantity = i.refunded_quantity + w.quantity,
    refunded_amount = i.refunded_amount + w.amount
FROM (
    SELECT order_item_id, sum(quantity)::int AS quantity, sum(amount)::bigint AS amount
    FROM unnest(%(items)s::uuid[], %(quantities)s::int[], %(amounts)s::bigint[]) AS u(order_item_id, quantity, amount)
    GROUP BY order_item_id
) w
WHERE i.order_id = %(order_id)s AND i.id = w.order_item_id
"""
_RETURN_AMOUNTS: Final = """
WITH t AS (
    UPDATE returns SET status = CASE WHEN %(is_due)s THEN status ELSE 'refunded' END, version = version + 1
    WHERE refund_request_id = %(request_id)s AND status = 'received' RETURNING id
)
UPDATE return_lines l SET refund_amount = coalesce(w.amount, 0)
FROM t JOIN return_lines m ON m.return_id = t.id
LEFT JOIN unnest(%(items)s::uuid[], %(amounts)s::bigint[]) AS w(order_item_id, amount)
    ON w.order_item_id = m.order_item_id
WHERE l.return_id = t.id AND l.order_item_id = m.order_item_id
"""


@dataclass(frozen=True, slots=True)
class RefundedUnits:
    """Units of a line whose refund arrived, what was refunded for them (minor units), and how many go back to stock."""

    order_item_id: UUID
    quantity: int
    amount: int
    restock_quantity: int


def record(
    connection: Connection,
    order_id: UUID,
    *,
    in_full: bool,
    lines: Sequence[RefundedUnits] = (),
    restocks_rest: bool = True,
) -> bool:
    """Record refunds that arrived, once each. `in_full`: all that was paid has gone back, so that nothing is handed
    over any more; what remained goes back to stock then, unless `restocks_rest` is false, and coupons can be used
    again.

    Returns whose refund is recorded as succeeded are refunded with it, and an order that has an invoice gets credit
    notes. An order that bought nothing, because it was
    cancelled before the money came, is only marked. The answer is whether files are all that remains of the order.
    """
    order = lock_order(connection, order_id)
    row = connection.execute(_REFUND_RETURNS, {"order_id": order_id}).fetchone()
    before = order.states
    after = OrderPaymentStatus.REFUNDED if in_full else OrderPaymentStatus.PARTIALLY_REFUNDED
    payment = after if after in PAYMENT_TRANSITIONS[before.payment_status] else before.payment_status
    states = replace(before, payment_status=payment)
    if before.payment_status is OrderPaymentStatus.UNPAID:
        order_fulfilment.set_states(connection, order, states, actor="payment")
        return False
    if lines:
        _count(connection, order_id, lines)
    units = order_units.of_order(connection, order_id)
    back = _restocked(units, lines)
    ends_now = payment is OrderPaymentStatus.REFUNDED and before.payment_status is not payment
    if ends_now and before.state is not OrderState.CANCELLED:
        coupons.release(connection, order.checkout_id)
        if restocks_rest:
            back.update({unit.variant_id: unit.remaining for unit in units if unit.remaining})
    if payment is OrderPaymentStatus.REFUNDED:
        units = [replace(unit, remaining=0) for unit in units]
    order_fulfilment.set_states(connection, order, order_fulfilment.following(states, units), actor="payment")
    if row is not None and row["is_invoiced"]:
        from shared.contexts.ordering import credit_notes  # of few orders is an invoice asked for

        credit_notes.issue_missing(connection, order_id)
    stock.restock(connection, back, reference=order_id, reason=RESTOCK_REASON)
    return any(unit.remaining for unit in units) and not any(unit.to_ship or unit.shipped for unit in units)


def record_return(connection: Connection, request_id: UUID, amounts: dict[UUID, int], *, is_due: bool) -> None:
    """Write what payments refunds for the lines of a return (minor units by line; no more for those that are left out).

    Where nothing is due, because all of it went back before, the return is closed as refunded. Does nothing for a
    request that no return made.
    """
    parameters = {
        "request_id": request_id,
        "items": list(amounts),
        "amounts": list(amounts.values()),
        "is_due": is_due,
    }
    connection.execute(_RETURN_AMOUNTS, parameters)


def _count(connection: Connection, order_id: UUID, lines: Sequence[RefundedUnits]) -> None:
    parameters = {
        "order_id": order_id,
        "items": [line.order_item_id for line in lines],
        "quantities": [line.quantity for line in lines],
        "amounts": [line.amount for line in lines],
    }
    connection.execute(_COUNT, parameters)


def _restocked(units: Sequence[LineUnits], lines: Sequence[RefundedUnits]) -> Counter[UUID]:
    """Units that go back to stock, by variant."""
    variants = {unit.id: unit.variant_id for unit in units}
    back: Counter[UUID] = Counter()
    for line in lines:
        if line.restock_quantity:
            back[variants[line.order_item_id]] += line.restock_quantity
    return back
