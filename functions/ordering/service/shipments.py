"""Shipping an order, and tracking its shipments. The order's status follows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from functions.ordering.domain.carriers import Carrier, carrier_name, tracking_url
from functions.ordering.domain.order_units import check_units
from functions.ordering.domain.shipments import ShipmentRow, ShipmentUpdate, Tracking
from functions.ordering.errors import ShipmentNotFoundError, UnitsExceededError
from functions.ordering.repository import shipments
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.ordering import order_fulfilment, order_locks, order_units
from shared.contexts.ordering.events import OrderDelivery, OrderShipped
from shared.contexts.ordering.order_locks import LockedOrder
from shared.contexts.ordering.order_status import FulfilmentStatus
from shared.contexts.ordering.order_units import LineUnits
from shared.contexts.payments import goods_clearance
from shared.contexts.payments.goods_clearance import NotShippableError
from shared.errors import VersionConflictError


def ship(
    connection: Connection, order_id: UUID, quantities: Mapping[UUID, int] | None, tracking: Tracking, *, actor: str
) -> ShipmentRow:
    """Ship units of the order's lines, all remaining ones if `quantities` is None.

    The order is partly shipped until its last unit is shipped, then shipped. Raises OrderNotFoundError, as
    `goods_clearance.check`, UnitsExceededError and, for lines of another order, ValidationError.
    """
    order = goods_clearance.lock_cleared(connection, order_id)
    if order.states.fulfilment_status in (FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED):
        raise NotShippableError(f"The order is {order.status.value}", order_status=order.status.value)
    units = order_units.of_order(connection, order_id)
    requested = dict(quantities) if quantities else _unshipped(units)
    check_units(requested, {unit.id: unit.to_ship for unit in units})
    if not requested:
        raise UnitsExceededError("Nothing is left to ship", lines=[])
    shipment = _create(connection, order, units, requested, tracking, actor=actor)
    order_fulfilment.follow(connection, order, actor=actor)
    audit.record(
        connection, "shipment.created", Subject("shipment", shipment.id), changes=audit.created(_audited(shipment))
    )
    return shipment


def ship_rest(connection: Connection, order: LockedOrder, units: Sequence[LineUnits], *, actor: str) -> None:
    """Ship the remaining units of an order that an administrator marks as shipped, by an unnamed carrier.

    Raises as `goods_clearance.check`.
    """
    goods_clearance.check(connection, order)
    _create(connection, order, units, _unshipped(units), Tracking(Carrier.OTHER, None), actor=actor)


def deliver_all(connection: Connection, order: LockedOrder) -> None:
    """Mark all shipments of an order as delivered, because an administrator marks the order so."""
    shipments.deliver_all(connection, order.id)


def change(
    connection: Connection, shipment_id: UUID, update: ShipmentUpdate, *, version: int, actor: str
) -> ShipmentRow:
    """Correct the tracking, or mark the shipment as delivered. The order is delivered with its last shipment.

    A parcel on its way arrives whatever holds the order back. Raises ShipmentNotFoundError and VersionConflictError.
    """
    unlocked = shipments.find(connection, shipment_id)
    if unlocked is None:
        raise ShipmentNotFoundError
    order = order_locks.lock_order(connection, unlocked.order_id)
    current = shipments.find(connection, shipment_id)
    assert current is not None
    if current.version != version:
        raise VersionConflictError(current_version=current.version)
    shipments.update(
        connection,
        shipment_id,
        carrier=update.carrier or current.carrier,
        tracking_number=update.tracking_number or current.tracking_number,
        status="delivered" if update.delivered else current.status,
    )
    if update.delivered and current.status != "delivered":
        order_fulfilment.follow(connection, order, actor=actor)
    changed = shipments.find(connection, shipment_id)
    assert changed is not None
    changes = audit.differences(_audited(current), _audited(changed))
    audit.record(connection, "shipment.changed", Subject("shipment", shipment_id), changes=changes)
    return changed


def _audited(shipment: ShipmentRow) -> dict[str, Any]:
    return audit.fields_of(shipment, without=["shipped_at"])


def _unshipped(units: Sequence[LineUnits]) -> dict[UUID, int]:
    return {unit.id: unit.to_ship for unit in units if unit.to_ship}


def _create(
    connection: Connection,
    order: LockedOrder,
    units: Sequence[LineUnits],
    quantities: Mapping[UUID, int],
    tracking: Tracking,
    *,
    actor: str,
) -> ShipmentRow:
    shipment = shipments.insert(
        connection,
        order.id,
        quantities,
        carrier=tracking.carrier,
        tracking_number=tracking.tracking_number,
        actor=actor,
    )
    event = OrderShipped(
        order_id=order.id,
        shipment_id=shipment.id,
        number=order.number,
        email=order.email,
        language=order.language,
        carrier=shipment.carrier,
        carrier_name=carrier_name(shipment.carrier),
        tracking_number=shipment.tracking_number,
        tracking_url=tracking_url(shipment.carrier, shipment.tracking_number),
        lines=[
            OrderDelivery(
                name=" - ".join(part for part in (unit.name, unit.variant_title) if part), quantity=quantities[unit.id]
            )
            for unit in units
            if unit.id in quantities
        ],
        complete=quantities == _unshipped(units),
    )
    outbox.record(connection, event)
    return shipment
