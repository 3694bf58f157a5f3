"""Users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from shared.clients.database import Connection

# An address that an account may still go back to, because it was changed lately, is taken.
_IS_RESERVED: Final = """EXISTS (
    SELECT FROM account_requests WHERE kind = 'email_reversal' AND lower(email) = lower(%(email)s::text)
        AND used_at IS NULL AND expires_at > now() AND user_id IS DISTINCT FROM %(id)s::uuid
)"""

_ADD: Final = f"""
INSERT INTO users (email, password_hash, full_name, language)
SELECT %(email)s::text, %(password_hash)s, %(full_name)s, %(language)s WHERE NOT {_IS_RESERVED}
ON CONFLICT (lower(email)) DO NOTHING
RETURNING id, email, full_name, roles, is_active, email_verified_at, language, marketing_consent_at, version,
    created_at, updated_at
"""

_FIND_BY_EMAIL: Final = """
SELECT id, email, full_name, roles, is_active, email_verified_at, language, marketing_consent_at, version,
    created_at, updated_at, password_hash
FROM users WHERE lower(email) = lower(%s)
"""

_FIND_ACCOUNT: Final = """
SELECT id, email, full_name, roles, is_active, email_verified_at, language, marketing_consent_at, version,
    created_at, updated_at, password_hash
FROM users WHERE id = %s AND is_active
"""

_FIND_ACTIVE: Final = """
SELECT id, email, full_name, roles, is_active, email_verified_at, language, marketing_consent_at, version,
    created_at, updated_at
FROM users WHERE id = %s AND is_active
"""

_LOCK_ACTIVE: Final = f"{_FIND_ACTIVE} FOR NO KEY UPDATE"

_MARK_VERIFIED: Final = """
UPDATE users SET
    email_verified_at = coalesce(email_verified_at, now()),
    version = version + (email_verified_at IS NULL)::int
WHERE id = %(id)s AND lower(email) = lower(%(email)s)
RETURNING email_verified_at
"""

_IS_TAKEN: Final = f"""(
    EXISTS (SELECT FROM users other WHERE lower(other.email) = lower(%(email)s::text) AND other.id <> %(id)s)
    OR {_IS_RESERVED}
)"""

_CHANGE_EMAIL: Final = f"""
UPDATE users SET email = %(email)s::text, email_verified_at = now(), version = version + 1
WHERE id = %(id)s AND NOT {_IS_TAKEN}
RETURNING email_verified_at
"""

# Whoever holds a link and knows no password of the account gets it: nobody else has a session, a link or a password
# then. The user is locked; links that go back further than this one stay.
_TAKE_OVER: Final = f"""
WITH account AS (
    UPDATE users SET email = %(email)s::text, email_verified_at = now(), password_hash = '!', version = version + 1
    WHERE id = %(id)s AND NOT {_IS_TAKEN}
    RETURNING id, email, email_verified_at
), ended AS (
    UPDATE login_sessions session SET revoked_at = now(), revoked_reason = %(reason)s
    FROM account WHERE session.user_id = account.id AND session.revoked_at IS NULL
), void AS (
    DELETE FROM account_requests request USING account
    WHERE request.user_id = account.id AND request.used_at IS NULL
        AND (request.kind <> 'email_reversal' OR request.id > %(request_id)s)
), reset AS (
    INSERT INTO account_requests (kind, user_id, email, expires_at)
    SELECT 'password_reset', id, email, now() + make_interval(secs => %(lifetime)s) FROM account RETURNING id
)
SELECT account.email, account.email_verified_at AS verified_at, reset.id AS reset_id FROM account CROSS JOIN reset
"""

_RESET: Final = """
WITH account AS (
    UPDATE users SET password_hash = %(hash)s, email_verified_at = coalesce(email_verified_at, now()),
        version = version + (email_verified_at IS NULL)::int
    WHERE id = %(id)s
), void AS (
    DELETE FROM account_requests WHERE user_id = %(id)s AND kind <> 'email_reversal' AND used_at IS NULL
), ended AS (
    UPDATE login_sessions SET revoked_at = now(), revoked_reason = 'password_reset'
    WHERE user_id = %(id)s AND revoked_at IS NULL RETURNING id
)
SELECT count(*) AS sessions, now() AS reset_at FROM ended
"""


@dataclass(frozen=True, slots=True)
class User:
    """A row of `users` without its password hash."""

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

    @property
    def accepts_marketing(self) -> bool:
        return self.marketing_consent_at is not None


@dataclass(frozen=True, slots=True, repr=False)
class Account(User):
    """A user and the hash of their password."""

    password_hash: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """An account that belongs to whoever read a mail; `reset_id` is the request by which its password is chosen."""

    email: str
    verified_at: datetime
    reset_id: UUID


@dataclass(frozen=True, slots=True)
class Reset:
    """What became of an account whose password was reset."""

    sessions: int
    """How many have ended."""
    reset_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """The values of a registration."""

    email: str
    password_hash: str
    full_name: str
    language: str


def add(connection: Connection, new: NewUser) -> User | None:
    """The new user, a customer; None where the address is taken (also by a concurrent registration)."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(
            _ADD,
            {
                "email": new.email,
                "password_hash": new.password_hash,
                "full_name": new.full_name,
                "language": new.language,
                "id": None,
            },
        ).fetchone()


