"""What comments said before they were changed, for whoever may read what they say now."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.community.errors import CommentNotFoundError
from functions.community.repository import comment_edits
from functions.community.repository.comment_edits import CommentEditRow
from shared.clients.database import Connection
from shared.pages import split_page


def earlier_texts(
    connection: Connection, comment_id: UUID, *, viewer: UUID | None, limit: int, before: int | None
) -> tuple[Sequence[CommentEditRow], int | None]:
    """A page, the latest first, and the version before which the next one begins. Raises CommentNotFoundError."""
    rows = comment_edits.earlier(connection, comment_id, viewer, limit=limit + 1, before=before)
    if not rows and not comment_edits.is_readable(connection, comment_id, viewer):
        raise CommentNotFoundError
    return split_page(rows, limit, lambda row: row.version)
