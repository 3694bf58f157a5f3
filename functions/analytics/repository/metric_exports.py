"""SQL of files of figures: who asked for which, and the rows that go into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row, dict_row

from functions.analytics.repository.metrics import COHORT_COLUMNS, ENGAGEMENT_COLUMNS, USER_COLUMNS
from shared.clients.database import Connection

DATASETS: Final[Mapping[str, tuple[str, ...]]] = {
    "daily": tuple(dict.fromkeys(f"{USER_COLUMNS}, {ENGAGEMENT_COLUMNS}".split(", "))),
    "cohorts": tuple(COHORT_COLUMNS.split(", ")),
    "sessions": ("id", "user_id", "registered_at", "started_at", "last_active_at", "ended_at"),
}
"""By name: the columns of the file."""

# Days without anything done have no row in the view of engagement.
_EVERY_DAY: Final = ", ".join(
    column if column in USER_COLUMNS.split(", ") else f"coalesce({column}, 0) AS {column}"
    for column in DATASETS["daily"]
)
_ROWS: Final[Mapping[str, str]] = {
    "daily": f"""
SELECT {_EVERY_DAY} FROM daily_metrics LEFT JOIN engagement_metrics USING (day)
WHERE day BETWEEN %(first)s AND %(last)s ORDER BY day
""",
    "cohorts": f"SELECT {COHORT_COLUMNS} FROM user_cohorts WHERE day BETWEEN %(first)s AND %(last)s ORDER BY day",
    "sessions": f"""
SELECT {", ".join(DATASETS["sessions"])} FROM user_sessions
WHERE started_at >= %(first)s::date::timestamp AT TIME ZONE %(zone)s
    AND started_at < (%(last)s::date + 1)::timestamp AT TIME ZONE %(zone)s
ORDER BY id
""",
}
_COLUMNS: Final = "id, dataset, format, first_day, last_day, status, file_key, bytes, created_at, finished_at"
_INSERT: Final = f"""
INSERT INTO metric_exports (requested_by, dataset, format, first_day, last_day)
VALUES (%(by)s, %(dataset)s, %(format)s, %(first)s, %(last)s) RETURNING {_COLUMNS}
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM metric_exports WHERE id = %s"
_FINISH: Final = """
UPDATE metric_exports SET status = %(status)s, file_key = %(key)s, bytes = %(bytes)s, finished_at = now()
WHERE id = %(id)s AND status = 'pending'
"""
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class MetricExportRow:
    """The names are the columns'."""

    id: UUID
    dataset: str
    format: str
    first_day: date
    last_day: date
    status: str
    file_key: str | None
    bytes: int | None
    created_at: datetime
    finished_at: datetime | None


def rows(connection: Connection, dataset: str, first: date, last: date, time_zone: str) -> Iterator[dict[str, Any]]:
    """The rows of a file, as they come from the database: never all in memory."""
    with connection.cursor(row_factory=dict_row) as cursor:
        yield from cursor.stream(_ROWS[dataset], {"first": first, "last": last, "zone": time_zone}, size=_AT_ONCE)


def insert(connection: Connection, *, by: UUID, dataset: str, kind: str, first: date, last: date) -> MetricExportRow:
    """A pending export."""
    values = {"by": by, "dataset": dataset, "format": kind, "first": first, "last": last}
    with connection.cursor(row_factory=class_row(MetricExportRow)) as cursor:
        row = cursor.execute(_INSERT, values).fetchone()
    assert row is not None
    return row


def by_id(connection: Connection, export_id: UUID) -> MetricExportRow | None:
    with connection.cursor(row_factory=class_row(MetricExportRow)) as cursor:
        return cursor.execute(_ONE, (export_id,)).fetchone()


def finish(
    connection: Connection, export_id: UUID, status: str, *, key: str | None = None, size: int | None = None
) -> None:
    """`completed` with its file, or `failed`; one that is finished stays as it is."""
    connection.execute(_FINISH, {"id": export_id, "status": status, "key": key, "bytes": size})
