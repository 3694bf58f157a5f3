"""What people are interested in, and which tickers they watch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class WatchedRow(NamedTuple):
    symbol: str
    created_at: datetime


_REPLACE: Final = """
WITH removed AS (
    DELETE FROM user_interests WHERE user_id = %(user_id)s AND topic <> ALL(%(topics)s)
)
INSERT INTO user_interests (user_id, topic)
SELECT a.id, topic FROM identity_accounts a CROSS JOIN unnest(%(topics)s::text[]) AS topic WHERE a.id = %(user_id)s
ON CONFLICT DO NOTHING
"""
_WATCHED: Final = """
SELECT symbol, created_at FROM watchlist_items
WHERE user_id = %(user_id)s
  AND (created_at, symbol) < (coalesce(%(before)s::timestamptz, 'infinity'), coalesce(%(before_symbol)s::text, ''))
ORDER BY created_at DESC, symbol DESC LIMIT %(limit)s
"""
_WATCH: Final = """
WITH watched AS (
    INSERT INTO watchlist_items (user_id, symbol)
    SELECT a.id, %(symbol)s FROM identity_accounts a WHERE a.id = %(user_id)s
      AND (SELECT count(*) FROM watchlist_items w WHERE w.user_id = a.id) < %(most)s
    ON CONFLICT DO NOTHING RETURNING symbol, created_at
)
SELECT symbol, created_at FROM watched
UNION ALL SELECT symbol, created_at FROM watchlist_items WHERE user_id = %(user_id)s AND symbol = %(symbol)s
"""


def topics(connection: Connection, user_id: UUID) -> list[str]:
    """The person's interests."""
    rows = connection.execute("SELECT topic FROM user_interests WHERE user_id = %s ORDER BY topic", (user_id,))
    return [row["topic"] for row in rows]


def replace_topics(connection: Connection, user_id: UUID, chosen: Sequence[str]) -> None:
    """The person is interested in these and nothing else."""
    connection.execute(_REPLACE, {"user_id": user_id, "topics": list(chosen)})


def watched(connection: Connection, user_id: UUID, *, limit: int, after: Sequence[Any] | None) -> Sequence[WatchedRow]:
    """Tickers that the person watches, newest first."""
    before, before_symbol = after or (None, None)
    values = {"user_id": user_id, "before": before, "before_symbol": before_symbol, "limit": limit}
    with connection.cursor(row_factory=args_row(WatchedRow)) as cursor:
        return cursor.execute(_WATCHED, values).fetchall()


def watch(connection: Connection, user_id: UUID, symbol: str, *, most: int) -> WatchedRow | None:
    """The ticker, watched now or before; None where the list is full."""
    with connection.cursor(row_factory=args_row(WatchedRow)) as cursor:
        return cursor.execute(_WATCH, {"user_id": user_id, "symbol": symbol, "most": most}).fetchone()


def unwatch(connection: Connection, user_id: UUID, symbol: str) -> None:
    """The ticker is watched no longer."""
    connection.execute("DELETE FROM watchlist_items WHERE user_id = %s AND symbol = %s", (user_id, symbol))
