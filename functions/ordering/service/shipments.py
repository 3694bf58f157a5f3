"""Parcels of an order: sending them, following them. The order's status goes after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from functions.ordering.carriers import Carrier, tracking_url
from functions.ordering.errors import NotShippableError, ShipmentNotFoundError, UnitsExceededError
from functions.ordering.repository import shipments
from functions.ordering.repository.orders import owner_of
from functions.ordering.repository.shipments import ShipmentRow, UnitsRow
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError, VersionConflictError
from shared.events import OrderDelivered, OrderDelivery, OrderShipped
from shared.transactions import order_holds, order_records, orders
from shared.transactions.order_records import OrderRow
from shared.transactions.order_status import LEGAL_MOVES, OrderStatus

SHIPPABLE: Final = frozenset({OrderStatus.PAID, OrderStatus.PROCESSING, OrderStatus.PARTIALLY_REFUNDED})


@dataclass(frozen=True, slots=True)
class Parcel:
    """How units travel."""

    carrier: Carrier
    tracking_number: str | None


@dataclass(frozen=True, slots=True)
class ShipmentChange:
    """What is None stays as it is."""

    carrier: Carrier | None
    tracking_number: str | None
    delivered: bool


def ship(
    connection: Connection, order_id: UUID, quantities: Mapping[UUID, int] | None, parcel: Parcel, *, actor: str
) -> ShipmentRow:
    """Send units of the order's lines, all that are left where none are named.

    The order is `processing` until its last unit has left, then `shipped`. Raises OrderNotFoundError,
    OrderOnHoldError, NotShippableError, UnitsExceededError and, for lines of another order, ValidationError.
    """
    order = order_records.lock_order(connection, order_id)
    order_holds.check_not_held(connection, order_id)
    if OrderStatus(order.status) not in SHIPPABLE:
        raise NotShippableError(f"The order is {order.status}", order_status=order.status)
    units = shipments.units(connection, order_id)
    wanted = dict(quantities) if quantities else _rest(units)
    check_units(wanted, {unit.id: unit.to_ship for unit in units})
    if not wanted:
        raise UnitsExceededError("Nothing is left to ship", lines=[])
    shipment, complete = _send(connection, order, units, wanted, parcel, actor=actor)
    after = OrderStatus.SHIPPED if complete else OrderStatus.PROCESSING
    if order.status != after:
        orders.change_status(connection, order_id, after, actor=actor, reason=None)
    audit.record(
        connection, "shipment.created", Subject("shipment", shipment.id), changes=audit.created(_told(shipment))
    )
    return shipment


def ship_rest(connection: Connection, order: OrderRow, *, actor: str) -> None:
    """An administrator says that the order left: what no shipment tells of left with a carrier that nobody named.

    Raises OrderOnHoldError.
    """
    order_holds.check_not_held(connection, order.id)
    units = shipments.units(connection, order.id)
    if wanted := _rest(units):
        _send(connection, order, units, wanted, Parcel(Carrier.OTHER, None), actor=actor)


def deliver_all(connection: Connection, order: OrderRow) -> None:
    """An administrator says that the order arrived."""
    shipments.deliver_all(connection, order.id)
    _tell_delivered(connection, order)


def change(
    connection: Connection, shipment_id: UUID, change: ShipmentChange, *, version: int, actor: str
) -> ShipmentRow:
    """Correct the tracking, or say that the parcel arrived. With the last one of a shipped order, the order has.

    Raises ShipmentNotFoundError, VersionConflictError and IllegalStatusMoveError.
    """
    found = shipments.find(connection, shipment_id)
    if found is None:
        raise ShipmentNotFoundError
    order = order_records.lock_order(connection, found.order_id)
    current = shipments.find(connection, shipment_id)
    assert current is not None
    if current.version != version:
        raise VersionConflictError(f"The shipment is at version {current.version}", version=current.version)
    shipments.update(
        connection,
        shipment_id,
        carrier=change.carrier or current.carrier,
        tracking_number=change.tracking_number or current.tracking_number,
        status="delivered" if change.delivered else current.status,
    )
    if change.delivered and current.status != "delivered":
        _follow_delivery(connection, order, actor=actor)
    changed = shipments.find(connection, shipment_id)
    assert changed is not None
    changes = audit.differences(_told(current), _told(changed))
    audit.record(connection, "shipment.changed", Subject("shipment", shipment_id), changes=changes)
    return changed


def check_units(wanted: Mapping[UUID, int], there: Mapping[UUID, int]) -> None:
    """Raises ValidationError for a line that is not the order's, and UnitsExceededError for more than there are."""
    unknown = [item for item in wanted if item not in there]
    if unknown:
        errors = [FieldError(field="body.lines", message=f"the order has no line {item}") for item in unknown]
        raise ValidationError("body.lines: not lines of this order", errors=errors)
    exceeded = {item: quantity for item, quantity in wanted.items() if quantity > there[item]}
    if exceeded:
        raise UnitsExceededError(
            "More units are wanted than are left",
            lines=[
                {"order_item_id": str(item), "wanted": quantity, "left": there[item]}
                for item, quantity in exceeded.items()
            ],
        )


def _told(shipment: ShipmentRow) -> dict[str, Any]:
    return audit.fields_of(shipment, without=["shipped_at"])


def _rest(units: Sequence[UnitsRow]) -> dict[UUID, int]:
    return {unit.id: unit.to_ship for unit in units if unit.to_ship}


def _send(
    connection: Connection,
    order: OrderRow,
    units: Sequence[UnitsRow],
    wanted: Mapping[UUID, int],
    parcel: Parcel,
    *,
    actor: str,
) -> tuple[ShipmentRow, bool]:
    """The shipment, and whether nothing is left."""
    shipment = shipments.insert(
        connection,
        order.id,
        wanted,
        carrier=parcel.carrier,
        tracking_number=parcel.tracking_number,
        actor=actor,
    )
    complete = wanted == _rest(units)
    event = OrderShipped(
        order_id=order.id,
        shipment_id=shipment.id,
        number=order.number,
        email=order.email,
        language=order.language,
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        tracking_url=tracking_url(shipment.carrier, shipment.tracking_number),
        lines=[
            OrderDelivery(
                name=" - ".join(part for part in (unit.name, unit.variant_title) if part), quantity=wanted[unit.id]
            )
            for unit in units
            if unit.id in wanted
        ],
        complete=complete,
    )
    outbox.record(connection, event)
    return shipment, complete


def _follow_delivery(connection: Connection, order: OrderRow, *, actor: str) -> None:
    """The order is delivered when everything has left and all of it has arrived."""
    left = any(unit.to_ship for unit in shipments.units(connection, order.id))
    on_the_way = any(shipment.status == "shipped" for shipment in shipments.of_order(connection, order.id))
    if left or on_the_way:
        return
    if OrderStatus.DELIVERED in LEGAL_MOVES[OrderStatus(order.status)]:
        orders.change_status(connection, order.id, OrderStatus.DELIVERED, actor=actor, reason=None)
    _tell_delivered(connection, order)


def _tell_delivered(connection: Connection, order: OrderRow) -> None:
    outbox.record(
        connection,
        OrderDelivered(
            order_id=order.id,
            number=order.number,
            email=order.email,
            language=order.language,
            user_id=owner_of(connection, order.id),
            delivered_at=datetime.now(UTC),
        ),
    )
