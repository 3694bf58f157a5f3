"""Placing an order."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from functions.ordering.domain.orders import OrderDocument
from functions.ordering.repository import checkouts
from functions.ordering.service import order_queries
from functions.ordering.service.owners import Owner
from shared.clients.database import Connection
from shared.contexts.ordering import orders
from shared.contexts.ordering.order_status import OrderStatus
from shared.contexts.ordering.orders import CheckoutNotFoundError
from shared.contexts.payments import digital_orders


def place(connection: Connection, owner: Owner, checkout_id: UUID) -> OrderDocument:
    """The order of the caller's checkout, created unless it exists.

    It is paid at once if its payment has succeeded already, or if its total is 0. Raises CheckoutNotFoundError (also
    for a checkout of another owner) and CheckoutExpiredError.
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
    document = order_queries.document(connection, order_id)
    is_digital_and_paid = document.row.status == OrderStatus.PAID and not document.row.requires_shipping
    if is_digital_and_paid and digital_orders.complete(connection, order_id):
        return order_queries.document(connection, order_id)
    return document
