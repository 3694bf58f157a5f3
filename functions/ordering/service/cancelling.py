"""Cancelling an order before anything of it has left: its stock is free again, and its money goes back."""

from __future__ import annotations

from uuid import UUID, uuid4

from functions.ordering.errors import AlreadyShippedError
from functions.ordering.repository import orders as repository
from functions.ordering.repository import shipments
from shared import outbox
from shared.clients.database import Connection
from shared.events import RefundLine, RefundRequested
from shared.transactions import order_records, orders
from shared.transactions.order_status import OrderStatus


def cancel(
    connection: Connection,
    order_id: UUID,
    *,
    actor: str,
    reason: str | None,
    version: int | None = None,
    by_hand: bool = False,
) -> None:
    """Cancel the order; what was paid for it is asked back from payments, once.

    Whoever pays at the same time comes before or after: then there is money to give back, or payments gives back what
    came too late. Raises OrderNotFoundError, VersionConflictError, IllegalStatusMoveError and AlreadyShippedError.
    """
    checkout = order_records.lock_checkout_of(connection, order_id)
    orders.cancel(connection, order_id, actor=actor, reason=reason, version=version, by_hand=by_hand)
    if shipments.any_of(connection, order_id):
        raise AlreadyShippedError  # and nothing was done
    if checkout.status == "paid":
        _ask_for_refund(connection, order_id)


def cancel_once(connection: Connection, order_id: UUID, *, reason: str | None) -> None:
    """A customer's wish: an order that is cancelled already stays so, whoever did it. Raises as `cancel`."""
    order_records.lock_checkout_of(connection, order_id)
    if order_records.lock_order(connection, order_id).status != OrderStatus.CANCELLED:
        cancel(connection, order_id, actor="customer", reason=reason)


def _ask_for_refund(connection: Connection, order_id: UUID) -> None:
    """All that was paid; payments leaves out what it gave back before."""
    order = order_records.lock_order(connection, order_id)
    if order.total_amount == 0:
        return
    lines = repository.items(connection, order_id)
    outbox.record(
        connection,
        RefundRequested(
            request_id=uuid4(),
            order_id=order_id,
            amount=order.total_amount,
            currency=order.currency,
            reason="cancelled",
            lines=[
                RefundLine(order_item_id=line.id, quantity=line.quantity, amount=line.total_amount) for line in lines
            ],
        ),
    )
