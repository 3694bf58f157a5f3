"""Links that were asked for and are used once (`account_requests`).

Whoever changes an account locks its user first, then its requests, then its sessions: so nobody deadlocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection


class Kind(StrEnum):
    """What a link does."""

    EMAIL_VERIFICATION = "email_verification"
    EMAIL_CHANGE = "email_change"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a name
    ERASURE_CANCELLATION = "erasure_cancellation"


# What ran out a day ago and more is removed by and by.
_REMOVE_EXPIRED: Final = """
DELETE FROM account_requests WHERE id = ANY(ARRAY(
    SELECT id FROM account_requests WHERE expires_at < now() - interval '1 day'
    ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED
))
"""

_ADD: Final = """
INSERT INTO account_requests (kind, user_id, email, expires_at)
VALUES (%(kind)s, %(user_id)s, %(email)s, now() + make_interval(secs => %(lifetime)s))
RETURNING id, expires_at
"""

_LOCK_OWNER: Final = """
SELECT account.id, account.email, account.full_name, account.roles
FROM account_requests request JOIN users account ON account.id = request.user_id
WHERE request.id = %s AND account.is_active
FOR NO KEY UPDATE OF account
"""

_FIND_OWNER: Final = """
SELECT account.id, account.email, account.full_name, account.roles
FROM account_requests request JOIN users account ON account.id = request.user_id
WHERE request.id = %(id)s AND request.kind = ANY(%(kinds)s) AND request.used_at IS NULL
    AND request.expires_at > now() AND account.is_active
"""

_USE: Final = """
UPDATE account_requests SET used_at = now()
WHERE id = %(id)s AND kind = ANY(%(kinds)s) AND used_at IS NULL AND expires_at > now()
RETURNING kind, email
"""


@dataclass(frozen=True, slots=True)
class NewRequest:
    id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Owner:
    """The active user that a request is about."""

    id: UUID
    email: str
    full_name: str
    roles: list[str]


@dataclass(frozen=True, slots=True)
class Used:
    """What a request was for."""

    kind: str
    email: str


def add(connection: Connection, kind: Kind, *, user_id: UUID | None, email: str, lifetime: int) -> NewRequest:
    """A new request, open for `lifetime` seconds."""
    values = {"kind": kind.value, "user_id": user_id, "email": email, "lifetime": lifetime}
    with connection.cursor(row_factory=class_row(NewRequest)) as cursor:
        added = cursor.execute(_ADD, values).fetchone()
    assert added is not None
    return added


def find_owner(connection: Connection, request_id: UUID, *kinds: Kind) -> Owner | None:
    """The owner of an open request of one of these kinds; nothing is locked."""
    with connection.cursor(row_factory=class_row(Owner)) as cursor:
        return cursor.execute(_FIND_OWNER, {"id": request_id, "kinds": [kind.value for kind in kinds]}).fetchone()


def lock_owner(connection: Connection, request_id: UUID) -> Owner | None:
    """The owner of the request, whatever has become of it; nobody else changes the account until the end of this
    transaction.
    """
    with connection.cursor(row_factory=class_row(Owner)) as cursor:
        return cursor.execute(_LOCK_OWNER, (request_id,)).fetchone()


def use(connection: Connection, request_id: UUID, *kinds: Kind) -> Used | None:
    """Use the request up; None where it is none of these kinds, or not open any more."""
    with connection.cursor(row_factory=class_row(Used)) as cursor:
        return cursor.execute(_USE, {"id": request_id, "kinds": [kind.value for kind in kinds]}).fetchone()


def withdraw(connection: Connection, user_id: UUID, *kinds: Kind) -> None:
    """Make the user's open requests of these kinds useless."""
    connection.execute(
        "DELETE FROM account_requests WHERE user_id = %s AND kind = ANY(%s) AND used_at IS NULL",
        (user_id, [kind.value for kind in kinds]),
    )


def remove_expired(connection: Connection, batch: int) -> int:
    """Forget up to `batch` requests that ran out a day ago and more; returns how many."""
    return connection.execute(_REMOVE_EXPIRED, (batch,)).rowcount
