"""Accounts of administrators that no administrator made: the first one, and one whose password is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared import audit
from shared.audit import Changes, Subject
from shared.clients.database import Connection

_LOCK: Final = 7_021_118

_PROMOTE: Final = """
UPDATE users SET password_hash = %(hash)s, is_active = true, version = version + 1,
    email_verified_at = coalesce(email_verified_at, now()),
    roles = CASE WHEN 'admin' = ANY(roles) THEN roles ELSE array_append(roles, 'admin') END
WHERE id = %(id)s RETURNING roles
"""


@dataclass(frozen=True, slots=True)
class Account:
    """A user, as far as it decides about becoming an administrator."""

    id: UUID
    email: str
    password_hash: str
    roles: Sequence[str]
    is_active: bool


def lock(connection: Connection) -> None:
    """Let two callers at once go one after the other; held until the transaction ends."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))


def account(connection: Connection, email: str) -> Account | None:
    """The user with this address, locked until the transaction ends."""
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(
            "SELECT id, email, password_hash, roles, is_active FROM users WHERE lower(email) = lower(%s) FOR UPDATE",
            (email,),
        ).fetchone()


def add(connection: Connection, email: str, password_hash: str) -> None:
    """Insert an administrator whose address counts as verified: the operator named it."""
    row = connection.execute(
        "INSERT INTO users (email, full_name, password_hash, roles, email_verified_at)"
        " VALUES (%s, 'Administrator', %s, '{customer,admin}', now()) RETURNING id, roles",
        (email, password_hash),
    ).fetchone()
    assert row is not None
    _record(connection, row["id"], audit.created({"roles": row["roles"], "is_active": True}))


def promote(connection: Connection, account: Account, password_hash: str) -> None:
    """Give the user this password and the role, and end the sessions that the old password opened. The address counts
    as verified: the operator named it.
    """
    row = connection.execute(_PROMOTE, {"id": account.id, "hash": password_hash}).fetchone()
    assert row is not None
    connection.execute(
        "UPDATE login_sessions SET revoked_at = now(), revoked_reason = 'password_changed'"
        " WHERE user_id = %s AND revoked_at IS NULL",
        (account.id,),
    )
    before = {"roles": list(account.roles), "is_active": account.is_active, "password": "before"}
    after = {"roles": row["roles"], "is_active": True, "password": "after"}
    _record(connection, account.id, audit.differences(before, after))


def _record(connection: Connection, user_id: UUID, changes: Changes) -> None:
    """Whoever may invoke `operations.seed` is known to AWS only (CloudTrail)."""
    audit.record(connection, "user.made_administrator", Subject("user", user_id), changes=changes, actor=audit.SYSTEM)
