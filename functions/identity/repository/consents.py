"""What people agreed to (`consent_changes`), and the quick answer of `users` about mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

_CURRENT: Final = """
SELECT DISTINCT ON (purpose) purpose, granted, text_version, source, created_at FROM consent_changes
WHERE user_id = %s ORDER BY purpose, id DESC
"""

_HISTORY: Final = """
SELECT purpose, granted, text_version, source, created_at FROM consent_changes
WHERE user_id = %s ORDER BY id DESC LIMIT %s
"""

_ADD: Final = """
INSERT INTO consent_changes (user_id, purpose, granted, text_version, source)
SELECT %(user_id)s, said.purpose, said.granted, said.text_version, %(source)s
FROM unnest(%(purposes)s::text[], %(granted)s::boolean[], %(versions)s::text[])
    AS said (purpose, granted, text_version)
"""

_KEEP_MARKETING: Final = """
UPDATE users SET
    marketing_consent_at = CASE WHEN %(granted)s THEN coalesce(marketing_consent_at, now()) END,
    version = version + %(step)s
WHERE id = %(user_id)s RETURNING marketing_consent_at
"""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One thing said; the newest of a purpose is in force."""

    purpose: str
    granted: bool
    text_version: str
    source: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to write down."""

    purpose: str
    granted: bool
    text_version: str


@dataclass(frozen=True, slots=True)
class LockedPerson:
    is_active: bool
    marketing_consent_at: datetime | None


def lock(connection: Connection, user_id: UUID) -> LockedPerson | None:
    """Who says something; whoever else says something for them now waits until this transaction ends."""
    with connection.cursor(row_factory=class_row(LockedPerson)) as cursor:
        return cursor.execute(
            "SELECT is_active, marketing_consent_at FROM users WHERE id = %s FOR NO KEY UPDATE", (user_id,)
        ).fetchone()


def current(connection: Connection, user_id: UUID) -> dict[str, ConsentRow]:
    """What is in force, by purpose; a purpose about which nothing was ever said is not among them."""
    with connection.cursor(row_factory=class_row(ConsentRow)) as cursor:
        return {row.purpose: row for row in cursor.execute(_CURRENT, (user_id,))}


def history(connection: Connection, user_id: UUID, *, limit: int) -> list[ConsentRow]:
    """What was said last, the newest first."""
    with connection.cursor(row_factory=class_row(ConsentRow)) as cursor:
        return cursor.execute(_HISTORY, (user_id, limit)).fetchall()


def add(connection: Connection, user_id: UUID, said: Sequence[Said], *, source: str) -> None:
    """Write down what was said, and where."""
    connection.execute(
        _ADD,
        {
            "user_id": user_id,
            "source": source,
            "purposes": [one.purpose for one in said],
            "granted": [one.granted for one in said],
            "versions": [one.text_version for one in said],
        },
    )


def keep_marketing(connection: Connection, user_id: UUID, *, granted: bool, counts: bool) -> datetime | None:
    """The quick answer, which says the same as the record; returns since when. `counts`: as a change of the profile."""
    row = connection.execute(_KEEP_MARKETING, {"user_id": user_id, "granted": granted, "step": int(counts)}).fetchone()
    assert row is not None
    since: datetime | None = row["marketing_consent_at"]
    return since
