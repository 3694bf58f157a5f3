"""Users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from shared.clients.database import Connection

_ADD: Final = """
INSERT INTO users (email, password_hash, full_name, language)
VALUES (%(email)s, %(password_hash)s, %(full_name)s, %(language)s)
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

_CHANGE: Final = """
UPDATE users SET
    full_name = coalesce(%(full_name)s, full_name),
    language = coalesce(%(language)s, language),
    version = version + 1
WHERE id = %(id)s AND version = %(version)s AND is_active
RETURNING id, email, full_name, roles, is_active, email_verified_at, language, marketing_consent_at, version,
    created_at, updated_at
"""


_MARK_VERIFIED: Final = """
UPDATE users SET
    email_verified_at = coalesce(email_verified_at, now()),
    version = version + (email_verified_at IS NULL)::int
WHERE id = %(id)s AND lower(email) = lower(%(email)s)
RETURNING email_verified_at
"""

_CHANGE_EMAIL: Final = """
UPDATE users SET email = %(email)s, email_verified_at = now(), version = version + 1 WHERE id = %(id)s
RETURNING email_verified_at
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
    """A user and what their password is checked against."""

    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """What somebody registers with."""

    email: str
    password_hash: str
    full_name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileValues:
    """New values of a profile; None leaves one as it is."""

    full_name: str | None = None
    language: str | None = None


def add(connection: Connection, new: NewUser) -> User | None:
    """The new user, a customer; None where the address is taken (also by a registration going on right now)."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(
            _ADD,
            {
                "email": new.email,
                "password_hash": new.password_hash,
                "full_name": new.full_name,
                "language": new.language,
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


def change(connection: Connection, user_id: UUID, values: ProfileValues, *, version: int) -> User | None:
    """The changed user; None where there is no active user with this id at this version."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(
            _CHANGE,
            {
                "id": user_id,
                "version": version,
                "full_name": values.full_name,
                "language": values.language,
            },
        ).fetchone()


def replace_hash(connection: Connection, user_id: UUID, *, old: str, new: str) -> bool:
    """Store another hash, unless the password was changed, or the account deactivated, in the meantime."""
    return (
        connection.execute(
            "UPDATE users SET password_hash = %s WHERE id = %s AND password_hash = %s AND is_active",
            (new, user_id, old),
        ).rowcount
        == 1
    )


def set_hash(connection: Connection, user_id: UUID, new: str) -> None:
    """Store the hash of a password chosen by somebody who has not shown the one before."""
    connection.execute("UPDATE users SET password_hash = %s WHERE id = %s", (new, user_id))


def mark_verified(connection: Connection, user_id: UUID, email: str) -> datetime | None:
    """The address is proven; returns since when. None where it is not the account's (any more)."""
    row = connection.execute(_MARK_VERIFIED, {"id": user_id, "email": email}).fetchone()
    return None if row is None else row["email_verified_at"]


def change_email(connection: Connection, user_id: UUID, email: str) -> datetime | None:
    """Give the account this address, which is proven; returns since when. None where somebody else has it."""
    try:
        with connection.transaction():
            row = connection.execute(_CHANGE_EMAIL, {"id": user_id, "email": email}).fetchone()
    except psycopg.errors.UniqueViolation:
        return None
    assert row is not None
    proven_at: datetime = row["email_verified_at"]
    return proven_at
