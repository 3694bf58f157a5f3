"""The one way in which moderation changes whether a person may write."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.profiles.standing import Standing

_SET: Final = """
UPDATE profiles SET standing = %(standing)s, standing_until = %(until)s, standing_reason = %(reason)s,
    version = version + 1
WHERE user_id = %(user_id)s
"""


def set_standing(
    connection: Connection, user_id: UUID, standing: Standing, *, until: datetime | None = None, reason: str | None
) -> bool:
    """Suspend, ban, or restore somebody; `until` null is for ever. False where the person has no profile."""
    values = {"user_id": user_id, "standing": standing.value, "until": until, "reason": reason}
    if standing is Standing.GOOD:
        values |= {"until": None, "reason": None}
    return connection.execute(_SET, values).rowcount == 1
