"""Cases as moderators read them: the queue, and one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared.clients.database import Connection


class CaseOrder(StrEnum):
    OLDEST = "oldest"
    NEWEST = "newest"
    MOST_REPORTED = "-reports"


class Claims(StrEnum):
    """Whose cases."""

    MINE = "mine"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    """What of the queue is wanted; None for all."""

    status: str | None = "open"
    target_kind: str | None = None
    reason: str | None = None
    owner_id: UUID | None = None
    claims: Claims | None = None
    screened: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case in a list. `reasons` are the numbers of its reports by reason; `owner` and `claim` are JSON."""

    id: UUID
    target_kind: str
    target_id: UUID
    owner: dict[str, Any] | None
    status: str
    report_count: int
    reasons: dict[str, int]
    is_screened: bool
    is_held: bool
    snapshot: dict[str, Any] | None
    claim: dict[str, Any] | None
    decision: dict[str, Any] | None
    version: int
    created_at: datetime
    updated_at: datetime


_COLUMNS: Final = """c.id, c.target_kind, c.target_id, c.status, c.report_count, c.is_screened, c.is_held, c.version,
    c.created_at, c.updated_at, c.snapshots -> -1 -> 'content' AS snapshot,
    CASE WHEN c.owner_id IS NOT NULL THEN jsonb_build_object('id', c.owner_id, 'username', p.username,
        'display_name', p.display_name, 'standing', p.standing) END AS owner,
    (SELECT coalesce(jsonb_object_agg(n.reason, n.reports), jsonb_build_object())
        FROM (SELECT r.reason, count(*) AS reports FROM reports r WHERE r.case_id = c.id GROUP BY r.reason) n)
        AS reasons,
    CASE WHEN c.claimed_until > now() THEN jsonb_build_object('by', c.claimed_by, 'until', c.claimed_until,
        'name', (SELECT u.full_name FROM identity_contacts u WHERE u.id = c.claimed_by)) END AS claim,
    CASE WHEN c.decided_at IS NOT NULL THEN jsonb_build_object('by', c.decided_by, 'at', c.decided_at,
        'note', c.decision_note) END AS decision"""
_QUEUE: Final = sql.SQL(
    "SELECT " + _COLUMNS + " FROM report_cases c LEFT JOIN profiles_people p ON p.user_id = c.owner_id"
    " WHERE {conditions} ORDER BY {order} LIMIT %(limit)s"
)
_ONE: Final = (
    f"SELECT {_COLUMNS} FROM report_cases c LEFT JOIN profiles_people p ON p.user_id = c.owner_id WHERE c.id = %(id)s"
)
_CONDITIONS: Final = {
    "status": sql.SQL("c.status = %(status)s"),
    "target_kind": sql.SQL("c.target_kind = %(target_kind)s"),
    "owner_id": sql.SQL("c.owner_id = %(owner_id)s"),
    "screened": sql.SQL("c.is_screened = %(screened)s"),
    "reason": sql.SQL("EXISTS (SELECT FROM reports r WHERE r.case_id = c.id AND r.reason = %(reason)s)"),
}
_CLAIMS: Final = {
    Claims.MINE: sql.SQL("c.claimed_by = %(moderator)s AND c.claimed_until > now()"),
    Claims.NOBODY: sql.SQL("(c.claimed_until IS NULL OR c.claimed_until <= now())"),
}
_ORDERS: Final = {
    CaseOrder.OLDEST: (sql.SQL("c.id"), sql.SQL("c.id > %(after_id)s::uuid")),
    CaseOrder.NEWEST: (sql.SQL("c.id DESC"), sql.SQL("c.id < %(after_id)s::uuid")),
    CaseOrder.MOST_REPORTED: (
        sql.SQL("c.report_count DESC, c.id DESC"),
        sql.SQL("(c.report_count, c.id) < (%(after_count)s::int, %(after_id)s::uuid)"),
    ),
}
# Closed cases are counted no more: their number only grows.
_COUNTS: Final = """
SELECT target_kind, count(*) AS cases, count(*) FILTER (WHERE claimed_until > now()) AS claimed,
    count(*) FILTER (WHERE claimed_until > now() AND claimed_by = %(moderator)s) AS mine,
    count(*) FILTER (WHERE is_held) AS held, min(created_at) AS oldest
FROM report_cases WHERE status = 'open' GROUP BY target_kind
"""


@dataclass(frozen=True, slots=True)
class KindCounts:
    """Open cases of one kind of target."""

    target_kind: str
    cases: int
    claimed: int
    mine: int
    held: int
    oldest: datetime


def queue(
    connection: Connection,
    filters: CaseFilters,
    order: CaseOrder,
    *,
    moderator: UUID,
    limit: int,
    after: Sequence[Any] | None,
) -> list[CaseCard]:
    """Cases in order, after the one with these values (`place_of`)."""
    order_by, later = _ORDERS[order]
    conditions = [text for name, text in _CONDITIONS.items() if getattr(filters, name) is not None]
    if filters.claims is not None:
        conditions.append(_CLAIMS[filters.claims])
    if after is not None:
        conditions.append(later)
    values = {name: getattr(filters, name) for name in _CONDITIONS}
    values |= {"moderator": moderator, "limit": limit}
    values |= {"after_count": after and after[0], "after_id": after and after[1]}
    statement = _QUEUE.format(conditions=sql.SQL(" AND ").join(conditions or [sql.SQL("true")]), order=order_by)
    with connection.cursor(row_factory=class_row(CaseCard)) as cursor:
        return cursor.execute(statement, values).fetchall()


def place_of(card: CaseCard) -> list[Any]:
    """What a cursor holds of the last case of a page."""
    return [card.report_count, str(card.id)]


def card(connection: Connection, case_id: UUID) -> CaseCard | None:
    """One case."""
    with connection.cursor(row_factory=class_row(CaseCard)) as cursor:
        return cursor.execute(_ONE, {"id": case_id}).fetchone()


def counts(connection: Connection, moderator: UUID) -> list[KindCounts]:
    """Open cases by kind of target, and how many of them the moderator has."""
    with connection.cursor(row_factory=class_row(KindCounts)) as cursor:
        return cursor.execute(_COUNTS, {"moderator": moderator}).fetchall()
