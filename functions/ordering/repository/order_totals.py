"""SQL of what a customer's orders come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

# The customer's orders are found by the keys: they are in one table, and the orders in one for each month.
_TOTALS: Final = """
SELECT o.currency, count(*)::int AS order_count, count(o.paid_at)::int AS paid_order_count,
    coalesce(sum(o.total_amount) FILTER (WHERE o.paid_at IS NOT NULL), 0)::bigint AS paid_amount,
    coalesce(sum(back.amount), 0)::bigint AS refunded_amount, max(o.created_at) AS last_order_at
FROM order_keys k JOIN orders o ON o.id = k.order_id
LEFT JOIN LATERAL (
    SELECT sum(f.amount) AS amount FROM payments_refunds f WHERE f.order_id = o.id AND f.status = 'succeeded'
) back ON true
WHERE k.user_id = %s GROUP BY o.currency ORDER BY paid_amount DESC, o.currency
"""


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """A customer's orders in one currency; amounts in its minor units."""

    currency: str
    order_count: int
    paid_order_count: int
    paid_amount: int
    refunded_amount: int
    last_order_at: datetime


def of_user(connection: Connection, user_id: UUID) -> list[TotalsRow]:
    """One row for each currency, that of the largest amount first."""
    with connection.cursor(row_factory=class_row(TotalsRow)) as cursor:
        return cursor.execute(_TOTALS, (user_id,)).fetchall()
