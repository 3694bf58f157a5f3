"""What the list's sort `popular` goes by: units sold in a quarter of a year, counted by schedule.

Sales do not count themselves: a product that many buy would make them wait for each other.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from functions.catalog.repository import popularity
from shared.clients import database

LATELY: Final = timedelta(days=90)
_BATCH: Final = 500
"""Products of one transaction."""


def refresh(now: datetime | None = None) -> int:
    """Bring every product's number up to date; returns how many changed."""
    since = (now or datetime.now(UTC)) - LATELY
    changed = popularity.changed(database.connection(), since=since)
    products = list(changed)
    written = 0
    for start in range(0, len(products), _BATCH):
        batch = {product_id: changed[product_id] for product_id in products[start : start + _BATCH]}
        with database.transaction() as connection:
            written += popularity.write(connection, batch)
    return written
