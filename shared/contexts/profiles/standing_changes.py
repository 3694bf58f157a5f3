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
_KEEP: Final = """
INSERT INTO pending_standings (user_id, standing, standing_until, standing_reason)
VALUES (%(user_id)s, %(standing)s, %(until)s, %(reason)s)
ON CONFLICT (user_id) DO UPDATE SET standing = excluded.standing, standing_until = excluded.standing_until,
    standing_reason = excluded.standing_reason
"""
_END: Final = "DELETE FROM pending_standings WHERE user_id = %(user_id)s"


def set_standing(
    connection: Connection, user_id: UUID, standing: Standing, *, until: datetime | None = None, reason: str | None
) -> None:
    """Suspend, ban, or restore somebody; `until` null is for ever. Who has no profile will have one in this standing,
    and writes no more than others who have it until then. The caller holds `pending_standings.lock`.
    """
    values = {"user_id": user_id, "standing": standing.value, "until": until, "reason": reason}
    if standing is Standing.GOOD:
        values |= {"until": None, "reason": None}
    if connection.execute(_SET, values).rowcount == 0:
        connection.execute(_END if standing is Standing.GOOD else _KEEP, values)
