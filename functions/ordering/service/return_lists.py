"""Lists of returns: an order's, and everybody's for the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.ordering.repository import returns
from functions.ordering.repository.returns import ReturnRow
from functions.ordering.service import newest_first
from functions.ordering.service.returns import ReturnStatus
from shared.clients.database import Connection


def of_order(connection: Connection, order_id: UUID) -> Sequence[ReturnRow]:
    """Oldest first; whether the caller may see them has been checked."""
    return returns.of_order(connection, order_id)


def page(
    connection: Connection, status: ReturnStatus | None, *, before: UUID | None, limit: int
) -> tuple[Sequence[ReturnRow], UUID | None]:
    """Up to `limit` returns below an id, and the id to go on below (None at the end)."""
    rows = returns.page(connection, status=status.value if status else None, before=before, limit=limit + 1)
    return newest_first.cut(rows, limit)
