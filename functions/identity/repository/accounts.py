"""Users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

_ADD: Final = """
INSERT INTO users (email, password_hash, full_name) VALUES (%s, %s, %s)
ON CONFLICT (lower(email)) DO NOTHING
RETURNING id, email, full_name, roles, is_active, email_verified_at, version, created_at, updated_at
"""

_FIND_BY_EMAIL: Final = """
SELECT id, email, full_name, roles, is_active, email_verified_at, version, created_at, updated_at, password_hash
FROM users WHERE lower(email) = lower(%s)
"""

_FIND_ACTIVE: Final = """
SELECT id, email, full_name, roles, is_active, email_verified_at, version, created_at, updated_at
FROM users WHERE id = %s AND is_active
"""

_RENAME: Final = """
UPDATE users SET full_name = %s, version = version + 1 WHERE id = %s AND version = %s AND is_active
RETURNING id, email, full_name, roles, is_active, email_verified_at, version, created_at, updated_at
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
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Account(User):
    """A user and what their password is checked against."""

    password_hash: str


def add(connection: Connection, *, email: str, password_hash: str, full_name: str) -> User | None:
    """The new user, a customer; None where the address is taken (also by a registration going on right now)."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(_ADD, (email, password_hash, full_name)).fetchone()


def find_by_email(connection: Connection, email: str) -> Account | None:
    """The account of this address, whatever the case of its letters."""
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(_FIND_BY_EMAIL, (email,)).fetchone()


def find_active(connection: Connection, user_id: UUID) -> User | None:
    """The user, unless unknown or deactivated."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(_FIND_ACTIVE, (user_id,)).fetchone()


def rename(connection: Connection, user_id: UUID, *, full_name: str, version: int) -> User | None:
    """The renamed user; None where there is no active user with this id at this version."""
    with connection.cursor(row_factory=class_row(User)) as cursor:
        return cursor.execute(_RENAME, (full_name, user_id, version)).fetchone()


def replace_hash(connection: Connection, user_id: UUID, *, old: str, new: str) -> None:
    """Store the same password's hash at today's cost, unless the password was changed in the meantime."""
    connection.execute("UPDATE users SET password_hash = %s WHERE id = %s AND password_hash = %s", (new, user_id, old))
