"""Lists of orders, newest first: a customer's own, and everybody's for the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.ordering.repository import orders
from functions.ordering.repository.orders import Filters, SummaryRow
from functions.ordering.service import newest_first
from shared.clients.database import Connection


def page(
    connection: Connection, filters: Filters, *, before: UUID | None, limit: int
) -> tuple[Sequence[SummaryRow], UUID | None]:
    """Up to `limit` orders below an id, and the id to go on below (None at the end)."""
    return newest_first.cut(orders.summaries(connection, filters, before=before, limit=limit + 1), limit)
