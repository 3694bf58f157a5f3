"""Imports: who asked, how far they are, what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from psycopg.rows import class_row

from shared.clients.database import Connection

MAX_ERRORS: Final = 500
"""So many are kept; all are counted."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    id: UUID
    object_key: str
    currency: str
    status: str
    rows: int
    products_created: int
    products_updated: int
    products_unchanged: int
    products_done: int
    errors: list[dict[str, Any]]
    error_count: int
    notes: list[str]
    correlation_id: str
    created_at: datetime
    finished_at: datetime | None


@dataclass(slots=True)
class Progress:
    """What one transaction adds to an import."""

    done: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0


_COLUMNS: Final = (
    "id, object_key, currency, status, rows, products_created, products_updated, products_unchanged, products_done,"
    " errors, error_count, notes, correlation_id, created_at, finished_at"
)

_INSERT: Final = f"""
INSERT INTO product_imports (id, object_key, requested_by, currency, correlation_id)
SELECT id, %(prefix)s || id || '.csv', %(requested_by)s, %(currency)s, %(correlation_id)s
FROM (SELECT uuidv7() AS id) new
RETURNING {_COLUMNS}
"""  # noqa: S608 - constants

_CLAIM: Final = f"""
UPDATE product_imports SET status = 'running', claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = %(id)s AND status IN ('pending', 'running') AND (claimed_until IS NULL OR claimed_until <= now())
RETURNING {_COLUMNS}
"""  # noqa: S608 - constants

_BEGIN: Final = """
UPDATE product_imports SET rows = %(rows)s, notes = %(notes)s, errors = %(errors)s::jsonb, error_count = %(error_count)s
WHERE id = %(id)s AND products_done = 0
"""

# Only the worker that knows how far the import is may say that it is further.
_ADVANCE: Final = """
UPDATE product_imports
SET products_done = products_done + %(done)s,
    products_created = products_created + %(created)s,
    products_updated = products_updated + %(updated)s,
    products_unchanged = products_unchanged + %(unchanged)s,
    error_count = error_count + %(error_count)s,
    errors = CASE WHEN jsonb_array_length(errors) < %(max_errors)s THEN errors || %(errors)s::jsonb ELSE errors END,
    claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = %(id)s AND products_done = %(before)s AND status = 'running'
"""


def insert(connection: Connection, *, prefix: str, requested_by: UUID, currency: str, correlation_id: str) -> ImportRow:
    """A pending import; its object belongs at `object_key`, which is the prefix and the import's id."""
    parameters = {
        "prefix": prefix,
        "requested_by": requested_by,
        "currency": currency,
        "correlation_id": correlation_id,
    }
    with connection.cursor(row_factory=class_row(ImportRow)) as cursor:
        row = cursor.execute(_INSERT, parameters).fetchone()
    assert row is not None
    return row


def by_id(connection: Connection, import_id: UUID) -> ImportRow | None:
    with connection.cursor(row_factory=class_row(ImportRow)) as cursor:
        statement = f"SELECT {_COLUMNS} FROM product_imports WHERE id = %s"  # noqa: S608 - constants
        return cursor.execute(statement, (import_id,)).fetchone()


def claim(connection: Connection, import_id: UUID, *, seconds: float) -> ImportRow | None:
    """Take an unfinished import that nobody works on, for so many seconds; None where there is nothing to take."""
    with connection.cursor(row_factory=class_row(ImportRow)) as cursor:
        return cursor.execute(_CLAIM, {"id": import_id, "seconds": seconds}).fetchone()


def release(connection: Connection, import_id: UUID) -> None:
    """Let another worker take it at once."""
    connection.execute(
        "UPDATE product_imports SET claimed_until = NULL WHERE id = %s AND status = 'running'", (import_id,)
    )


def begin(
    connection: Connection, import_id: UUID, *, rows: int, notes: Sequence[str], errors: Sequence[dict[str, Any]]
) -> None:
    """What reading the file has told, before the first product is written."""
    parameters = {"id": import_id, "rows": rows, "notes": list(notes), **_errors(errors)}
    connection.execute(_BEGIN, parameters)


def advance(
    connection: Connection,
    import_id: UUID,
    progress: Progress,
    errors: Sequence[dict[str, Any]],
    *,
    before: int,
    seconds: float,
) -> bool:
    """Add the progress and renew the claim; False where the import is not where we left it."""
    parameters = {
        "id": import_id,
        "before": before,
        "seconds": seconds,
        "max_errors": MAX_ERRORS,
        "done": progress.done,
        "created": progress.created,
        "updated": progress.updated,
        "unchanged": progress.unchanged,
        **_errors(errors),
    }
    return connection.execute(_ADVANCE, parameters).rowcount == 1


def complete(connection: Connection, import_id: UUID, *, products: int) -> None:
    """All of its products are behind us."""
    connection.execute(
        "UPDATE product_imports SET status = 'completed', finished_at = now(), claimed_until = NULL"
        " WHERE id = %s AND status = 'running' AND products_done = %s",
        (import_id, products),
    )


def fail(connection: Connection, import_id: UUID, errors: Sequence[dict[str, Any]]) -> None:
    """The file cannot be imported at all."""
    connection.execute(
        "UPDATE product_imports SET status = 'failed', finished_at = now(), claimed_until = NULL,"
        " errors = %(errors)s::jsonb, error_count = %(error_count)s WHERE id = %(id)s",
        {"id": import_id, **_errors(errors)},
    )


def _errors(errors: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"errors": orjson.dumps(list(errors[:MAX_ERRORS])).decode(), "error_count": len(errors)}
