"""The end of what is counted of networks (`reservation_limits`)."""

from __future__ import annotations

from typing import Final

from shared.clients.database import Connection
from shared.contexts.catalog.reservation_limits import IS_OVER

_PURGE: Final = f"""
DELETE FROM network_reservations WHERE (network, variant_id) IN (
    SELECT n.network, n.variant_id FROM network_reservations n
    WHERE {IS_OVER} AND NOT EXISTS (
        SELECT FROM stock_reservations r WHERE r.network = n.network AND r.variant_id = n.variant_id
    )
    ORDER BY n.since LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
"""


def purge(connection: Connection, batch: int) -> int:
    """Delete what is counted of networks that hold nothing any more and whose hour is over; returns how many rows."""
    return connection.execute(_PURGE, {"batch": batch}).rowcount
