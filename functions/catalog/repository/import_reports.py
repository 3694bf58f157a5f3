"""Lines of an import's report, until the report is a file: `imports.advance` adds those of each batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from shared.clients.database import Connection


def add_refused(connection: Connection, import_id: UUID, lines: Sequence[list[Any]]) -> None:
    """Store the lines of what was refused on reading the file, before any batch."""
    connection.execute(
        "INSERT INTO product_import_reports (import_id, products_before, lines) VALUES (%s, -1, %s)"
        " ON CONFLICT (import_id, products_before) DO UPDATE SET lines = excluded.lines",
        (import_id, orjson.dumps(lines).decode()),
    )


def lines(connection: Connection, import_id: UUID) -> list[list[Any]]:
    """All of an import's lines, by row."""
    rows = connection.execute("SELECT lines FROM product_import_reports WHERE import_id = %s", (import_id,))
    every = [line for row in rows for line in orjson.loads(row["lines"])]
    every.sort(key=lambda line: line[0])
    return every
