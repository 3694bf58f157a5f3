"""Accounts that end (`account_erasures`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.identity.repository.requests import Kind
from shared.clients.database import Connection

_LOCK_ADMINISTRATORS: Final = """
SELECT id FROM users WHERE roles @> ARRAY['admin'] AND is_active ORDER BY id FOR NO KEY UPDATE
"""

_CLOSE: Final = """
UPDATE users SET is_active = false, version = version + 1
WHERE id = %(id)s AND is_active AND password_hash = %(password_hash)s
"""

_ADD: Final = """
INSERT INTO account_erasures (user_id, with_reviews, due_at)
VALUES (%(user_id)s, %(with_reviews)s, now() + make_interval(secs => %(grace)s)) RETURNING due_at
"""

_CANCEL: Final = """
WITH kept AS (
    DELETE FROM account_erasures WHERE user_id = %s AND finished_at IS NULL RETURNING user_id
)
UPDATE users SET is_active = true, version = version + 1 FROM kept WHERE users.id = kept.user_id
"""

# Both rows are locked: one that is not would be seen as it was before, and a cancellation be missed.
_CLAIM: Final = """
SELECT account.id, account.email, account.language, account.email_verified_at IS NOT NULL AS is_proven,
    erasure.with_reviews, erasure.waits_for
FROM account_erasures erasure JOIN users account ON account.id = erasure.user_id
WHERE erasure.finished_at IS NULL AND erasure.due_at <= now() AND erasure.user_id <> ALL(%s)
ORDER BY erasure.due_at LIMIT 1 FOR NO KEY UPDATE OF account, erasure SKIP LOCKED
"""

_POSTPONE: Final = """
WITH kept AS (
    UPDATE account_requests SET expires_at = now() + make_interval(secs => %(seconds)s)
    WHERE user_id = %(user_id)s AND kind = %(kind)s AND used_at IS NULL
)
UPDATE account_erasures SET due_at = now() + make_interval(secs => %(seconds)s), waits_for = %(waits_for)s
WHERE user_id = %(user_id)s RETURNING due_at
"""


@dataclass(frozen=True, slots=True)
class DueAccount:
    """An account whose time is over, locked."""

    id: UUID
    email: str
    language: str
    is_proven: bool
    """Whether the address is known to be the person's."""
    with_reviews: bool
    waits_for: str | None


def lock_administrators(connection: Connection) -> set[UUID]:
    """All that can sign in; none of them becomes less until this transaction ends."""
    return {row["id"] for row in connection.execute(_LOCK_ADMINISTRATORS)}


def close(connection: Connection, user_id: UUID, *, password_hash: str) -> bool:
    """Let nobody sign in any more; False where the account was closed, or its password changed, in the meantime."""
    return connection.execute(_CLOSE, {"id": user_id, "password_hash": password_hash}).rowcount == 1


def add(connection: Connection, user_id: UUID, *, with_reviews: bool, grace: int) -> datetime:
    """Have the account erased in `grace` seconds; returns when that is."""
    row = connection.execute(_ADD, {"user_id": user_id, "with_reviews": with_reviews, "grace": grace}).fetchone()
    assert row is not None
    due_at: datetime = row["due_at"]
    return due_at


def close_unproven(connection: Connection, user_id: UUID) -> None:
    """Let nobody sign in to a locked account any more, and have it erased by the next run."""
    connection.execute("UPDATE users SET is_active = false, version = version + 1 WHERE id = %s", (user_id,))
    add(connection, user_id, with_reviews=True, grace=0)


def cancel(connection: Connection, user_id: UUID) -> bool:
    """Keep the account, which can sign in again; False where it is gone, or was not to go."""
    return connection.execute(_CANCEL, (user_id,)).rowcount == 1


def is_leaving(connection: Connection, user_id: UUID) -> bool:
    """Whether the account is about to be erased, or was."""
    return connection.execute("SELECT FROM account_erasures WHERE user_id = %s", (user_id,)).fetchone() is not None


def claim(connection: Connection, *, except_for: Sequence[UUID]) -> DueAccount | None:
    """The account that is due for longest, which nobody else is at."""
    with connection.cursor(row_factory=class_row(DueAccount)) as cursor:
        return cursor.execute(_CLAIM, (list(except_for),)).fetchone()


def postpone(connection: Connection, user_id: UUID, *, seconds: int, waits_for: str) -> datetime:
    """Try again in so many seconds; until then the link in the mail still keeps the account. Returns when that is."""
    row = connection.execute(
        _POSTPONE,
        {
            "user_id": user_id,
            "kind": Kind.ERASURE_CANCELLATION.value,
            "seconds": seconds,
            "waits_for": waits_for,
        },
    ).fetchone()
    assert row is not None
    due_at: datetime = row["due_at"]
    return due_at
