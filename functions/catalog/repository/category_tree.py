"""Changing the tree of categories, one change at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class StoredCategory:
    id: UUID
    version: int
    name: str
    slug: str
    parent_id: UUID | None
    position: int
    created_at: datetime
    updated_at: datetime


_COLUMNS: Final = "id, version, name, slug, parent_id, position, created_at, updated_at"
_BY_ID: Final = f"SELECT {_COLUMNS} FROM categories WHERE id = %s"

# Whoever takes a slug has it: it does not lead to the category that bore it before.
_RELEASED: Final = "released AS (DELETE FROM category_slug_history WHERE slug = %(slug)s)"

_INSERT: Final = f"""
WITH {_RELEASED}
INSERT INTO categories (name, slug, parent_id, position)
VALUES (%(name)s, %(slug)s, %(parent_id)s, %(position)s)
ON CONFLICT (slug) DO NOTHING RETURNING {_COLUMNS}
"""

_UPDATE: Final = f"""
WITH {_RELEASED}, kept AS (
    INSERT INTO category_slug_history (slug, category_id)
    SELECT slug, id FROM categories WHERE id = %(id)s AND slug <> %(slug)s
    ON CONFLICT (slug) DO UPDATE SET category_id = excluded.category_id
)
UPDATE categories
SET name = %(name)s, slug = %(slug)s, parent_id = %(parent_id)s, position = %(position)s, version = version + 1
WHERE id = %(id)s RETURNING {_COLUMNS}
"""

_ANCESTORS: Final = """
WITH RECURSIVE line AS (
    SELECT id, parent_id, 1 AS number FROM categories WHERE id = %(id)s
    UNION ALL
    SELECT c.id, c.parent_id, line.number + 1 FROM line JOIN categories c ON c.id = line.parent_id
    WHERE line.number < %(most)s
)
SELECT id FROM line ORDER BY number
"""

_SUBTREE_DEPTH: Final = """
WITH RECURSIVE below AS (
    SELECT id, 1 AS level FROM categories WHERE id = %(id)s
    UNION ALL
    SELECT c.id, below.level + 1 FROM below JOIN categories c ON c.parent_id = below.id WHERE below.level < %(most)s
)
SELECT max(level) AS depth FROM below
"""

_IN_USE: Final = """
SELECT EXISTS (SELECT FROM categories WHERE parent_id = %(id)s)
    OR EXISTS (SELECT FROM products WHERE category_id = %(id)s AND deleted_at IS NULL) AS in_use
"""


def lock(connection: Connection) -> None:
    """Until the transaction ends, no other one moves or deletes categories: two moves at once might make a cycle."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalog.categories', 0))")


def by_id(connection: Connection, category_id: UUID, *, locked: bool) -> StoredCategory | None:
    """The category; `locked` keeps products from coming into it, too."""
    with connection.cursor(row_factory=class_row(StoredCategory)) as cursor:
        return cursor.execute(_BY_ID + (" FOR UPDATE" if locked else ""), (category_id,)).fetchone()


def insert(connection: Connection, values: dict[str, Any]) -> StoredCategory | None:
    """The new category; None where its slug is taken."""
    with connection.cursor(row_factory=class_row(StoredCategory)) as cursor:
        return cursor.execute(_INSERT, values).fetchone()


def update(connection: Connection, category_id: UUID, values: dict[str, Any]) -> StoredCategory:
    """The changed category, its version counted up; its slug of before leads to it.

    Raises psycopg.errors.UniqueViolation (slug).
    """
    with connection.cursor(row_factory=class_row(StoredCategory)) as cursor:
        row = cursor.execute(_UPDATE, {**values, "id": category_id}).fetchone()
    assert row is not None
    return row


def delete(connection: Connection, category_id: UUID) -> None:
    """Deleted products that stood in it stand nowhere then."""
    connection.execute("DELETE FROM categories WHERE id = %s", (category_id,))


def ancestors(connection: Connection, category_id: UUID, *, most: int) -> list[UUID]:
    """The category and those above it, itself first, so many at most; empty where it does not exist."""
    return [row["id"] for row in connection.execute(_ANCESTORS, {"id": category_id, "most": most})]


def subtree_depth(connection: Connection, category_id: UUID, *, most: int) -> int:
    """How many levels the category and those below it have, so many at most."""
    row = connection.execute(_SUBTREE_DEPTH, {"id": category_id, "most": most}).fetchone()
    assert row is not None
    return int(row["depth"])


def in_use(connection: Connection, category_id: UUID) -> bool:
    """Whether categories or products (on sale or not) stand in it."""
    row = connection.execute(_IN_USE, {"id": category_id}).fetchone()
    return row is not None and bool(row["in_use"])
