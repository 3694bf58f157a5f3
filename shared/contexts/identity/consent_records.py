"""Records of consents (`consent_changes`), and the copy in `users` of the consent to marketing mail."""

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
SELECT %(user_id)s, entry.purpose, entry.granted, entry.text_version, %(source)s
FROM unnest(%(purposes)s::text[], %(granted)s::boolean[], %(versions)s::text[])
    AS entry (purpose, granted, text_version)
"""

_SET_MARKETING_CONSENT: Final = """
UPDATE users SET
    marketing_consent_at = CASE WHEN %(granted)s THEN coalesce(marketing_consent_at, now()) END,
    version = version + %(step)s
WHERE id = %(user_id)s RETURNING marketing_consent_at
"""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A change of a consent; the newest of a purpose is in force."""

    purpose: str
    granted: bool
    text_version: str
    source: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """A change that is to be recorded."""

    purpose: str
    granted: bool
    text_version: str


@dataclass(frozen=True, slots=True)
class LockedUser:
    is_active: bool
    marketing_consent_at: datetime | None


def lock(connection: Connection, user_id: UUID) -> LockedUser | None:
    """The user; other changes of their consents wait until this transaction ends."""
    with connection.cursor(row_factory=class_row(LockedUser)) as cursor:
        return cursor.execute(
            "SELECT is_active, marketing_consent_at FROM users WHERE id = %s FOR NO KEY UPDATE", (user_id,)
        ).fetchone()


def current(connection: Connection, user_id: UUID) -> dict[str, ConsentRow]:
    """The consents in force, by purpose; a purpose without any change is not among them."""
    with connection.cursor(row_factory=class_row(ConsentRow)) as cursor:
        return {row.purpose: row for row in cursor.execute(_CURRENT, (user_id,))}


def history(connection: Connection, user_id: UUID, *, limit: int) -> list[ConsentRow]:
    """The last changes, the newest first."""
    with connection.cursor(row_factory=class_row(ConsentRow)) as cursor:
        return cursor.execute(_HISTORY, (user_id, limit)).fetchall()


def add(connection: Connection, user_id: UUID, entries: Sequence[ConsentEntry], *, source: str) -> None:
    """Record changes, and where they were made."""
    connection.execute(
        _ADD,
        {
            "user_id": user_id,
            "source": source,
            "purposes": [entry.purpose for entry in entries],
            "granted": [entry.granted for entry in entries],
            "versions": [entry.text_version for entry in entries],
        },
    )


def set_marketing_consent(connection: Connection, user_id: UUID, *, granted: bool, counts: bool) -> datetime | None:
    """Update the copy in `users`; returns since when there is consent. `counts`: increments the profile's version."""
    parameters = {"user_id": user_id, "granted": granted, "step": int(counts)}
    row = connection.execute(_SET_MARKETING_CONSENT, parameters).fetchone()
    assert row is not None
    since: datetime | None = row["marketing_consent_at"]
    return since
