"""What an administrator does to an order by hand."""

from __future__ import annotations

from uuid import UUID

from functions.ordering.service.orders import OrderDocument, document
from shared.clients.database import Connection
from shared.transactions import orders
from shared.transactions.order_status import LEGAL_MOVES, MONEY_MOVES, OrderStatus


def moves_by_hand(status: str) -> list[str]:
    """Where an administrator can take an order of this status; money's own moves are a provider's."""
    return sorted(move.value for move in LEGAL_MOVES[OrderStatus(status)] - MONEY_MOVES)


def change(
    connection: Connection, order_id: UUID, after: OrderStatus, *, version: int, reason: str | None, admin_id: UUID
) -> OrderDocument:
    """Move the order along its status machine.

    Cancelling gives its stock back, of a paid order as well; the refund is the provider's word and comes apart.
    Raises OrderNotFoundError, VersionConflictError and IllegalStatusMoveError.
    """
    actor = f"admin:{admin_id}"
    if after is OrderStatus.CANCELLED:
        orders.cancel(connection, order_id, actor=actor, reason=reason, version=version, by_hand=True)
    else:
        orders.change_status(connection, order_id, after, actor=actor, reason=reason, version=version, by_hand=True)
    return document(connection, order_id)
