"""Suspensions and bans of people without a profile: the profile has them from its first moment."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('standing of ' || %s, 0))"


def lock(connection: Connection, user_id: UUID) -> None:
    """Others who decide about the person, erase them or make their profile wait until this transaction ends. Comes
    before every row that such a decision changes.
    """
    connection.execute(_LOCK, (str(user_id),))
