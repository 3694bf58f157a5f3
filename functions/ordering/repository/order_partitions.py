"""SQL of the monthly partitions of orders."""

from __future__ import annotations

from typing import Final

from shared.clients.database import Connection

_EXTEND: Final = "SELECT extend_order_partitions(now(), now() + make_interval(months => %s)) AS created"


def extend(connection: Connection, *, months_ahead: int) -> int:
    """Create the partitions up to `months_ahead` months ahead; returns how many were missing.

    Raises psycopg.errors.LockNotAvailable where orders were locked by others for half a second, and other errors of
        psycopg where a partition cannot be created (docs/decisions/0016-order-partitions.md).
    """
    row = connection.execute(_EXTEND, (months_ahead,)).fetchone()
    assert row is not None
    created: int = row["created"]
    return created
