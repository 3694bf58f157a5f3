"""Lists of orders, newest first: a customer's own, and everybody's for the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from functions.ordering.repository import orders
from functions.ordering.repository.orders import Filters, SummaryRow
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Position:
    """Sort values of the last order of a page."""

    created_at: datetime
    id: UUID

    @classmethod
    def parse(cls, values: list[str] | None) -> Position | None:
        """From a cursor's values."""
        return cls(datetime.fromisoformat(values[0]), UUID(values[1])) if values is not None else None

    def values(self) -> list[str]:
        return [self.created_at.isoformat(), str(self.id)]


def page(
    connection: Connection, filters: Filters, *, after: Position | None, limit: int
) -> tuple[Sequence[SummaryRow], Position | None]:
    """Up to `limit` orders, and where to go on (None at the end)."""
    start = (after.created_at, after.id) if after is not None else None
    rows = orders.summaries(connection, filters, after=start, limit=limit + 1)
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], Position(last.created_at, last.id)
