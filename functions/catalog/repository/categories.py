"""Categories: a tree by `parent_id`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class CountedCategory:
    """`own_count` is the number of products on sale that stand directly in it; `former_slugs` lead to it still."""

    id: UUID
    name: str
    slug: str
    parent_id: UUID | None
    updated_at: datetime
    own_count: int
    former_slugs: list[str]


# Counted category by category, in the index alone: grouping all products at once reads the whole table.
_ALL: Final = """
SELECT c.id, c.name, c.slug, c.parent_id, c.updated_at, n.own_count,
       ARRAY(SELECT h.slug FROM category_slug_history h WHERE h.category_id = c.id ORDER BY h.created_at, h.slug)
           AS former_slugs
FROM categories c CROSS JOIN LATERAL (
    SELECT count(*) AS own_count FROM products p
    WHERE p.category_id = c.id AND p.is_active AND p.deleted_at IS NULL
) n
ORDER BY c.position, c.name, c.id
"""

_SUBTREE: Final = """
WITH RECURSIVE subtree AS (
    SELECT coalesce(
        (SELECT id FROM categories WHERE slug = %(slug)s),
        (SELECT category_id FROM category_slug_history WHERE slug = %(slug)s)
    ) AS id
    UNION
    SELECT c.id FROM categories c JOIN subtree s ON c.parent_id = s.id
)
SELECT id FROM subtree WHERE id IS NOT NULL
"""


def all_counted(connection: Connection) -> list[CountedCategory]:
    """Every category, siblings in order."""
    with connection.cursor(row_factory=class_row(CountedCategory)) as cursor:
        return cursor.execute(_ALL).fetchall()


def subtree(connection: Connection, slug: str) -> list[UUID]:
    """The category with this slug, or that had it, and all below it; empty where there is none."""
    return [row["id"] for row in connection.execute(_SUBTREE, {"slug": slug})]


def exists(connection: Connection, category_id: UUID) -> bool:
    """Whether it exists; it cannot be deleted before the transaction ends."""
    return (
        connection.execute("SELECT id FROM categories WHERE id = %s FOR KEY SHARE", (category_id,)).fetchone()
        is not None
    )


def ensure(connection: Connection, names: Mapping[str, str]) -> dict[str, UUID]:
    """The categories with these slugs, by slug; those that are missing are made at the root, named as `names` says."""
    existing = _by_slug(connection, names)
    missing = sorted(set(names) - set(existing))
    if not missing:
        return existing
    connection.execute(
        "WITH released AS (DELETE FROM category_slug_history WHERE slug = ANY(%s))"
        " INSERT INTO categories (slug, name) SELECT * FROM unnest(%s::text[], %s::text[])"
        " ON CONFLICT (slug) DO NOTHING",
        (missing, missing, [names[slug] for slug in missing]),
    )
    return _by_slug(connection, names)


def _by_slug(connection: Connection, slugs: Mapping[str, str]) -> dict[str, UUID]:
    """Those that there are; they cannot be deleted before the transaction ends."""
    rows = connection.execute(
        "SELECT slug, id FROM categories WHERE slug = ANY(%s) ORDER BY id FOR KEY SHARE", (list(slugs),)
    )
    return {row["slug"]: row["id"] for row in rows}
