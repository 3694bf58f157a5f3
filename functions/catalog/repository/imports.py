"""Imports: who asked, how far they are, what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from psycopg.rows import class_row

from functions.catalog.domain.row_ends import RowEnd
from shared.clients.database import Connection

MAX_ERRORS: Final = 500
"""So many are stored with the import; all are counted, and listed in its report."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """`rows_created` to `rows_refused` count the ends of its rows; `pictures` those that its file had fetched, of which
    so many are ready or failed.
    """

    id: UUID
    object_key: str
    currency: str
    status: str
    rows: int
    rows_created: int
    rows_updated: int
    rows_unchanged: int
    rows_partial: int
    rows_refused: int
    products_created: int
    products_updated: int
    products_unchanged: int
    products_done: int
    errors: list[dict[str, Any]]
    error_count: int
    notes: list[str]
    pictures: int
    pictures_ready: int
    pictures_failed: int
    report_key: str | None
    requested_by: UUID | None
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
    pictures: int = 0


@dataclass(slots=True)
class RowsRead:
    """What became of rows: how many ended how, what was left out of them, and their lines in the report."""

    ends: Mapping[RowEnd, int]
    errors: Sequence[dict[str, Any]]
    lines: list[list[Any]] = field(default_factory=list)


_COLUMNS: Final = (
    "id, object_key, currency, status, rows, rows_created, rows_updated, rows_unchanged, rows_partial, rows_refused,"
    " products_created, products_updated, products_unchanged, products_done, errors, error_count, notes, pictures,"
    " pictures_ready, pictures_failed, report_key, requested_by, correlation_id, created_at, finished_at"
)

_INSERT: Final = f"""
INSERT INTO product_imports (id, object_key, requested_by, currency, correlation_id)
SELECT id, %(prefix)s || id || '.csv', %(requested_by)s, %(currency)s, %(correlation_id)s
FROM (SELECT uuidv7() AS id) new
RETURNING {_COLUMNS}
"""

_CLAIM: Final = f"""
UPDATE product_imports SET status = 'running', claimed_until = now() + make_interval(secs => %(seconds)s)
WHERE id = %(id)s AND status IN ('pending', 'running') AND (claimed_until IS NULL OR claimed_until <= now())
RETURNING {_COLUMNS}
"""

# Reading the file again finds the same: what an earlier worker began is begun anew.
_BEGIN: Final = """
UPDATE product_imports
SET rows = %(rows)s, rows_refused = %(refused)s, notes = %(notes)s, errors = %(errors)s::jsonb,
    error_count = %(error_count)s
WHERE id = %(id)s AND products_done = 0
"""

# Only the worker that knows how far the import is may say that it is further.
_ADVANCE: Final = """
WITH advanced AS (
    UPDATE product_imports
    SET products_done = products_done + %(done)s,
        products_created = products_created + %(created)s,
        products_updated = products_updated + %(updated)s,
        products_unchanged = products_unchanged + %(unchanged)s,
        rows_created = rows_created + %(rows_created)s,
        rows_updated = rows_updated + %(rows_updated)s,
        rows_unchanged = rows_unchanged + %(rows_unchanged)s,
        rows_partial = rows_partial + %(rows_partial)s,
        rows_refused = rows_refused + %(rows_refused)s,
        pictures = pictures + %(pictures)s,
        error_count = error_count + %(error_count)s,
        errors = CASE WHEN jsonb_array_length(errors) < %(max_errors)s THEN errors || %(errors)s::jsonb ELSE errors END,
        claimed_until = now() + make_interval(secs => %(seconds)s)
    WHERE id = %(id)s AND products_done = %(before)s AND status = 'running'
    RETURNING id
)
INSERT INTO product_import_reports (import_id, products_before, lines) SELECT id, %(before)s, %(lines)s FROM advanced
"""

# The lines of the report are in its file by now.
_COMPLETE: Final = """
WITH completed AS (
    UPDATE product_imports SET status = 'completed', finished_at = now(), claimed_until = NULL,
        notes = notes || %(notes)s::text[], report_key = %(report_key)s
    WHERE id = %(id)s AND status = 'running' AND products_done = %(products)s
    RETURNING id, pictures_failed
), removed AS (
    DELETE FROM product_import_reports r USING completed c WHERE r.import_id = c.id
)
SELECT pictures_failed FROM completed
"""

_SETTLE: Final = f"""
UPDATE product_imports
SET pictures_ready = pictures_ready + %(ready)s, pictures_failed = pictures_failed + %(failed)s
WHERE id = %(id)s
RETURNING {_COLUMNS}
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
        statement = f"SELECT {_COLUMNS} FROM product_imports WHERE id = %s"
        return cursor.execute(statement, (import_id,)).fetchone()


