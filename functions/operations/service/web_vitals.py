"""Web vitals: counted as browsers tell them, read by staff, deleted after a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from functions.operations.domain.web_vitals import GOOD, PageKind, StepCount, VitalName, percentile, step_of
from functions.operations.repository import web_vitals
from shared import days
from shared.clients.database import Connection

KEPT_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Summary:
    """One vital of one kind of page; `percentile_75` in milliseconds, of `cls` without a unit."""

    page: PageKind
    name: VitalName
    percentile_75: float
    is_good: bool
    count: int


def record(connection: Connection, page: PageKind, values: dict[VitalName, float]) -> None:
    """Count what a browser measured of a page."""
    steps = {name: step_of(name, value) for name, value in values.items()}
    web_vitals.add(connection, days.today(), page, steps)


def summaries(connection: Connection, first: date, last: date) -> Sequence[Summary]:
    """By page and vital, of the days from `first` to `last`."""
    found = groupby(web_vitals.steps(connection, first, last), key=lambda row: (row.page, row.vital))
    return [_summary(page, name, [StepCount(row.step, row.count) for row in rows]) for (page, name), rows in found]


def delete_old(connection: Connection, batch: int) -> int:
    """Delete up to `batch` counts that were kept for long enough; returns how many."""
    return web_vitals.delete_old(connection, batch, first=days.today() - timedelta(days=KEPT_DAYS))


def _summary(page: PageKind, name: VitalName, counts: list[StepCount]) -> Summary:
    value = percentile(name, counts)
    return Summary(page, name, value, value <= GOOD[name], sum(one.count for one in counts))
