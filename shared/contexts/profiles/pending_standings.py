"""Suspensions and bans of people without a profile: the profile has them from its first moment."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('standing of ' || %s, 0))"


def lock(connection: Connection, user_id: UUID) -> None:
    """Others who change the person's standing, or make their profile, wait until this transaction ends."""
    connection.execute(_LOCK, (str(user_id),))
