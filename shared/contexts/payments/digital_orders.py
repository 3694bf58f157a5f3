"""Orders of which nothing is shipped are delivered by their payment: their files can be downloaded from then on."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.ordering import order_fulfilment, order_units
from shared.contexts.ordering.order_locks import lock_order
from shared.contexts.ordering.order_status import FulfilmentStatus, OrderState
from shared.contexts.payments import goods_clearance


def complete(connection: Connection, order_id: UUID, *, shipped_lines_refunded: bool = False) -> bool:
    """Mark the order as delivered where nothing of it is shipped and its goods may leave; returns whether it was.

    Called whenever that may have become true: the order was paid, its charge judged, a hold released, a dispute won,
    or lines that were to be shipped were refunded.
    """
    order = lock_order(connection, order_id)
    if order.requires_shipping and not shipped_lines_refunded:
        return False
    states = order.states
    before = (FulfilmentStatus.UNFULFILLED, FulfilmentStatus.PROCESSING)
    if states.state is not OrderState.OPEN or states.fulfilment_status not in before:
        return False
    units = order_units.of_order(connection, order_id)
    if any(unit.to_ship or unit.shipped for unit in units) or not any(unit.remaining for unit in units):
        return False
    if not goods_clearance.is_cleared(connection, order):
        return False
    after = replace(states, state=OrderState.COMPLETED, fulfilment_status=FulfilmentStatus.DELIVERED)
    order_fulfilment.set_states(connection, order, after, actor="system")
    return True
