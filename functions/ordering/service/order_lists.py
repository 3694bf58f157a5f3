"""Lists of orders, newest first: a customer's own, and everybody's for the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.ordering.repository import orders
from functions.ordering.repository.orders import Filters, SummaryRow
from shared.clients.database import Connection


def page(
    connection: Connection, filters: Filters, *, after: list[str] | None, limit: int
) -> tuple[Sequence[SummaryRow], list[str] | None]:
    """Up to `limit` orders after those of a cursor's values, and the values to go on with (None at the end)."""
    rows = orders.summaries(connection, filters, after=UUID(after[0]) if after is not None else None, limit=limit + 1)
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], [str(rows[limit - 1].id)]
