"""The end of all sessions of somebody, for contexts that take rights from people."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_END: Final = """
UPDATE login_sessions SET revoked_at = now(), revoked_reason = %(reason)s
WHERE user_id = %(user_id)s AND revoked_at IS NULL
"""


def end_sessions(connection: Connection, user_id: UUID, reason: str) -> int:
    """Sign the person out everywhere; the `reason` is a word of at most 40 characters. Returns how many sessions.
    Access tokens that are out end within a quarter of an hour.
    """
    return connection.execute(_END, {"user_id": user_id, "reason": reason}).rowcount
