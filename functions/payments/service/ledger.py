"""The ledger as it stands, and closing its days."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from functions.payments.repository import ledger as repository
from functions.payments.repository.ledger import Filters, TransactionRow
from shared.clients.database import Connection


def transactions(
    connection: Connection, filters: Filters, *, after: UUID | None, limit: int
) -> tuple[list[TransactionRow], bool]:
    """A page of transactions, newest first, and whether more follow."""
    rows = repository.transactions(connection, filters, after=after, limit=limit + 1)
    return rows[:limit], len(rows) > limit


def balances(connection: Connection) -> list[dict[str, Any]]:
    """`account`, `currency` and `amount` of every account that is not empty."""
    return repository.balances(connection)


def close_day(connection: Connection, day: date) -> None:
    """Record the balances at the end of a day that has been over for longer than any transaction lasts."""
    repository.close_day(connection, day)
