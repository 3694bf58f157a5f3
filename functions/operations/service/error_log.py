"""The error log: occurrences are counted by fingerprint; an administrator reads it and resolves what is mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from functions.operations.errors import ErrorLogEntryNotFoundError
from functions.operations.repository import error_logs
from functions.operations.repository.error_logs import ErrorFilters, ErrorRow, ErrorSummary, Position
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection

if TYPE_CHECKING:  # pydantic is not for those who only delete
    from shared.contexts.operations.events import ErrorReported

RESOLVED_KEPT_DAYS: Final = 30
OPEN_KEPT_DAYS: Final = 90
"""After it happened last."""
OVERFLOW_FINGERPRINT: Final = bytes(32)


def record(
    connection: Connection, event: ErrorReported, *, report_id: UUID, occurred_at: datetime, correlation_id: str
) -> bool | None:
    """Count an occurrence; whether the error is a new one, None where the report had been counted before."""
    return error_logs.record(
        connection,
        {
            "report_id": report_id,
            "fingerprint": bytes.fromhex(event.fingerprint),
            "overflow": OVERFLOW_FINGERPRINT,
            "source": event.error_source,
            "function": event.function[:100],
            "error_type": event.error_type[:200],
            "message": event.message[:500],
            "level": event.level,
            "count": event.count,
            "sample": {
                "exceptions": [exception.model_dump() for exception in event.exceptions],
                "context": event.context,
            },
            "correlation_id": correlation_id,
            "user_id": event.user_id,
            "release": event.release and event.release[:100],
            "occurred_at": occurred_at,
        },
    )


def page(
    connection: Connection, filters: ErrorFilters, *, after: Position | None, limit: int
) -> tuple[Sequence[ErrorSummary], Position | None]:
    """What happened last comes first; and where to go on (None at the end)."""
    rows = error_logs.page(connection, filters, after=after, limit=limit + 1)
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], Position(last.last_seen_at, last.id)


def entry(connection: Connection, error_id: UUID) -> ErrorRow:
    """Raises ErrorLogEntryNotFoundError."""
    found = error_logs.one(connection, error_id)
    if found is None:
        raise ErrorLogEntryNotFoundError
    return found


def resolve(connection: Connection, error_id: UUID, *, by: UUID, reason: str | None) -> ErrorRow:
    """Resolve an error; one that is resolved stays as it is. If it happens again, it is open again.

    Raises ErrorLogEntryNotFoundError.
    """
    resolved = error_logs.resolve(connection, error_id, by=by)
    if resolved is None:
        return entry(connection, error_id)
    audit.record(
        connection,
        "error.resolved",
        Subject("error", error_id),
        changes={"status": ("open", "resolved")},
        reason=reason,
    )
    return resolved


def delete_old(connection: Connection, batch: int) -> int:
    """Delete up to `batch` errors that were kept for long enough; returns how many."""
    return error_logs.delete_old(connection, batch, resolved_days=RESOLVED_KEPT_DAYS, open_days=OPEN_KEPT_DAYS)
