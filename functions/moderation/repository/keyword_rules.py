"""Keyword rules as administrators write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule; `match_count` is how many places of texts in cases it matched."""

    id: UUID
    phrase: str
    language: str | None
    action: str
    is_active: bool
    note: str
    created_by: UUID | None
    match_count: int
    version: int
    created_at: datetime
    updated_at: datetime


WRITTEN: Final = ("phrase", "language", "action", "is_active", "note")
_COLUMNS: Final = """k.id, k.phrase, k.language, k.action, k.is_active, k.note, k.created_by,
    (SELECT count(*) FROM screenings s WHERE s.rule_id = k.id) AS match_count, k.version, k.created_at, k.updated_at"""
_LIST: Final = f"""
SELECT {_COLUMNS} FROM keyword_rules k
WHERE k.deleted_at IS NULL AND (%(action)s::text IS NULL OR k.action = %(action)s::text)
    AND (%(is_active)s::bool IS NULL OR k.is_active = %(is_active)s::bool)
    AND (%(before)s::uuid IS NULL OR k.id < %(before)s::uuid)
ORDER BY k.id DESC LIMIT %(limit)s
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM keyword_rules k WHERE k.id = %(id)s AND k.deleted_at IS NULL"
_LOCKED: Final = f"{_ONE} FOR NO KEY UPDATE OF k"
_INSERT: Final = f"""
INSERT INTO keyword_rules ({", ".join(WRITTEN)}, created_by)
VALUES ({", ".join(f"%({name})s" for name in WRITTEN)}, %(created_by)s)
ON CONFLICT (phrase) WHERE deleted_at IS NULL DO NOTHING RETURNING id
"""
_UPDATE: Final = sql.SQL("""
UPDATE keyword_rules SET {changes}, version = version + 1
WHERE id = %(id)s AND NOT EXISTS (SELECT FROM keyword_rules o
    WHERE o.phrase = %(phrase)s AND o.id <> %(id)s AND o.deleted_at IS NULL)
""")
_DELETE: Final = "UPDATE keyword_rules SET deleted_at = now(), version = version + 1 WHERE id = %(id)s"


def list_all(
    connection: Connection, *, action: str | None, is_active: bool | None, limit: int, before: UUID | None
) -> list[RuleRow]:
    """The newest first."""
    values = {"action": action, "is_active": is_active, "limit": limit, "before": before}
    with connection.cursor(row_factory=class_row(RuleRow)) as cursor:
        return cursor.execute(_LIST, values).fetchall()


def one(connection: Connection, rule_id: UUID, *, locks: bool = False) -> RuleRow | None:
    """A rule by its id."""
    with connection.cursor(row_factory=class_row(RuleRow)) as cursor:
        return cursor.execute(_LOCKED if locks else _ONE, {"id": rule_id}).fetchone()


def insert(connection: Connection, values: Mapping[str, Any], created_by: UUID) -> UUID | None:
    """`values` are those of `WRITTEN`; None where there is a rule with this phrase."""
    row = connection.execute(_INSERT, {**values, "created_by": created_by}).fetchone()
    return None if row is None else row["id"]


def update(connection: Connection, rule: RuleRow, changes: Mapping[str, Any]) -> bool:
    """Change some of `WRITTEN` of a locked rule; False where another has the phrase."""
    sets = sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(n), sql.Placeholder(n)) for n in changes)
    values = {"phrase": rule.phrase, **changes, "id": rule.id}
    return connection.execute(_UPDATE.format(changes=sets), values).rowcount == 1


def delete(connection: Connection, rule_id: UUID) -> None:
    """It applies no more; cases that it opened still name it."""
    connection.execute(_DELETE, {"id": rule_id})
