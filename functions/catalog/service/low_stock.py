"""Notices to the shop of variants that run out: once for each fall to the threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from functions.catalog.repository import low_stock
from functions.catalog.repository.low_stock import LowRow
from shared import outbox
from shared.contexts.catalog.events import StockLow

BATCH: Final = 250
"""Variants of one transaction, whose events are put on the bus after it."""


@dataclass(slots=True)
class StockNotices:
    """What one run notices."""

    fallen: int = 0
    risen: int = 0


def notice(time_is_left: Callable[[], bool]) -> StockNotices:
    """Look at what changed since the last run. The next run does what is left when the time is over."""
    notices = StockNotices()
    while time_is_left():
        with outbox.unit_of_work() as connection:
            risen = low_stock.reset_risen(connection, limit=BATCH)
            rows = low_stock.mark_fallen(connection, limit=BATCH)
            outbox.record_all(connection, [_event(row) for row in rows])
        notices.fallen += len(rows)
        notices.risen += risen
        if max(len(rows), risen) < BATCH:
            break
    return notices


def _event(row: LowRow) -> StockLow:
    return StockLow(
        variant_id=row.variant_id,
        product_id=row.product_id,
        name=" - ".join([row.product_name, *row.option_values]),
        sku=row.sku,
        available=row.available,
        threshold=row.threshold,
    )
