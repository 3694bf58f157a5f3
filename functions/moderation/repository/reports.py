"""Reports as people send them and read them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from functions.moderation.repository.targets import Target
from shared.clients.database import Connection
from shared.contexts.moderation import open_cases
from shared.contexts.moderation.open_cases import KEEP_SNAPSHOT


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as its author reads it; `status` is its case's."""

    id: UUID
    target_kind: str
    target_id: UUID
    reason: str
    body: str
    status: str
    created_at: datetime


_FILE: Final = f"""
WITH made AS (
    INSERT INTO reports (case_id, reporter_id, target_kind, target_id, target_version, reason, body)
    VALUES (%(case_id)s, %(reporter_id)s, %(kind)s, %(target_id)s, %(target_version)s, %(reason)s, %(body)s)
    ON CONFLICT (reporter_id, target_kind, target_id) WHERE closed_at IS NULL DO NOTHING
    RETURNING id, case_id, target_kind, target_id, reason, body, created_at
), pictured AS (
    INSERT INTO case_pictures (case_id, media_id) SELECT made.case_id, unnest(%(media_ids)s::uuid[]) FROM made
    ON CONFLICT DO NOTHING
), counted AS (
    UPDATE report_cases c SET report_count = c.report_count + 1, version = c.version + 1,
        {KEEP_SNAPSHOT}
    FROM made WHERE c.id = made.case_id
)
SELECT id, target_kind, target_id, reason, body, 'open' AS status, created_at FROM made
"""
_COLUMNS: Final = "r.id, r.target_kind, r.target_id, r.reason, r.body, c.status, r.created_at"
_OPEN_ONE: Final = f"""
SELECT {_COLUMNS} FROM reports r JOIN report_cases c ON c.id = r.case_id
WHERE r.reporter_id = %(reporter_id)s AND r.target_kind = %(kind)s AND r.target_id = %(target_id)s
    AND r.closed_at IS NULL
"""
_OWN: Final = f"""
SELECT {_COLUMNS} FROM reports r JOIN report_cases c ON c.id = r.case_id
WHERE r.reporter_id = %(reporter_id)s AND (%(before)s::uuid IS NULL OR r.id < %(before)s::uuid)
ORDER BY r.id DESC LIMIT %(limit)s
"""
_OF_A_DAY: Final = """
SELECT count(*) AS reports,
    coalesce(ceil(extract(epoch FROM min(created_at) + interval '1 day' - now())), 0)::int AS wait
FROM reports WHERE reporter_id = %(reporter_id)s AND created_at > now() - interval '1 day'
"""


def of_a_day(connection: Connection, reporter_id: UUID) -> tuple[int, int]:
    """How many reports somebody sent within a day, and in how many seconds the first of them is older."""
    row = connection.execute(_OF_A_DAY, {"reporter_id": reporter_id}).fetchone()
    assert row is not None
    return row["reports"], row["wait"]


def file(connection: Connection, content: Mapping[str, Any], target: Target, reporter_id: UUID) -> ReportRow | None:
    """A report in the target's open case; None where the reporter has one there. `content`: kind, target_id, reason,
    body.
    """
    values = {
        **content,
        "reporter_id": reporter_id,
        "target_version": target.version,
        "media_ids": target.media_ids,
        **open_cases.snapshot(target.snapshot),
    }
    case_id = open_cases.open_case(connection, content["kind"], content["target_id"], target.owner_id)
    with connection.cursor(row_factory=class_row(ReportRow)) as cursor:
        return cursor.execute(_FILE, {**values, "case_id": case_id}).fetchone()


def open_one(connection: Connection, content: Mapping[str, Any], reporter_id: UUID) -> ReportRow | None:
    """The open report of this reporter and target."""
    with connection.cursor(row_factory=class_row(ReportRow)) as cursor:
        return cursor.execute(_OPEN_ONE, {**content, "reporter_id": reporter_id}).fetchone()


def own(connection: Connection, reporter_id: UUID, *, limit: int, before: UUID | None) -> Sequence[ReportRow]:
    """What somebody reported, the newest first."""
    with connection.cursor(row_factory=class_row(ReportRow)) as cursor:
        return cursor.execute(_OWN, {"reporter_id": reporter_id, "limit": limit, "before": before}).fetchall()
