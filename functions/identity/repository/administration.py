"""Users as administrators see and change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared import like_patterns
from shared.clients.database import Connection

_LIST: Final = sql.SQL(
    "SELECT id, email, full_name, roles, is_active, email_verified_at, version, created_at, updated_at"
    " FROM users WHERE {conditions} ORDER BY created_at DESC, id DESC LIMIT %(limit)s"
)

# Each of the three is found by the index of trigrams.
_BEGINS: Final = sql.SQL(
    "(lower(email) LIKE %(beginning)s OR lower(full_name) LIKE %(beginning)s OR lower(full_name) LIKE %(inside)s)"
)
_DETAIL: Final = """
SELECT account.id, account.email, account.full_name, account.roles, account.is_active, account.email_verified_at,
    account.language, account.marketing_consent_at, account.version, account.created_at, account.updated_at,
    (SELECT count(*) FROM login_sessions session WHERE session.user_id = account.id AND session.revoked_at IS NULL
        AND session.last_used_at > now() - make_interval(secs => %(lifetime)s)) AS sessions
FROM users account WHERE account.id = %(id)s
"""

_CHANGES: Final = """
SELECT actor_id, changes, reason, created_at FROM operations_audit_entries
WHERE subject_id = %s AND action = 'user.changed' AND changes <> '{}' ORDER BY id DESC LIMIT %s
"""

_LOCK: Final = """
SELECT id, email, language, email_verified_at IS NOT NULL AS is_proven, roles, is_active, version,
    EXISTS (SELECT FROM account_erasures erasure WHERE erasure.user_id = account.id) AS is_leaving
FROM users account WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
"""


@dataclass(frozen=True, slots=True)
class UserFilters:
    """None filters nothing."""

    email: str | None = None
    words: str | None = None
    """The beginning of the address, of the name, or of a word of the name, whatever its case."""
    role: str | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class DetailRow:
    """A user, and how many live sessions they have."""

    id: UUID
    email: str
    full_name: str
    roles: list[str]
    is_active: bool
    email_verified_at: datetime | None
    language: str
    marketing_consent_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    sessions: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change; `changes` has the values before and after by name of the field."""

    actor_id: UUID | None
    changes: dict[str, Any]
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LockedUser:
    """The values that administrators change, while the row is locked."""

    id: UUID
    email: str
    language: str
    is_proven: bool
    """Whether the address is known to be the user's."""
    roles: list[str]
    is_active: bool
    version: int
    is_leaving: bool
    """Whether its erasure is requested or done. A request during the wait for the lock changes the version."""


def page(
    connection: Connection, filters: UserFilters, *, after: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Up to `limit` users, the newest first, beginning after the one with these sort values."""
    conditions: list[sql.Composable] = [sql.SQL("true")]
    parameters: dict[str, Any] = {"limit": limit}
    if filters.email is not None:
        conditions.append(sql.SQL("lower(email) = lower(%(email)s)"))
        parameters["email"] = filters.email
    if filters.words is not None:
        conditions.append(_BEGINS)
        beginning = like_patterns.literal(filters.words.lower())
        parameters |= {"beginning": f"{beginning}%", "inside": f"% {beginning}%"}
    if filters.role is not None:
        conditions.append(sql.SQL("roles @> ARRAY[%(role)s::text]"))
        parameters["role"] = filters.role
    if filters.active is not None:
        conditions.append(sql.SQL("is_active") if filters.active else sql.SQL("NOT is_active"))
    if after is not None:
        conditions.append(sql.SQL("(created_at, id) < (%(after_at)s, %(after_id)s)"))
        parameters |= {"after_at": after[0], "after_id": after[1]}
    return connection.execute(_LIST.format(conditions=sql.SQL(" AND ").join(conditions)), parameters).fetchall()


def detail(connection: Connection, user_id: UUID, *, session_lifetime: int) -> DetailRow | None:
    """The user, active or not; a session not used for `session_lifetime` seconds has ended."""
    with connection.cursor(row_factory=class_row(DetailRow)) as cursor:
        return cursor.execute(_DETAIL, {"id": user_id, "lifetime": session_lifetime}).fetchone()


def changes(connection: Connection, user_id: UUID, *, limit: int) -> list[ChangeRow]:
    """The last changes by administrators, the newest first."""
    with connection.cursor(row_factory=class_row(ChangeRow)) as cursor:
        return cursor.execute(_CHANGES, (user_id, limit)).fetchall()


def lock(connection: Connection, user_ids: Sequence[UUID]) -> dict[UUID, LockedUser]:
    """These users by id, locked until this transaction ends, always in the same order."""
    with connection.cursor(row_factory=class_row(LockedUser)) as cursor:
        return {user.id: user for user in cursor.execute(_LOCK, (list(user_ids),))}


def change(
    connection: Connection,
    user_id: UUID,
    *,
    roles: Sequence[str],
    is_active: bool,
) -> None:
    """Replace the user's roles, and whether they may sign in."""
    connection.execute(
        "UPDATE users SET roles = %s, is_active = %s, version = version + 1 WHERE id = %s",
        (list(roles), is_active, user_id),
    )
