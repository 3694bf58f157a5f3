"""Requests for links that are used once (`account_requests`).

A change of an account locks its user first, then its requests, then its sessions, so that there is no deadlock.
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
    EMAIL_REVERSAL = "email_reversal"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a name
    ERASURE_CANCELLATION = "erasure_cancellation"


REVOCABLE: Final = tuple(kind for kind in Kind if kind is not Kind.EMAIL_REVERSAL)
"""What ends with a change of the account. Not the link that takes a change of the address back: it is for the owner
when somebody else has the account, and would be the first thing to end.
"""

_ADD: Final = """
INSERT INTO account_requests (kind, user_id, email, expires_at)
VALUES (%(kind)s, %(user_id)s, %(email)s, now() + make_interval(secs => %(lifetime)s))
RETURNING id, expires_at
"""

_LOCK_OWNER: Final = """
SELECT account.id, account.email, account.full_name, account.language, account.roles, account.is_active,
    account.email_verified_at IS NOT NULL AS is_proven
FROM account_requests request JOIN users account ON account.id = request.user_id
WHERE request.id = %s FOR NO KEY UPDATE OF account
"""

# Of links that set a password, only the newest is good.
_IS_OPEN: Final = """request.id = %(id)s AND request.kind = ANY(%(kinds)s) AND request.used_at IS NULL
    AND request.expires_at > now() AND NOT EXISTS (
        SELECT FROM account_requests newer WHERE request.kind = 'password_reset' AND newer.kind = request.kind
            AND newer.user_id = request.user_id AND newer.id > request.id
    )"""

_FIND_OWNER: Final = f"""
SELECT account.id, account.email, account.full_name, account.language, account.roles, account.is_active,
    account.email_verified_at IS NOT NULL AS is_proven
FROM account_requests request JOIN users account ON account.id = request.user_id
WHERE {_IS_OPEN} AND account.is_active
"""

_USE: Final = f"""
UPDATE account_requests request SET used_at = now() WHERE {_IS_OPEN} RETURNING kind, email
"""


@dataclass(frozen=True, slots=True)
class NewRequest:
    id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Owner:
    """The user that a request is about."""

    id: UUID
    email: str
    full_name: str
    language: str
    roles: list[str]
    is_active: bool
    is_proven: bool
    """Whether the address is known to be the user's."""


@dataclass(frozen=True, slots=True)
class UsedRequest:
    """A request whose link is used now."""

    kind: str
    email: str


def add(connection: Connection, kind: Kind, *, user_id: UUID | None, email: str, lifetime: int) -> NewRequest:
    """A new request, open for `lifetime` seconds."""
    values = {"kind": kind.value, "user_id": user_id, "email": email, "lifetime": lifetime}
    with connection.cursor(row_factory=class_row(NewRequest)) as cursor:
        request = cursor.execute(_ADD, values).fetchone()
    assert request is not None
    return request


def find_owner(connection: Connection, request_id: UUID, *kinds: Kind) -> Owner | None:
    """The owner of an open request of one of these kinds; nothing is locked."""
    with connection.cursor(row_factory=class_row(Owner)) as cursor:
        return cursor.execute(_FIND_OWNER, {"id": request_id, "kinds": [kind.value for kind in kinds]}).fetchone()


def lock_owner(connection: Connection, request_id: UUID) -> Owner | None:
    """The active owner of the request, open or not; the account is locked until the end of this transaction."""
    owner = lock_any_owner(connection, request_id)
    return owner if owner is not None and owner.is_active else None


def lock_any_owner(connection: Connection, request_id: UUID) -> Owner | None:
    """The owner of the request, also one whose account is closed."""
    with connection.cursor(row_factory=class_row(Owner)) as cursor:
        return cursor.execute(_LOCK_OWNER, (request_id,)).fetchone()


def use(connection: Connection, request_id: UUID, *kinds: Kind) -> UsedRequest | None:
    """Mark the request as used; None where it is none of these kinds, or no longer open."""
    with connection.cursor(row_factory=class_row(UsedRequest)) as cursor:
        return cursor.execute(_USE, {"id": request_id, "kinds": [kind.value for kind in kinds]}).fetchone()


def withdraw(connection: Connection, user_id: UUID, *kinds: Kind) -> None:
    """Delete the user's open requests of these kinds, so that their links are void."""
    connection.execute(
        "DELETE FROM account_requests WHERE user_id = %s AND kind = ANY(%s) AND used_at IS NULL",
        (user_id, [kind.value for kind in kinds]),
    )


def open_changes(connection: Connection, user_id: UUID) -> list[str]:
    """The addresses that the user has asked to have; one at most, but for requests that were made at once."""
    rows = connection.execute(
        "SELECT email FROM account_requests WHERE user_id = %s AND kind = 'email_change' AND used_at IS NULL"
        " AND expires_at > now()",
        (user_id,),
    )
    return [row["email"] for row in rows]