def find_by_email(connection: Connection, email: str) -> Account | None:
    """The account of this address, whatever the case of its letters."""
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(_FIND_BY_EMAIL, (email,)).fetchone()


def find_account(connection: Connection, user_id: UUID) -> Account | None:
    """The account, unless unknown or deactivated."""
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(_FIND_ACCOUNT, (user_id,)).fetchone()


def find_active(connection: Connection, user_id: UUID) -> User | None:
    """The user, unless unknown or deactivated."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(_FIND_ACTIVE, (user_id,)).fetchone()


def lock_active(connection: Connection, user_id: UUID) -> User | None:
    """The active user, locked until the end of this transaction."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(_LOCK_ACTIVE, (user_id,)).fetchone()


def replace_hash(connection: Connection, user_id: UUID, *, old: str, new: str) -> bool:
    """Store another hash, unless the password was changed, or the account deactivated, in the meantime."""
    return (
        connection.execute(
            "UPDATE users SET password_hash = %s WHERE id = %s AND password_hash = %s AND is_active",
            (new, user_id, old),
        ).rowcount
        == 1
    )


def reset_password(connection: Connection, user_id: UUID, new_hash: str) -> Reset:
    """Store the hash of a password that was chosen by a link to the account's address, which is verified by that. All
    sessions end, and all other links are void. The user must be locked.
    """
    with connection.cursor(row_factory=class_row(Reset)) as cursor:
        reset = cursor.execute(_RESET, {"id": user_id, "hash": new_hash}).fetchone()
    assert reset is not None
    return reset


def take_over(
    connection: Connection, user_id: UUID, email: str, *, request_id: UUID, reason: str, lifetime: int
) -> TakenOver | None:
    """Give the account to whoever has used the request's link, which came to `email`: it is the account's verified
    address, the password is void, sessions end for this `reason`, and a new password can be chosen for `lifetime`
    seconds. None where another account has the address. The user must be locked.
    """
    values = {"id": user_id, "email": email, "request_id": request_id, "reason": reason, "lifetime": lifetime}
    try:
        with connection.transaction(), connection.cursor(row_factory=class_row(TakenOver)) as cursor:
            return cursor.execute(_TAKE_OVER, values).fetchone()
    except psycopg.errors.UniqueViolation:  # registered in this moment
        return None


def mark_verified(connection: Connection, user_id: UUID, email: str) -> datetime | None:
    """Mark the address as verified; returns since when. None where it is not the account's (any more)."""
    row = connection.execute(_MARK_VERIFIED, {"id": user_id, "email": email}).fetchone()
    return None if row is None else row["email_verified_at"]


def change_email(connection: Connection, user_id: UUID, email: str) -> datetime | None:
    """Replace the account's address by this verified one; returns since when. None where another account has it."""
    try:
        with connection.transaction():
            row = connection.execute(_CHANGE_EMAIL, {"id": user_id, "email": email}).fetchone()
    except psycopg.errors.UniqueViolation:  # registered in this moment
        return None
    return None if row is None else row["email_verified_at"]
