"""Daily computation of which products go together."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from functions.discovery.repository import neighbours
from shared.clients import database
from shared.clients.database import Connection

PERIOD: Final = timedelta(days=365)
"""What was bought longer ago says little about what goes together now."""
STATEMENT_SECONDS: Final = 840
"""Less than the function has, so that it ends with an error of the database's, and not in the middle of one."""
_BATCH: Final = 2_000
"""Products of one statement: what it works on has room in memory."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The result of one run: products on sale, and those of them that have neighbours."""

    products: int
    with_neighbours: int
    milliseconds: int


def refresh(now: datetime | None = None) -> Refreshed:
    """Compute the neighbours of every product on sale, unless another run is doing that.

    One transaction: until its end readers see the result of the last run.
    """
    started = time.monotonic()
    since = (now or datetime.now(UTC)) - PERIOD
    with database.transaction() as connection:
        if not neighbours.lock_refresh(connection):
            return Refreshed(0, 0, 0)
        products, with_neighbours = compute(connection, since=since)
    return Refreshed(products, with_neighbours, round((time.monotonic() - started) * 1000))


def compute(connection: Connection, *, since: datetime) -> tuple[int, int]:
    """Compute all neighbours in the caller's transaction, from orders since then and from what products are.

    Returns how many products are on sale, and how many of them have neighbours.
    """
    neighbours.raise_limits(connection, seconds=STATEMENT_SECONDS)
    products = neighbours.prepare(connection, since=since)
    for start in range(0, products, _BATCH):
        neighbours.compute(connection, after=start, until=start + _BATCH)
    return products, neighbours.delete_outdated(connection)
