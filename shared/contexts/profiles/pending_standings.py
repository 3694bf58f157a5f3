"""Suspensions and bans of people without a profile: the profile has them from its first moment."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_LOCK: Final = "pg_advisory_xact_lock(hashtextextended('standing of ' || {person}, 0))"


def lock(connection: Connection, user_id: UUID) -> None:
    """Others who decide about the person, erase them or make their profile wait until this transaction ends. Comes
    before every row that such a decision changes.
    """
    connection.execute(f"SELECT {_LOCK.format(person='%s')}".encode(), (str(user_id),))


def lock_of(person: str) -> str:
    """The same in a statement that finds the person: SQL, for the expression of their id."""
    return _LOCK.format(person=person)
