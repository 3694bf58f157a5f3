"""Where an order is delivered to, corrected by staff before anything leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from functions.ordering.domain.orders import OrderDocument
from functions.ordering.domain.places import Place
from functions.ordering.errors import AddressIsFixedError, DestinationDiffersError
from functions.ordering.repository import order_details
from functions.ordering.service import order_queries
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.ordering import order_locks, order_units, order_writes, orders
from shared.contexts.ordering.order_locks import LockedOrder
from shared.contexts.ordering.order_status import OrderState


def correct(connection: Connection, order_id: UUID, address: dict[str, Any], *, version: int) -> OrderDocument:
    """Deliver it to another address of the same country and region: delivery and tax were priced for those.

    Raises OrderNotFoundError, VersionConflictError, AddressIsFixedError (nothing of it is shipped, or no longer) and
    DestinationDiffersError.
    """
    order = order_locks.lock_order(connection, order_id)
    orders.check_version(order, version)
    row = order_details.detail(connection, order_id)
    before = row.shipping_address if row else None
    if before is None or not _can_be_corrected(connection, order):
        raise AddressIsFixedError
    if _destination(before) != _destination(address):
        raise DestinationDiffersError(country=before["country"], region=before.get("region"))
    if before != address:
        order_writes.change_shipping_address(connection, order_id, address)
        changes = {"address": (before, address)}  # withheld: the log tells that it changed
        audit.record(connection, "order.address_corrected", Subject("order", order_id), changes=changes)
    return order_queries.document(connection, order_id)


def _can_be_corrected(connection: Connection, order: LockedOrder) -> bool:
    is_open = order.states.state is OrderState.OPEN and order.requires_shipping
    return is_open and not any(unit.handed_over for unit in order_units.of_order(connection, order.id))


def _destination(address: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    place = Place(address["country"], address.get("region"))
    return place.country, tuple(place.region_codes or place.region_keys)
