"""What messages need of orders and their payments, beside what events contain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

_ORDER: Final = """
SELECT CASE WHEN o.user_id IS NULL THEN o.created_at END AS guest_since, p.method
FROM ordering_orders o
LEFT JOIN payments_payments p ON p.order_id = o.id AND p.provider_payment_id = o.payment_intent_id
WHERE o.id = %s
"""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as messages show it."""

    guest_since: datetime | None
    """When a guest placed it; None for a customer's."""
    method: dict[str, Any] | None
    """The payment method (`type`, `brand`, `last4`, `wallet`); None where it is not known, or not yet."""


def by_id(connection: Connection, order_id: UUID) -> OrderRow | None:
    """None where there is no such order."""
    with connection.cursor(row_factory=class_row(OrderRow)) as cursor:
        return cursor.execute(_ORDER, (order_id,)).fetchone()
