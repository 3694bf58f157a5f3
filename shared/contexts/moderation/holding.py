"""Posts and comments that a keyword rule holds: written, and hidden until a moderator has read them."""

from __future__ import annotations

from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.community import hiding
from shared.contexts.moderation import screening
from shared.contexts.moderation.screening import HELD_REASON, Verdict


def file(
    connection: Connection, verdict: Verdict, kind: hiding.Kind, target_id: UUID, *, owner_id: UUID, version: int
) -> None:
    """Open a case where rules matched, and hide what one of them holds."""
    if verdict.is_held:
        hiding.hide(connection, kind, target_id, HELD_REASON)
    screening.file(connection, verdict, kind, target_id, owner_id=owner_id, version=version, is_held=verdict.is_held)
