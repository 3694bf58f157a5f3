"""The lock of an order, under which its parts change: shipments, downloads, refunds, returns.

It is FOR NO KEY UPDATE: orders are never deleted, and foreign keys may refer to them meanwhile. Its place in the order
of locks is in `shared.contexts.ordering.orders`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection
from shared.contexts.ordering.order_status import (
    FulfilmentStatus,
    OrderPaymentStatus,
    OrderState,
    OrderStates,
    OrderStatus,
)
from shared.errors import NotFoundError

COLUMNS: Final = (
    "id, number, checkout_id, user_id, state, payment_status, fulfilment_status, requires_shipping, version, email,"
    " language, currency, total_amount, payment_intent_id"
)


class OrderNotFoundError(NotFoundError):
    code, title = "order_not_found", "There is no such order"


@dataclass(frozen=True, slots=True)
class LockedOrder:
    """An order, locked."""

    id: UUID
    number: str
    checkout_id: UUID
    user_id: UUID | None
    state: str
    payment_status: str
    fulfilment_status: str
    requires_shipping: bool
    """Whether any of its lines is shipped."""
    version: int
    email: str
    language: str
    currency: str
    total_amount: int
    payment_intent_id: str | None

    @property
    def states(self) -> OrderStates:
        return OrderStates(
            OrderState(self.state), OrderPaymentStatus(self.payment_status), FulfilmentStatus(self.fulfilment_status)
        )

    @property
    def status(self) -> OrderStatus:
        return self.states.status


def lock_order(connection: Connection, order_id: UUID) -> LockedOrder:
    """Raises OrderNotFoundError."""
    with connection.cursor(row_factory=class_row(LockedOrder)) as cursor:
        order = cursor.execute(
            f"SELECT {COLUMNS} FROM orders WHERE id = %s FOR NO KEY UPDATE",
            (order_id,),
        ).fetchone()
    if order is None:
        raise OrderNotFoundError
    return order