def claim(connection: Connection, import_id: UUID, *, seconds: float) -> ImportRow | None:
    """Take an unfinished import that no worker runs, for so many seconds; None where there is nothing to take."""
    with connection.cursor(row_factory=class_row(ImportRow)) as cursor:
        return cursor.execute(_CLAIM, {"id": import_id, "seconds": seconds}).fetchone()


def release(connection: Connection, import_id: UUID) -> None:
    """Let another worker take it at once."""
    connection.execute(
        "UPDATE product_imports SET claimed_until = NULL WHERE id = %s AND status = 'running'", (import_id,)
    )


def begin(connection: Connection, import_id: UUID, *, rows: int, notes: Sequence[str], refused: RowsRead) -> None:
    """Store what reading the file resulted in, before the first product is written."""
    parameters = {
        "id": import_id,
        "rows": rows,
        "notes": list(notes),
        "refused": refused.ends[RowEnd.REFUSED],
        **_errors(refused.errors),
    }
    connection.execute(_BEGIN, parameters)


def advance(
    connection: Connection,
    import_id: UUID,
    progress: Progress,
    read: RowsRead,
    *,
    before: int,
    seconds: float,
) -> bool:
    """Add the progress and the lines of the report, and renew the claim; False where another worker has gone on."""
    parameters = {
        "id": import_id,
        "before": before,
        "seconds": seconds,
        "max_errors": MAX_ERRORS,
        "done": progress.done,
        "created": progress.created,
        "updated": progress.updated,
        "unchanged": progress.unchanged,
        "pictures": progress.pictures,
        "lines": orjson.dumps(read.lines).decode(),
        **{f"rows_{end}": count for end, count in read.ends.items()},
        **_errors(read.errors),
    }
    return connection.execute(_ADVANCE, parameters).rowcount == 1


def complete(connection: Connection, import_id: UUID, *, products: int, notes: Sequence[str], report_key: str) -> int:
    """All of its products are written, and the report is stored; `notes` are added. Returns how many of its pictures
    have failed by now.
    """
    parameters = {"id": import_id, "products": products, "notes": list(notes), "report_key": report_key}
    row = connection.execute(_COMPLETE, parameters).fetchone()
    return 0 if row is None else int(row["pictures_failed"])


def fail(connection: Connection, import_id: UUID, errors: Sequence[dict[str, Any]]) -> None:
    """The file cannot be imported at all."""
    connection.execute(
        "UPDATE product_imports SET status = 'failed', finished_at = now(), claimed_until = NULL,"
        " errors = %(errors)s::jsonb, error_count = %(error_count)s WHERE id = %(id)s",
        {"id": import_id, **_errors(errors)},
    )


def settle_pictures(connection: Connection, import_id: UUID, *, ready: int = 0, failed: int = 0) -> ImportRow | None:
    """Count pictures that are ready or failed; returns the import as it is then, locked."""
    with connection.cursor(row_factory=class_row(ImportRow)) as cursor:
        return cursor.execute(_SETTLE, {"id": import_id, "ready": ready, "failed": failed}).fetchone()


def _errors(errors: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"errors": orjson.dumps(list(errors[:MAX_ERRORS])).decode(), "error_count": len(errors)}
