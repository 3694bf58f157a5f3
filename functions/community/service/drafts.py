"""What somebody has written and not published yet."""

from __future__ import annotations

from uuid import UUID

from functions.community.repository import post_lists
from functions.community.service.posts import Cards, own
from shared.clients.database import Connection
from shared.pages import split_by_id


def waiting(connection: Connection, author_id: UUID, *, limit: int, before: UUID | None) -> tuple[Cards, UUID | None]:
    """Drafts and scheduled posts, the newest first."""
    rows, last = split_by_id(post_lists.drafts(connection, author_id, limit=limit + 1, before=before), limit)
    return own(connection, [row.id for row in rows], author_id), last
