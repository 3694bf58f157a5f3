"""Words that people do not want to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import args_row

from shared.clients.database import Connection


class WordFilterRow(NamedTuple):
    id: UUID
    phrase: str
    action: str
    until: datetime | None
    created_at: datetime
    updated_at: datetime


_COLUMNS: Final = "id, phrase, action, until, created_at, updated_at"
_LIST: Final = f"SELECT {_COLUMNS} FROM word_filters WHERE user_id = %s AND id < %s ORDER BY id DESC LIMIT %s"
_ADD: Final = f"""
INSERT INTO word_filters (user_id, phrase, pattern, action, until)
SELECT a.id, %(phrase)s, %(pattern)s, %(action)s, %(until)s FROM identity_accounts a WHERE a.id = %(user_id)s
ON CONFLICT (user_id, pattern) DO NOTHING RETURNING {_COLUMNS}
"""
_CHANGE: Final = f"""
UPDATE word_filters SET phrase = coalesce(%(phrase)s, phrase), pattern = coalesce(%(pattern)s, pattern),
    action = coalesce(%(action)s, action), until = CASE WHEN %(names_until)s THEN %(until)s ELSE until END
WHERE id = %(id)s AND user_id = %(user_id)s RETURNING {_COLUMNS}
"""
_FIND: Final = "SELECT id FROM word_filters WHERE user_id = %s AND pattern = %s"


def page(connection: Connection, user_id: UUID, *, limit: int, before: UUID) -> Sequence[WordFilterRow]:
    """The person's filters, newest first."""
    with connection.cursor(row_factory=args_row(WordFilterRow)) as cursor:
        return cursor.execute(_LIST, (user_id, before, limit)).fetchall()


def count(connection: Connection, user_id: UUID) -> int:
    """How many the person has."""
    row = connection.execute("SELECT count(*)::int AS n FROM word_filters WHERE user_id = %s", (user_id,)).fetchone()
    assert row is not None
    there_are: int = row["n"]
    return there_are


def add(connection: Connection, user_id: UUID, values: Mapping[str, Any]) -> WordFilterRow | None:
    """The new filter; None where there is one with its pattern."""
    with connection.cursor(row_factory=args_row(WordFilterRow)) as cursor:
        return cursor.execute(_ADD, {"user_id": user_id, **values}).fetchone()


def id_of(connection: Connection, user_id: UUID, pattern: str) -> UUID | None:
    """The person's filter with this pattern."""
    row = connection.execute(_FIND, (user_id, pattern)).fetchone()
    return None if row is None else row["id"]


class SamePatternError(Exception):
    """Another filter of the person's has the pattern."""


def change(connection: Connection, user_id: UUID, filter_id: UUID, values: Mapping[str, Any]) -> WordFilterRow | None:
    """The changed filter; None where the person has no such filter. Raises SamePatternError."""
    parameters = {
        **dict.fromkeys(("phrase", "pattern", "action", "until")),
        **values,
        "names_until": "until" in values,
        "id": filter_id,
        "user_id": user_id,
    }
    try:
        with connection.transaction(), connection.cursor(row_factory=args_row(WordFilterRow)) as cursor:
            return cursor.execute(_CHANGE, parameters).fetchone()
    except psycopg.errors.UniqueViolation as error:
        raise SamePatternError from error


def delete(connection: Connection, user_id: UUID, filter_id: UUID) -> None:
    """The filter is gone."""
    connection.execute("DELETE FROM word_filters WHERE id = %s AND user_id = %s", (filter_id, user_id))
