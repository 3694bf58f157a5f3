"""What an administrator does to an order by hand."""

from __future__ import annotations

from uuid import UUID

from functions.ordering.service import cancelling, shipments
from functions.ordering.service.orders import OrderDocument, document
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.transactions import order_records, orders
from shared.transactions.order_status import LEGAL_MOVES, MONEY_MOVES, OrderStatus


def moves_by_hand(status: str) -> list[str]:
    """Where an administrator can take an order of this status; money's own moves are a provider's."""
    return sorted(move.value for move in LEGAL_MOVES[OrderStatus(status)] - MONEY_MOVES)


def change(
    connection: Connection, order_id: UUID, after: OrderStatus, *, version: int, reason: str | None, admin_id: UUID
) -> OrderDocument:
    """Move the order along its status machine.

    Cancelling gives its stock and money back. What is `shipped` or `delivered` by hand left and arrived all at once,
    so that shipments and status tell the same. Raises OrderNotFoundError, VersionConflictError, IllegalStatusMoveError
    and AlreadyShippedError.
    """
    actor = f"admin:{admin_id}"
    if after is OrderStatus.CANCELLED:
        cancelling.cancel(connection, order_id, actor=actor, reason=reason, version=version, by_hand=True)
    else:
        orders.change_status(connection, order_id, after, actor=actor, reason=reason, version=version, by_hand=True)
    if after in (OrderStatus.SHIPPED, OrderStatus.DELIVERED):
        order = order_records.lock_order(connection, order_id)
        shipments.ship_rest(connection, order, actor=actor)
        if after is OrderStatus.DELIVERED:
            shipments.deliver_all(connection, order)
    changed = document(connection, order_id)
    before = [entry.before for entry in changed.timeline if entry.kind == "status"][-1]
    changes = {"status": (before, changed.row.status)}
    audit.record(connection, "order.status_changed", Subject("order", order_id), changes=changes, reason=reason)
    return changed
