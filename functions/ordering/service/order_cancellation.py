"""Cancelling an order of which nothing was handed over: its stock is released, and its refund is requested."""

from __future__ import annotations

from uuid import UUID, uuid4

from functions.ordering.repository import order_details
from shared import outbox
from shared.clients.database import Connection
from shared.contexts.ordering import orders
from shared.contexts.ordering.events import RefundLine, RefundRequested
from shared.contexts.ordering.order_locks import LockedOrder
from shared.contexts.payments import goods_clearance
from shared.contexts.payments.goods_clearance import PaymentDisputedError


def cancel(connection: Connection, order_id: UUID, *, actor: str, reason: str | None, version: int) -> LockedOrder:
    """Cancel the order for an administrator, and request one refund of what was paid and is not refunded; returns the
    order as it was.

    A concurrent payment comes before, and is refunded by this request, or after, and payments refunds it as late.
    Raises OrderNotFoundError, VersionConflictError, InvalidTransitionError, AlreadyShippedError and
    AlreadyDownloadedError.
    """
    cancelled = _cancel(connection, order_id, actor=actor, reason=reason, version=version)
    assert cancelled is not None, "an order that is cancelled already is no legal move"
    return cancelled


def cancel_once(connection: Connection, order_id: UUID, *, reason: str | None) -> None:
    """Cancel the order for its customer; does nothing if it is cancelled already. Raises as `cancel`, and
    PaymentDisputedError: a bank decides about the money, and a refund would give it away twice.
    """
    cancelled = _cancel(connection, order_id, actor="customer", reason=reason, version=None)
    if cancelled is not None and goods_clearance.holds(connection, cancelled).is_disputed:
        raise PaymentDisputedError  # the transaction is rolled back


def _cancel(
    connection: Connection, order_id: UUID, *, actor: str, reason: str | None, version: int | None
) -> LockedOrder | None:
    """The order as it was, unless it is cancelled already."""
    cancellation = orders.cancel(connection, order_id, actor=actor, reason=reason, version=version)
    if cancellation is None:
        return None
    if cancellation.was_paid:
        _request_refund(connection, cancellation.order)
    return cancellation.order


def _request_refund(connection: Connection, order: LockedOrder) -> None:
    """Request all that was paid; payments leaves out what it refunded before."""
    if order.total_amount == 0:
        return
    lines = order_details.items(connection, order.id)
    outbox.record(
        connection,
        RefundRequested(
            request_id=uuid4(),
            order_id=order.id,
            amount=order.total_amount,
            currency=order.currency,
            reason="cancelled",
            lines=[
                RefundLine(order_item_id=line.id, quantity=line.quantity, amount=line.total_amount) for line in lines
            ],
        ),
    )
