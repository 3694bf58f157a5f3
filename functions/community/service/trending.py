"""What is trending: refreshed every hour."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from functions.community.repository import ranks, topics
from functions.community.repository.topics import TrendingRow
from shared.clients import database
from shared.clients.database import Connection

STATEMENT_SECONDS: Final = 270
"""Less than the function has, so that it ends with an error of the database's, and not in the middle of one."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """`is_done` is false where another run was at it."""

    is_done: bool
    milliseconds: int


def refresh() -> Refreshed:
    """Compute what is trending anew, unless another run does; readers see the result of the last run meanwhile. Ranks
    of hours ago are deleted with it.
    """
    started = time.monotonic()
    with database.transaction() as connection:
        if not topics.lock_refresh(connection):
            return Refreshed(False, 0)
        topics.refresh_trending(connection, seconds=STATEMENT_SECONDS)
        ranks.delete_old(connection)
    return Refreshed(True, round((time.monotonic() - started) * 1000))


def tickers(connection: Connection, *, limit: int) -> list[TrendingRow]:
    """The steepest first."""
    return topics.trending(connection, limit=limit)
