"""SQL of the audit log as it is read. `shared.audit` writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared.clients.database import Connection

_COLUMNS: Final = (
    "id, created_at, actor_id, actor_kind, action, subject_type, subject_id, changes, reason, correlation_id, network"
)
_ONE: Final = f"SELECT {_COLUMNS} FROM audit_entries WHERE id = %s"
_PAGE: Final = sql.SQL(f"SELECT {_COLUMNS} FROM audit_entries WHERE {{conditions}} ORDER BY id DESC LIMIT %(limit)s")
# Ids are UUIDv7: their first 48 bits are the milliseconds since 1970. So the primary key finds a time as well.
_CONDITIONS: Final = {
    "actor_id": sql.SQL("actor_id = %(actor_id)s"),
    "action": sql.SQL("action >= %(action)s AND action < %(action_end)s"),
    "subject_type": sql.SQL("subject_type = %(subject_type)s"),
    "subject_id": sql.SQL("subject_id = %(subject_id)s"),
    "created_from": sql.SQL("id >= %(first_id)s"),
    "created_before": sql.SQL("id < %(end_id)s"),
}
_AFTER_ALL_LETTERS: Final = "\x7f"
"""Actions are ASCII, and the column is compared byte by byte."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class EntryFilters:
    """None filters nothing. `action` is what the name begins with."""

    actor_id: UUID | None = None
    action: str | None = None
    subject_type: str | None = None
    subject_id: UUID | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """The names are the columns'; `changes` has the values before and after by name of the field."""

    id: UUID
    created_at: datetime
    actor_id: UUID | None
    actor_kind: str
    action: str
    subject_type: str
    subject_id: UUID
    changes: dict[str, list[Any]]
    reason: str | None
    correlation_id: str
    network: str | None


def page(connection: Connection, filters: EntryFilters, *, before: UUID, limit: int) -> list[EntryRow]:
    """Newest first, beginning below an id."""
    wanted = [condition for name, condition in _CONDITIONS.items() if getattr(filters, name) is not None]
    conditions = sql.SQL(" AND ").join([sql.SQL("id < %(before)s"), *wanted])
    parameters = {
        "before": before,
        "limit": limit,
        "actor_id": filters.actor_id,
        "action": filters.action,
        "action_end": (filters.action or "") + _AFTER_ALL_LETTERS,
        "subject_type": filters.subject_type,
        "subject_id": filters.subject_id,
        "first_id": _first_id(filters.created_from),
        "end_id": _first_id(filters.created_before),
    }
    with connection.cursor(row_factory=class_row(EntryRow)) as cursor:
        return cursor.execute(_PAGE.format(conditions=conditions), parameters).fetchall()


def entry(connection: Connection, entry_id: UUID) -> EntryRow | None:
    with connection.cursor(row_factory=class_row(EntryRow)) as cursor:
        return cursor.execute(_ONE, (entry_id,)).fetchone()


def _first_id(moment: datetime | None) -> UUID | None:
    """No id of this millisecond, or of a later one, is below it."""
    if moment is None:
        return None
    milliseconds = -((_EPOCH - moment) // timedelta(milliseconds=1))
    return UUID(int=max(0, milliseconds) << 80)
