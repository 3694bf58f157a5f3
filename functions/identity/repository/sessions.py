"""Login sessions and their refresh tokens, which are stored as SHA-256 only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.identity.repository.requests import Kind
from shared.clients.database import Connection

# A change of the password waits for this lock, or this waits for it and then sees another hash. So a session either
# exists when the change ends all sessions, or it is never opened.
_ADD: Final = """
WITH owner AS (
    SELECT id FROM users WHERE id = %(user_id)s AND password_hash = %(password_hash)s AND is_active FOR SHARE
), expired AS (
    DELETE FROM login_sessions
    WHERE user_id = %(user_id)s AND last_used_at < now() - make_interval(secs => %(lifetime)s)
), session AS (
    INSERT INTO login_sessions (user_id, user_agent) SELECT id, %(user_agent)s FROM owner RETURNING id
)
INSERT INTO refresh_tokens (token_hash, session_id, expires_at)
SELECT %(token_hash)s, id, now() + make_interval(secs => %(lifetime)s) FROM session
RETURNING session_id
"""

# Both rows are locked: a row that is not would be seen as it was before the wait for the other.
_LOCK: Final = """
SELECT token.session_id, session.user_id, account.roles, account.is_active,
    session.revoked_at IS NOT NULL AS revoked,
    token.expires_at <= now() AS expired,
    token.spent_at IS NOT NULL AS spent,
    coalesce(token.spent_at > to_timestamp(%(arrived_at)s), false) AS overlapped,
    coalesce(token.spent_at > now() - make_interval(secs => %(race_seconds)s), false) AS just_spent
FROM refresh_tokens token
JOIN login_sessions session ON session.id = token.session_id
JOIN users account ON account.id = session.user_id
WHERE token.token_hash = %(token_hash)s
FOR UPDATE OF token, session
"""

_LIVE: Final = """
SELECT id, user_agent, created_at, last_used_at FROM login_sessions
WHERE user_id = %(user_id)s AND revoked_at IS NULL AND last_used_at > now() - make_interval(secs => %(lifetime)s)
    AND (%(after)s::uuid IS NULL OR id < %(after)s)
ORDER BY id DESC LIMIT %(limit)s
"""

_ROTATE: Final = """
WITH spent AS (
    UPDATE refresh_tokens SET spent_at = clock_timestamp() WHERE token_hash = %(token_hash)s
), used AS (
    UPDATE login_sessions SET last_used_at = now(), user_agent = %(user_agent)s WHERE id = %(session_id)s
), expired AS (
    DELETE FROM refresh_tokens WHERE session_id = %(session_id)s AND expires_at < now()
)
INSERT INTO refresh_tokens (token_hash, session_id, expires_at)
VALUES (%(next_hash)s, %(session_id)s, now() + make_interval(secs => %(lifetime)s))
"""


_END_ACCESS: Final = """
WITH void AS (
    DELETE FROM account_requests WHERE user_id = %(user_id)s AND kind = ANY(%(kinds)s) AND used_at IS NULL
)
UPDATE login_sessions SET revoked_at = now(), revoked_reason = %(reason)s
WHERE user_id = %(user_id)s AND id IS DISTINCT FROM %(but)s AND revoked_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class TokenState:
    """A refresh token, its session and its user, as they stand while their rows are locked."""

    session_id: UUID
    user_id: UUID
    roles: list[str]
    is_active: bool
    revoked: bool
    expired: bool
    spent: bool
    overlapped: bool
    """Spent after the request had arrived."""
    just_spent: bool
    """Spent within the last `race_seconds`."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session that can be refreshed."""

    id: UUID
    user_agent: str
    created_at: datetime
    last_used_at: datetime


def add(
    connection: Connection,
    user_id: UUID,
    token_hash: bytes,
    *,
    password_hash: str,
    user_agent: str,
    lifetime: int,
) -> UUID | None:
    """A new session with its first token, valid for `lifetime` seconds; returns the session's id.

    None where the account is deactivated or its password's hash another than `password_hash`. The user's sessions
    whose last token has expired are removed as well.
    """
    row = connection.execute(
        _ADD,
        {
            "user_id": user_id,
            "password_hash": password_hash,
            "token_hash": token_hash,
            "user_agent": user_agent,
            "lifetime": lifetime,
        },
    ).fetchone()
    return None if row is None else row["session_id"]


