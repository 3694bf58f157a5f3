"""SQL of web vitals. A row counts a step of one vital, on one kind of page, on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from psycopg.rows import class_row

from functions.operations.domain.web_vitals import PageKind, VitalName
from shared.clients.database import Connection

# In one order, so that two reports at once do not wait for each other in turn.
_ADD: Final = """
INSERT INTO web_vitals AS v (day, page, vital, step, count)
SELECT %(day)s, %(page)s, vital, step, 1 FROM unnest(%(vitals)s::text[], %(steps)s::int[]) AS told (vital, step)
ORDER BY vital
ON CONFLICT (day, page, vital, step) DO UPDATE SET count = v.count + 1
"""
_STEPS: Final = """
SELECT page, vital, step, sum(count)::bigint AS count FROM web_vitals WHERE day BETWEEN %s AND %s
GROUP BY page, vital, step ORDER BY page, vital, step
"""
_DELETE_OLD: Final = """
WITH due AS MATERIALIZED (
    SELECT day, page, vital, step FROM web_vitals WHERE day < %(first)s ORDER BY day, page, vital, step LIMIT %(batch)s
    FOR UPDATE SKIP LOCKED
)
DELETE FROM web_vitals v USING due
WHERE (v.day, v.page, v.vital, v.step) = (due.day, due.page, due.vital, due.step)
"""


@dataclass(frozen=True, slots=True)
class VitalSteps:
    """How many values of a vital were in a step."""

    page: PageKind
    vital: VitalName
    step: int
    count: int


def add(connection: Connection, day: date, page: PageKind, steps: dict[VitalName, int]) -> None:
    values = {"day": day, "page": page, "vitals": list(steps), "steps": list(steps.values())}
    connection.execute(_ADD, values)


def steps(connection: Connection, first: date, last: date) -> Sequence[VitalSteps]:
    """By page, vital and step."""
    with connection.cursor(row_factory=class_row(VitalSteps)) as cursor:
        return cursor.execute(_STEPS, (first, last)).fetchall()


def delete_old(connection: Connection, batch: int, *, first: date) -> int:
    """Delete up to `batch` rows of days before `first`; returns how many."""
    return connection.execute(_DELETE_OLD, {"batch": batch, "first": first}).rowcount
