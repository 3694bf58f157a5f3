"""SQL of the months that orders lie in."""

from __future__ import annotations

from typing import Final

from shared.clients.database import Connection

_EXTEND: Final = "SELECT extend_order_partitions(now(), now() + make_interval(months => %s)) AS made"


def extend(connection: Connection, *, months_ahead: int) -> int:
    """Make the months up to so many ahead; returns how many were missing.

    Raises psycopg.errors.LockNotAvailable where orders were locked by others for half a second, and other errors of
    psycopg where a month cannot be made (docs/decisions/order-partitions.md).
    """
    row = connection.execute(_EXTEND, (months_ahead,)).fetchone()
    assert row is not None
    made: int = row["made"]
    return made
