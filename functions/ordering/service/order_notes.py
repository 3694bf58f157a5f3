"""What staff write down about orders, for each other."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.ordering.domain.order_notes import OrderNoteRow
from functions.ordering.errors import OrderNoteNotFoundError
from functions.ordering.repository import order_notes
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.ordering import order_locks
from shared.pages import HIGHEST_ID, split_by_id


def page(
    connection: Connection, order_id: UUID, *, before: UUID | None, limit: int
) -> tuple[Sequence[OrderNoteRow], UUID | None]:
    """Up to `limit` notes below an id, newest first, and the id that the next page is below (None at the end)."""
    return split_by_id(order_notes.page(connection, order_id, before=before or HIGHEST_ID, limit=limit + 1), limit)


def write(connection: Connection, order_id: UUID, body: str, *, author_id: UUID) -> OrderNoteRow:
    """Raises OrderNotFoundError. Under the order's lock: what is erased meanwhile is not written about afterwards."""
    order_locks.lock_order(connection, order_id)
    note = order_notes.insert(connection, order_id, author_id=author_id, body=body)
    audit.record(connection, "order_note.created", Subject("order", order_id), changes=audit.created({"note": body}))
    return note


def delete(connection: Connection, order_id: UUID, note_id: UUID) -> None:
    """Raises OrderNoteNotFoundError."""
    if not order_notes.delete(connection, order_id, note_id):
        raise OrderNoteNotFoundError
    audit.record(connection, "order_note.deleted", Subject("order", order_id))
