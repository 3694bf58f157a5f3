"""SQL of the error log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.clients.database import Connection

NEW_CLIENT_ERRORS_AN_HOUR: Final = 1_000
"""Of errors that clients tell, and that are new. What comes on top is counted in one row: a script that makes up
messages fills no table."""
REPORTS_REMEMBERED: Final = 50

_SUMMARY: Final = (
    "id, source, function, error_type, message, level, status, occurrences, first_seen_at, last_seen_at, resolved_at,"
    " reopenings, correlation_id, user_id, release"
)
_COLUMNS: Final = f"{_SUMMARY}, resolved_by, sample"

# The row of an error is found by its fingerprint; where a client tells of a new one and there were too many of these,
# by that of all such. A report that was counted already changes nothing. An error that happened before it was resolved,
# and is told of late, stays resolved. Who has no account (any more) is nobody.
_RECORD: Final = f"""
INSERT INTO error_logs AS e (fingerprint, source, function, error_type, message, level, occurrences, sample,
    correlation_id, user_id, release, first_seen_at, last_seen_at, recent_reports)
SELECT CASE WHEN crowded.too_many THEN %(overflow)s::bytea ELSE %(fingerprint)s::bytea END, %(source)s,
    CASE WHEN crowded.too_many THEN 'client' ELSE %(function)s END,
    CASE WHEN crowded.too_many THEN 'TooManyDifferentErrors' ELSE %(error_type)s END,
    CASE WHEN crowded.too_many THEN 'Clients tell of too many different errors' ELSE %(message)s END,
    %(level)s, %(count)s, %(sample)s, %(correlation_id)s,
    (SELECT id FROM identity_contacts WHERE id = %(user_id)s), %(release)s, %(occurred_at)s, %(occurred_at)s,
    ARRAY[%(report_id)s::uuid]
