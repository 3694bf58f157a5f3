"""The order's fulfilment follows its units: what left, what arrived, what was refunded before it left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from shared import outbox
from shared.clients.database import Connection
from shared.contexts.ordering import order_units, order_writes
from shared.contexts.ordering.events import OrderDelivered
from shared.contexts.ordering.order_locks import LockedOrder
from shared.contexts.ordering.order_status import (
    FULFILMENT_TRANSITIONS,
    FulfilmentStatus,
    OrderPaymentStatus,
    OrderState,
    OrderStates,
    check_transition,
)
from shared.contexts.ordering.order_units import LineUnits


def follow(connection: Connection, order: LockedOrder, *, actor: str, reason: str | None = None) -> LockedOrder:
    """Bring the states of an order, which is locked, to where its units are; the order as it is then."""
    units = order_units.of_order(connection, order.id)
    return set_states(connection, order, following(order.states, units), actor=actor, reason=reason)


def following(states: OrderStates, units: Sequence[LineUnits]) -> OrderStates:
    """The states that these units lead to. An order completes when nothing of it remains and nothing is in transit."""
    shipped, delivered = sum(unit.shipped for unit in units), sum(unit.delivered for unit in units)
    remaining = sum(unit.remaining for unit in units)
    fulfilment = states.fulfilment_status
    if shipped and fulfilment is not FulfilmentStatus.DELIVERED:
        if sum(unit.to_ship for unit in units):
            fulfilment = FulfilmentStatus.PARTIALLY_SHIPPED
        else:
            fulfilment = FulfilmentStatus.SHIPPED if shipped > delivered else FulfilmentStatus.DELIVERED
    is_over = fulfilment is FulfilmentStatus.DELIVERED or (not remaining and not shipped)
    completes = is_over and states.state is OrderState.OPEN and states.payment_status is not OrderPaymentStatus.UNPAID
    return replace(states, fulfilment_status=fulfilment, state=OrderState.COMPLETED if completes else states.state)


def set_states(
    connection: Connection, order: LockedOrder, after: OrderStates, *, actor: str, reason: str | None = None
) -> LockedOrder:
    """Write the states, and announce parcels that have all arrived. Raises InvalidTransitionError."""
    before = order.states.fulfilment_status
    check_transition(FULFILMENT_TRANSITIONS, before, after.fulfilment_status)
    changed = order_writes.change_states(connection, order, after, actor=actor, reason=reason)
    in_parcels = before in (FulfilmentStatus.PARTIALLY_SHIPPED, FulfilmentStatus.SHIPPED)
    if in_parcels and after.fulfilment_status is FulfilmentStatus.DELIVERED:
        outbox.record(
            connection,
            OrderDelivered(
                order_id=order.id,
                number=order.number,
                email=order.email,
                language=order.language,
                user_id=order.user_id,
                delivered_at=datetime.now(UTC),
            ),
        )
    return changed
