"""Use cases of orders: placing one, and reading one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from functions.ordering.repository import checkouts, shipments, timeline
from functions.ordering.repository import orders as repository
from functions.ordering.repository.orders import ItemRow, OrderRow
from functions.ordering.repository.shipments import ShipmentRow
from functions.ordering.repository.timeline import EntryRow
from functions.ordering.service.access import Visitor
from functions.ordering.service.owners import Owner
from shared import order_links
from shared.clients.database import Connection
from shared.transactions import orders
from shared.transactions.orders import CheckoutNotFoundError, OrderNotFoundError


@dataclass(frozen=True, slots=True)
class OrderDocument:
    """An order with its lines, its shipments and its timeline."""

    row: OrderRow
    items: list[ItemRow]
    shipments: list[ShipmentRow]
    timeline: list[EntryRow]

    @property
    def link_token(self) -> str | None:
        """What opens a guest's order without an account; None for a customer's."""
        if self.row.user_id is not None:
            return None
        return order_links.encode(self.row.id, self.row.created_at)


def place(connection: Connection, owner: Owner, checkout_id: UUID) -> OrderDocument:
    """The order of the caller's checkout, the same one however often it is asked for.

    Money that has arrived already, or a total of nothing, makes it paid at once. Raises CheckoutNotFoundError (also for
    somebody else's) and CheckoutExpiredError.
    """
    access = checkouts.access(connection, checkout_id)
    if access is None or not owner.owns(user_id=access.user_id, cart_id=access.cart_id):
        raise CheckoutNotFoundError
    if access.paid_by is not None:
        paid_at = access.paid_at or datetime.now(UTC)
        order_id, _ = orders.mark_paid(connection, checkout_id, payment_intent_id=access.paid_by, paid_at=paid_at)
    else:
        order_id = orders.place(connection, checkout_id, actor="customer")
        if access.total_amount == 0:
            orders.mark_paid(connection, checkout_id, payment_intent_id=None, paid_at=datetime.now(UTC))
    return document(connection, order_id)


def show(connection: Connection, visitor: Visitor, order_id: UUID) -> OrderDocument:
    """A customer's own order, or the one that a link opens.

    Raises OrderNotFoundError, and NotAuthenticatedError where the caller shows neither.
    """
    visitor.identify()
    if visitor.has_link(order_id):
        return document(connection, order_id)
    row = repository.detail(connection, order_id) if visitor.user_id is not None else None
    if row is None or row.user_id != visitor.user_id:
        raise OrderNotFoundError
    return _with_parts(connection, row)


def document(connection: Connection, order_id: UUID) -> OrderDocument:
    """The order, whoever's it is. Raises OrderNotFoundError."""
    row = repository.detail(connection, order_id)
    if row is None:
        raise OrderNotFoundError
    return _with_parts(connection, row)


def _with_parts(connection: Connection, row: OrderRow) -> OrderDocument:
    return OrderDocument(
        row,
        repository.items(connection, row.id),
        shipments.of_order(connection, row.id) if row.has_shipments else [],
        timeline.of_order(connection, row.id),
    )
