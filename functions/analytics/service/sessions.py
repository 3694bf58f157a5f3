"""Sessions of activity, from what the requests of every context tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from functions.analytics.domain.sessions import Session, changes
from functions.analytics.repository import sessions
from shared.clients.database import Connection


class SessionCounts(NamedTuple):
    """Sessions that were begun, and that went on."""

    begun: int
    continued: int


def record(connection: Connection, people: Iterable[tuple[UUID, datetime]]) -> SessionCounts:
    """Write when people were seen, in the caller's transaction. Telling it twice changes nothing."""
    seen: dict[UUID, list[datetime]] = defaultdict(list)
    for user_id, at in people:
        seen[user_id].append(at)
    if not seen:
        return SessionCounts(0, 0)
    sessions.lock(connection)
    stored = sessions.around(connection, seen)
    begun: list[tuple[UUID, Session]] = []
    continued: list[Session] = []
    merged: list[UUID] = []
    for user_id, moments in seen.items():
        change = changes(stored.get(user_id, ()), moments)
        begun += [(user_id, session) for session in change.new]
        continued += change.changed
        merged += change.merged
    if merged:
        sessions.delete(connection, merged)
    if continued:
        sessions.update(connection, continued)
    if begun:
        sessions.insert(connection, begun)
        sessions.end_idle(connection)
    return SessionCounts(len(begun), len(continued))
