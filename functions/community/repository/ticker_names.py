"""What tickers are called. One that has a name is known: a hashtag like it names it, and a code of six digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class NamedTicker(NamedTuple):
    id: UUID
    symbol: str
    market: str | None
    name: str | None
    name_zh: str | None


_LOCK: Final = "SELECT id, symbol, market, name, name_zh FROM tickers WHERE symbol = %s FOR NO KEY UPDATE"
_NAME: Final = "UPDATE tickers SET name = %s, name_zh = %s WHERE id = %s"


def locked(connection: Connection, symbol: str) -> NamedTicker:
    """The ticker of a canonical symbol that there is, locked until the transaction ends."""
    with connection.cursor(row_factory=args_row(NamedTicker)) as cursor:
        found = cursor.execute(_LOCK, (symbol,)).fetchone()
    if found is None:
        raise LookupError(symbol)
    return found


def name(connection: Connection, ticker_id: UUID, names: Sequence[str | None]) -> None:
    """The English name and the Chinese one, each or none."""
    connection.execute(_NAME, (*names, ticker_id))
