"""What staff write down about users, for each other."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.identity.domain.user_notes import UserNoteRow
from functions.identity.errors import UserNoteNotFoundError
from functions.identity.repository import user_notes
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import NotFoundError
from shared.pages import HIGHEST_ID, split_by_id


def page(
    connection: Connection, user_id: UUID, *, before: UUID | None, limit: int
) -> tuple[Sequence[UserNoteRow], UUID | None]:
    """Up to `limit` notes below an id, newest first, and the id that the next page is below (None at the end)."""
    return split_by_id(user_notes.page(connection, user_id, before=before or HIGHEST_ID, limit=limit + 1), limit)


def write(connection: Connection, user_id: UUID, body: str, *, author_id: UUID) -> UserNoteRow:
    """Raises NotFoundError."""
    note = user_notes.insert(connection, user_id, author_id=author_id, body=body)
    if note is None:
        raise NotFoundError
    audit.record(connection, "user_note.created", Subject("user", user_id), changes=audit.created({"note": body}))
    return note


def delete(connection: Connection, user_id: UUID, note_id: UUID) -> None:
    """Raises UserNoteNotFoundError."""
    if not user_notes.delete(connection, user_id, note_id):
        raise UserNoteNotFoundError
    audit.record(connection, "user_note.deleted", Subject("user", user_id))
