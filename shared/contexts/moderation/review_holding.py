"""Reviews that a keyword rule holds: written, and hidden until a moderator has read them."""

from __future__ import annotations

from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.catalog import review_status
from shared.contexts.moderation import screening
from shared.contexts.moderation.screening import HELD_REASON, Verdict


def file(connection: Connection, verdict: Verdict, review_id: UUID, *, author_id: UUID, version: int) -> None:
    """Open a case where rules matched, and hide what one of them holds."""
    if verdict.is_held:
        review_status.hold(connection, review_id, HELD_REASON)
    screening.file(
        connection, verdict, "review", review_id, owner_id=author_id, version=version, is_held=verdict.is_held
    )
