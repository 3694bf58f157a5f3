"""SQL of sessions of activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from functions.analytics.domain.sessions import BREAK, Session
from shared.clients.database import Connection

_LOCK: Final = "SELECT pg_advisory_xact_lock(7021114)"
_AROUND: Final = """
SELECT s.user_id, s.id, s.started_at, s.last_active_at
FROM unnest(%(users)s::uuid[], %(firsts)s::timestamptz[], %(lasts)s::timestamptz[]) AS seen (user_id, first, last)
JOIN user_sessions s ON s.user_id = seen.user_id
    AND s.last_active_at >= seen.first - %(break)s AND s.started_at <= seen.last + %(break)s
"""
# Who has no account (any more) is nobody. The day of the registration is kept, so that what cohorts did stays known
# when a person is erased.
_INSERT: Final = """
INSERT INTO user_sessions (user_id, registered_at, started_at, last_active_at)
SELECT r.user_id, r.registered_at, new.started_at, new.last_active_at
FROM unnest(%(users)s::uuid[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
    AS new (user_id, started_at, last_active_at)
JOIN identity_registrations r ON r.user_id = new.user_id
"""
_UPDATE: Final = """
UPDATE user_sessions s SET started_at = new.started_at, last_active_at = new.last_active_at, ended_at = NULL
FROM unnest(%(ids)s::uuid[], %(starts)s::timestamptz[], %(ends)s::timestamptz[]) AS new (id, started_at, last_active_at)
WHERE s.id = new.id
"""
_DELETE: Final = "DELETE FROM user_sessions WHERE id = ANY(%s)"
_END: Final = """
UPDATE user_sessions SET ended_at = last_active_at WHERE ended_at IS NULL AND last_active_at < now() - %s::interval
"""


def lock(connection: Connection) -> None:
    """Sessions are written by one transaction at a time: two that see somebody for the first time make one session."""
    connection.execute(_LOCK)


def around(connection: Connection, seen: Mapping[UUID, Sequence[datetime]]) -> dict[UUID, list[Session]]:
    """The stored sessions that these moments may belong to, by person."""
    found: dict[UUID, list[Session]] = defaultdict(list)
    parameters = {
        "users": list(seen),
        "firsts": [min(moments) for moments in seen.values()],
        "lasts": [max(moments) for moments in seen.values()],
        "break": BREAK,
    }
    for row in connection.execute(_AROUND, parameters):
        found[row["user_id"]].append(Session(row["id"], row["started_at"], row["last_active_at"]))
    return found


def insert(connection: Connection, sessions: Sequence[tuple[UUID, Session]]) -> None:
    """New sessions, each with its person."""
    parameters = {
        "users": [user_id for user_id, _ in sessions],
        "starts": [session.started_at for _, session in sessions],
        "ends": [session.last_active_at for _, session in sessions],
    }
    connection.execute(_INSERT, parameters)


def update(connection: Connection, sessions: Sequence[Session]) -> None:
    """Stored sessions as they are now; one that goes on has no end."""
    parameters = {
        "ids": [session.id for session in sessions],
        "starts": [session.started_at for session in sessions],
        "ends": [session.last_active_at for session in sessions],
    }
    connection.execute(_UPDATE, parameters)


def delete(connection: Connection, session_ids: Sequence[UUID]) -> None:
    connection.execute(_DELETE, (list(session_ids),))


def end_idle(connection: Connection) -> int:
    """End the sessions after which there was a break; returns how many."""
    return connection.execute(_END, (BREAK,)).rowcount