def lock(connection: Connection, token_hash: bytes, *, arrived_at: float, race_seconds: float) -> TokenState | None:
    """The token's state; other uses of tokens of this session wait until this transaction ends.

    `arrived_at` (seconds since 1970) is when the request arrived.
    """
    values = {"token_hash": token_hash, "arrived_at": arrived_at, "race_seconds": race_seconds}
    with connection.cursor(row_factory=class_row(TokenState)) as cursor:
        return cursor.execute(_LOCK, values).fetchone()


def find_session(connection: Connection, token_hash: bytes) -> UUID | None:
    """The session that the token belongs to, ended or not."""
    row = connection.execute("SELECT session_id FROM refresh_tokens WHERE token_hash = %s", (token_hash,)).fetchone()
    return None if row is None else row["session_id"]


def rotate(
    connection: Connection, session_id: UUID, token_hash: bytes, next_hash: bytes, *, user_agent: str, lifetime: int
) -> None:
    """Spend the token and add its successor, valid for `lifetime` seconds. The token must be locked."""
    connection.execute(
        _ROTATE,
        {
            "session_id": session_id,
            "token_hash": token_hash,
            "next_hash": next_hash,
            "user_agent": user_agent,
            "lifetime": lifetime,
        },
    )


def revoke(connection: Connection, session_id: UUID, reason: str) -> None:
    """End the session with all its tokens; the first reason stays."""
    connection.execute(
        "UPDATE login_sessions SET revoked_at = now(), revoked_reason = %s WHERE id = %s AND revoked_at IS NULL",
        (reason, session_id),
    )


def revoke_own(connection: Connection, session_id: UUID, user_id: UUID, reason: str) -> bool:
    """End the session; False where it is not this user's, or has ended before."""
    return (
        connection.execute(
            "UPDATE login_sessions SET revoked_at = now(), revoked_reason = %s"
            " WHERE id = %s AND user_id = %s AND revoked_at IS NULL",
            (reason, session_id, user_id),
        ).rowcount
        == 1
    )


def revoke_all(connection: Connection, user_id: UUID, reason: str, *, but: UUID | None = None) -> int:
    """End the user's sessions, all or all but one; returns how many were live."""
    return connection.execute(
        "UPDATE login_sessions SET revoked_at = now(), revoked_reason = %s"
        " WHERE user_id = %s AND id IS DISTINCT FROM %s AND revoked_at IS NULL",
        (reason, user_id, but),
    ).rowcount


def end_access(
    connection: Connection, user_id: UUID, reason: str, *, but: UUID | None = None, void: Sequence[Kind]
) -> None:
    """End the user's sessions, all or all but one, and delete the open requests of these kinds. The user must be locked
    by an earlier statement, so that no session is missed that was being opened.
    """
    kinds = [kind.value for kind in void]
    connection.execute(_END_ACCESS, {"user_id": user_id, "reason": reason, "but": but, "kinds": kinds})


def live(connection: Connection, user_id: UUID, *, lifetime: int, after: UUID | None, limit: int) -> list[SessionRow]:
    """The user's sessions that can still be refreshed, the newest first, beginning after the one with this id."""
    with connection.cursor(row_factory=class_row(SessionRow)) as cursor:
        return cursor.execute(
            _LIVE, {"user_id": user_id, "lifetime": lifetime, "after": after, "limit": limit}
        ).fetchall()


def is_live(connection: Connection, session_id: UUID, user_id: UUID) -> bool:
    """Whether the session is this user's and not revoked, and the user is active."""
    row = connection.execute(
        "SELECT 1 FROM login_sessions session JOIN users account ON account.id = session.user_id"
        " WHERE session.id = %s AND account.id = %s AND session.revoked_at IS NULL AND account.is_active",
        (session_id, user_id),
    ).fetchone()
    return row is not None