FROM (
    SELECT %(source)s::text = 'client'
        AND NOT EXISTS (SELECT FROM error_logs WHERE fingerprint = %(fingerprint)s::bytea)
        AND (SELECT count(*) FROM (
            SELECT FROM error_logs WHERE source = 'client' AND first_seen_at > now() - interval '1 hour'
            LIMIT {NEW_CLIENT_ERRORS_AN_HOUR}
        ) AS recent) >= {NEW_CLIENT_ERRORS_AN_HOUR} AS too_many
) AS crowded
ON CONFLICT (fingerprint) DO UPDATE SET
    occurrences = e.occurrences + excluded.occurrences,
    first_seen_at = least(e.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(e.last_seen_at, excluded.last_seen_at),
    (message, level, sample, correlation_id, user_id, release) = (
        SELECT message, level, sample, correlation_id, user_id, release FROM (VALUES
            (excluded.message, excluded.level, excluded.sample, excluded.correlation_id, excluded.user_id,
                excluded.release, excluded.last_seen_at, 1),
            (e.message, e.level, e.sample, e.correlation_id, e.user_id, e.release, e.last_seen_at, 0)
        ) AS one (message, level, sample, correlation_id, user_id, release, seen_at, is_new)
        ORDER BY seen_at DESC, is_new DESC LIMIT 1
    ),
    status = CASE WHEN excluded.last_seen_at > e.resolved_at THEN 'open' ELSE e.status END,
    reopenings = e.reopenings + (e.resolved_at IS NOT NULL AND excluded.last_seen_at > e.resolved_at)::int,
    resolved_by = CASE WHEN excluded.last_seen_at > e.resolved_at THEN NULL ELSE e.resolved_by END,
    resolved_at = CASE WHEN excluded.last_seen_at > e.resolved_at THEN NULL ELSE e.resolved_at END,
    recent_reports = (excluded.recent_reports || e.recent_reports)[1:{REPORTS_REMEMBERED}]
WHERE NOT excluded.recent_reports <@ e.recent_reports
RETURNING e.occurrences = %(count)s AS is_new
"""
_PAGE: Final = sql.SQL(f"""
SELECT {_SUMMARY} FROM error_logs WHERE {{conditions}} ORDER BY last_seen_at DESC, id DESC LIMIT %(limit)s
""")
_CONDITIONS: Final = {
    "status": sql.SQL("status = %(status)s"),
    "source": sql.SQL("source = %(source)s"),
    "function": sql.SQL("function = %(function)s"),
}
_AFTER: Final = sql.SQL("(last_seen_at, id) < (%(seen_at)s, %(seen_id)s)")
_ONE: Final = f"SELECT {_COLUMNS} FROM error_logs WHERE id = %s"
_RESOLVE: Final = f"""
UPDATE error_logs SET status = 'resolved', resolved_at = now(), resolved_by = %(by)s
WHERE id = %(id)s AND status = 'open' RETURNING {_COLUMNS}
"""
_DELETE_OLD: Final = """
WITH due AS MATERIALIZED (
    SELECT id FROM error_logs WHERE last_seen_at < now() - make_interval(days => %(resolved_days)s)
        AND (status = 'resolved' OR last_seen_at < now() - make_interval(days => %(open_days)s))
    ORDER BY last_seen_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
)
DELETE FROM error_logs e USING due WHERE e.id = due.id
"""


@dataclass(frozen=True, slots=True)
class ErrorFilters:
    """None filters nothing."""

    status: str | None = None
    source: str | None = None
    function: str | None = None


class Position(NamedTuple):
    """The sort values of an error in the list."""

    last_seen_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSummary:
    """The names are the columns'."""

    id: UUID
    source: str
    function: str
    error_type: str
    message: str
    level: str
    status: str
    occurrences: int
    first_seen_at: datetime
    last_seen_at: datetime
    resolved_at: datetime | None
    reopenings: int
    correlation_id: str
    user_id: UUID | None
    release: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRow(ErrorSummary):
    resolved_by: UUID | None
    sample: dict[str, Any]


def record(connection: Connection, values: Mapping[str, Any]) -> bool | None:
    """Count an occurrence; whether the error is a new one, None where the report had been counted before."""
    row = connection.execute(_RECORD, {**values, "sample": Jsonb(values["sample"])}).fetchone()
    return None if row is None else bool(row["is_new"])


def page(connection: Connection, filters: ErrorFilters, *, after: Position | None, limit: int) -> list[ErrorSummary]:
    """What happened last comes first."""
    wanted = [condition for name, condition in _CONDITIONS.items() if getattr(filters, name) is not None]
    conditions = sql.SQL(" AND ").join([*([_AFTER] if after else []), *wanted] or [sql.SQL("true")])
    parameters = {
        "status": filters.status,
        "source": filters.source,
        "function": filters.function,
        "seen_at": after and after.last_seen_at,
        "seen_id": after and after.id,
        "limit": limit,
    }
    with connection.cursor(row_factory=class_row(ErrorSummary)) as cursor:
        return cursor.execute(_PAGE.format(conditions=conditions), parameters).fetchall()


def one(connection: Connection, error_id: UUID) -> ErrorRow | None:
    with connection.cursor(row_factory=class_row(ErrorRow)) as cursor:
        return cursor.execute(_ONE, (error_id,)).fetchone()


def resolve(connection: Connection, error_id: UUID, *, by: UUID) -> ErrorRow | None:
    """The error, resolved now; None where there is no open one of this id."""
    with connection.cursor(row_factory=class_row(ErrorRow)) as cursor:
        return cursor.execute(_RESOLVE, {"id": error_id, "by": by}).fetchone()


def delete_old(connection: Connection, batch: int, *, resolved_days: int, open_days: int) -> int:
    """Delete up to `batch` errors that have not happened for so long; returns how many."""
    values = {"batch": batch, "resolved_days": resolved_days, "open_days": open_days}
    return connection.execute(_DELETE_OLD, values).rowcount
