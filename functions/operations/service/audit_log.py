"""Reading the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from functions.operations.errors import AuditEntryNotFoundError
from functions.operations.repository import audit_entries
from functions.operations.repository.audit_entries import EntryFilters, EntryRow
from shared.clients.database import Connection

_START: Final = UUID(int=2**128 - 1)
"""No id is above it."""


def page(
    connection: Connection, filters: EntryFilters, *, before: UUID | None, limit: int
) -> tuple[Sequence[EntryRow], UUID | None]:
    """Newest first, and the id to go on below (None at the end)."""
    rows = audit_entries.page(connection, filters, before=before or _START, limit=limit + 1)
    return (rows, None) if len(rows) <= limit else (rows[:limit], rows[limit - 1].id)


def entry(connection: Connection, entry_id: UUID) -> EntryRow:
    """Raises AuditEntryNotFoundError."""
    found = audit_entries.entry(connection, entry_id)
    if found is None:
        raise AuditEntryNotFoundError
    return found
