"""How much was sold lately, counted from orders into products."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.clients.database import Connection

# Orders are found by their ids, which begin with the time.
_CHANGED: Final = """
WITH sold AS (
    SELECT product_id, sum(quantity)::int AS units FROM ordering_purchases
    WHERE order_id >= %(since)s GROUP BY product_id
)
SELECT p.id, coalesce(sold.units, 0) AS units FROM products p LEFT JOIN sold ON sold.product_id = p.id
WHERE p.deleted_at IS NULL AND p.sold_count <> coalesce(sold.units, 0) ORDER BY p.id
"""

# What somebody is writing is left to the next count: neither waits for the other.
_WRITE: Final = """
UPDATE products p SET sold_count = new.units
FROM unnest(%(ids)s::uuid[], %(units)s::int[]) AS new(id, units)
JOIN (SELECT id FROM products WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) free USING (id)
WHERE p.id = new.id
"""


def changed(connection: Connection, *, since: datetime) -> dict[UUID, int]:
    """Units sold since then, of the products of which another number is known."""
    milliseconds = int(since.timestamp() * 1000)
    rows = connection.execute(_CHANGED, {"since": UUID(int=milliseconds << 80)})
    return {row["id"]: row["units"] for row in rows}


def write(connection: Connection, units: Mapping[UUID, int]) -> int:
    """Write the numbers down; returns how many could be."""
    return connection.execute(_WRITE, {"ids": list(units), "units": list(units.values())}).rowcount
