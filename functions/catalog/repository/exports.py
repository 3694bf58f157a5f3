"""Exports: who asked, how far they are, where their files are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from psycopg.rows import class_row

from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class ExportRow:
    """`files` hold key, bytes and products of each; `last_product_id` is the last product in them."""

    id: UUID
    currency: str
    status: str
    products: int
    files: list[dict[str, Any]]
    last_product_id: UUID | None
    created_at: datetime
    finished_at: datetime | None


_COLUMNS: Final = "id, currency, status, products, files, last_product_id, created_at, finished_at"
_INSERT: Final = f"""
INSERT INTO product_exports (requested_by, currency) VALUES (%s, %s) RETURNING {_COLUMNS}
"""
_START: Final = f"""
UPDATE product_exports SET status = 'running' WHERE id = %s AND status IN ('pending', 'running') RETURNING {_COLUMNS}
"""
# Only the worker that knows how far the export is may say that it is further.
_ADVANCE: Final = """
UPDATE product_exports
SET files = files || %(file)s::jsonb, products = products + %(products)s, last_product_id = %(last)s
WHERE id = %(id)s AND status = 'running' AND last_product_id IS NOT DISTINCT FROM %(before)s
"""
_BEFORE_ALL: Final = UUID(int=0)


def insert(connection: Connection, *, requested_by: UUID, currency: str) -> ExportRow:
    """A pending export."""
    with connection.cursor(row_factory=class_row(ExportRow)) as cursor:
        row = cursor.execute(_INSERT, (requested_by, currency)).fetchone()
    assert row is not None
    return row


def by_id(connection: Connection, export_id: UUID) -> ExportRow | None:
    with connection.cursor(row_factory=class_row(ExportRow)) as cursor:
        statement = f"SELECT {_COLUMNS} FROM product_exports WHERE id = %s"
        return cursor.execute(statement, (export_id,)).fetchone()


def start(connection: Connection, export_id: UUID) -> ExportRow | None:
    """The export as far as it is; None where there is nothing (more) to do."""
    with connection.cursor(row_factory=class_row(ExportRow)) as cursor:
        return cursor.execute(_START, (export_id,)).fetchone()


def advance(connection: Connection, row: ExportRow, file: dict[str, Any], *, products: int, last: UUID) -> bool:
    """Add a file behind those that `row` knows; False where another worker has written to it."""
    parameters = {
        "id": row.id,
        "file": orjson.dumps([file]).decode(),
        "products": products,
        "last": last,
        "before": row.last_product_id,
    }
    return connection.execute(_ADVANCE, parameters).rowcount == 1


def finish(connection: Connection, export_id: UUID, status: str) -> None:
    """`completed` or `failed`."""
    connection.execute(
        "UPDATE product_exports SET status = %s, finished_at = now() WHERE id = %s AND status = 'running'",
        (status, export_id),
    )


def next_products(connection: Connection, currency: str, *, after: UUID | None, limit: int) -> list[UUID]:
    """Products that are priced in the currency, on sale or not, by id."""
    rows = connection.execute(
        "SELECT id FROM products WHERE deleted_at IS NULL AND currency = %s AND id > %s ORDER BY id LIMIT %s",
        (currency, after or _BEFORE_ALL, limit),
    )
    return [row["id"] for row in rows]
