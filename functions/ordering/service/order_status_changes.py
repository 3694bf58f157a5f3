"""Changes of an order's status by an administrator."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from functions.ordering.domain.orders import OrderDocument
from functions.ordering.service import order_cancellation, order_queries, shipments
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.ordering import order_fulfilment, order_locks, order_units, orders
from shared.contexts.ordering.order_locks import LockedOrder
from shared.contexts.ordering.order_status import FulfilmentStatus, OrderState, OrderStatus, check_move, moves
from shared.contexts.payments import goods_clearance


def change(
    connection: Connection, order_id: UUID, after: OrderStatus, *, version: int, reason: str | None, admin_id: UUID
) -> OrderDocument:
    """Bring the order to where this status says it is, as far as that can be done by hand.

    Cancelling releases its stock and requests its refund. `shipped` ships the remaining units, and `delivered` delivers
    all shipments, or an order of which nothing is shipped, so that shipments agree with the status. Raises
    OrderNotFoundError, VersionConflictError, InvalidTransitionError, AlreadyShippedError, AlreadyDownloadedError, and
    where goods would leave, as `goods_clearance.check`.
    """
    actor = f"admin:{admin_id}"
    if after is OrderStatus.CANCELLED:
        order = order_cancellation.cancel(connection, order_id, actor=actor, reason=reason, version=version)
    else:
        order = order_locks.lock_order(connection, order_id)
        orders.check_version(order, version)
        _move(connection, order, after, actor=actor, reason=reason)
    document = order_queries.document(connection, order_id)
    _record(connection, order, document.row.status, reason)
    return document


def advance(connection: Connection, order_id: UUID, after: OrderStatus, *, reason: str | None, admin_id: UUID) -> bool:
    """As `change`, whatever the version, for one of several orders; False where it is there already. Does not cancel.

    Raises as `change`.
    """
    order = order_locks.lock_order(connection, order_id)
    if order.status is after:
        return False
    _move(connection, order, after, actor=f"admin:{admin_id}", reason=reason)
    _record(connection, order, order_locks.lock_order(connection, order_id).status.value, reason)
    return True


def _record(connection: Connection, before: LockedOrder, status: str, reason: str | None) -> None:
    changes = audit.differences({"status": before.status.value}, {"status": status, "note": reason})
    audit.record(connection, "order.status_changed", Subject("order", before.id), changes=changes)


def _move(connection: Connection, order: LockedOrder, after: OrderStatus, *, actor: str, reason: str | None) -> None:
    units = order_units.of_order(connection, order.id)
    legal = moves(
        order.states,
        left_to_ship=any(unit.to_ship for unit in units),
        is_handed_over=any(unit.handed_over for unit in units),
    )
    check_move(order.status, after, legal)
    if after is OrderStatus.PROCESSING:
        states = replace(order.states, fulfilment_status=FulfilmentStatus.PROCESSING)
    elif after is OrderStatus.SHIPPED:
        shipments.ship_rest(connection, order, units, actor=actor)
        order_fulfilment.follow(connection, order, actor=actor, reason=reason)
        return
    else:
        if order.states.fulfilment_status is FulfilmentStatus.SHIPPED:
            shipments.deliver_all(connection, order)
        else:
            goods_clearance.check(connection, order)
        states = replace(order.states, fulfilment_status=FulfilmentStatus.DELIVERED, state=OrderState.COMPLETED)
    order_fulfilment.set_states(connection, order, states, actor=actor, reason=reason)
