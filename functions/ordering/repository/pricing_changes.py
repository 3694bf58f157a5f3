"""SQL of the log of what administrators changed about prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.clients.database import Connection

_RECORD: Final = """
INSERT INTO pricing_changes (entity, entity_id, action, actor_id, document) VALUES (%s, %s, %s, %s, %s)
"""
_COLUMNS: Final = "id, entity, entity_id, action, actor_id, document, created_at"
_PAGE: Final = f"""
SELECT {_COLUMNS} FROM pricing_changes WHERE id < %(before)s ORDER BY id DESC LIMIT %(limit)s
"""  # noqa: S608 - our own constant
_PAGE_OF_ONE: Final = f"""
SELECT {_COLUMNS} FROM pricing_changes WHERE entity_id = %(entity_id)s AND id < %(before)s ORDER BY id DESC
LIMIT %(limit)s
"""  # noqa: S608 - our own constant


@dataclass(frozen=True, slots=True)
class ChangeRow:
    id: UUID
    entity: str
    entity_id: UUID
    action: str
    actor_id: UUID | None
    document: dict[str, Any]
    created_at: datetime


def record(
    connection: Connection, entity: str, entity_id: UUID, action: str, *, actor_id: UUID, document: dict[str, Any]
) -> None:
    """`document` is what was written, as JSON."""
    connection.execute(_RECORD, (entity, entity_id, action, actor_id, Jsonb(document)))


def page(connection: Connection, *, entity_id: UUID | None, before: UUID, limit: int) -> Sequence[ChangeRow]:
    """Newest first, of everything or of one."""
    with connection.cursor(row_factory=class_row(ChangeRow)) as cursor:
        query = _PAGE if entity_id is None else _PAGE_OF_ONE
        return cursor.execute(query, {"entity_id": entity_id, "before": before, "limit": limit}).fetchall()
