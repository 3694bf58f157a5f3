"""Telling the shop what is running out: once for each fall to the threshold, until there is more again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from functions.catalog.repository import low_stock
from functions.catalog.repository.low_stock import LowRow
from shared import outbox
from shared.events import StockLow

BATCH: Final = 250
"""Variants of one transaction, whose events are put on the bus after it."""


@dataclass(slots=True)
class Noticed:
    """What one run found."""

    fallen: int = 0
    risen: int = 0


def notice(time_is_left: Callable[[], bool]) -> Noticed:
    """Look at what changed since the last run. What is left when the time is over is found by the next one."""
    found = Noticed()
    while time_is_left():
        with outbox.unit_of_work() as connection:
            risen = low_stock.forget_risen(connection, limit=BATCH)
            rows = low_stock.take_fallen(connection, limit=BATCH)
            outbox.record_all(connection, [_event(row) for row in rows])
        found.fallen += len(rows)
        found.risen += risen
        if max(len(rows), risen) < BATCH:
            break
    return found


def _event(row: LowRow) -> StockLow:
    return StockLow(
        variant_id=row.variant_id,
        product_id=row.product_id,
        name=" - ".join([row.product_name, *row.option_values]),
        sku=row.sku,
        available=row.available,
        threshold=row.threshold,
    )
