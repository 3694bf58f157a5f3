"""The report of an import: a CSV with a line for every row of the file, and one for every picture that failed.

The lines of the rows are stored by themselves, so that the report can be written again when its last picture has ended.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from functions.catalog.domain.protected_cells import mark
from functions.catalog.domain.row_ends import PICTURE_FAILED, REPORT_COLUMNS, RowOutcome, count_ends
from functions.catalog.domain.shopify_csv import MAX_FILE_BYTES
from functions.catalog.repository import import_reports, imported_pictures
from functions.catalog.repository.imports import RowsRead
from shared.clients import database, storage
from shared.clients.database import Connection

OBJECT_PREFIX: Final = "import-reports/"
LINK_SECONDS: Final = 15 * 60
_CONTENT_TYPE: Final = "text/csv; charset=utf-8"
_LARGEST: Final = 16 * MAX_FILE_BYTES
_NOTES: Final = 4
"""The place of the notes in a line."""


def rows_read(outcomes: Sequence[RowOutcome]) -> RowsRead:
    """What became of the rows, to be stored."""
    return RowsRead(
        ends=count_ends(outcomes),
        errors=[problem.as_json() for outcome in outcomes for problem in outcome.problems()],
        lines=[outcome.line() for outcome in outcomes],
    )


def key(import_id: UUID) -> str:
    """Where the report is."""
    return f"{OBJECT_PREFIX}{import_id}/report.csv"


def write(connection: Connection, import_id: UUID, bucket: str) -> tuple[bytes, list[str]]:
    """Store the report of an import whose rows have all ended; returns it, and what its notes say, and how often."""
    lines = import_reports.lines(connection, import_id)
    content = _csv([REPORT_COLUMNS, *lines])
    for object_key in (_rows_key(import_id), key(import_id)):
        storage.put(bucket, object_key, content, content_type=_CONTENT_TYPE)
    notes = Counter(_kind(note) for line in lines for note in dict.fromkeys(line[_NOTES].split("\n")) if note)
    summary = [f"{note} ({count} {'row' if count == 1 else 'rows'})" for note, count in notes.most_common()]
    return content, summary


def write_pictures(import_id: UUID, bucket: str, rows: bytes | None = None) -> None:
    """Store the report again, with the pictures that have failed by now; `rows` is the report without them, where it is
    at hand. Of several at once, the last one knows all.
    """
    with database.transaction() as connection:
        connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('catalog.report ' || %s, 0))", (str(import_id),)
        )
        if rows is None:
            rows = storage.get(bucket, _rows_key(import_id), max_bytes=_LARGEST)
        pictures = _csv(
            (picture.row, picture.handle, PICTURE_FAILED, f"{picture.url}: {picture.reason}", "")
            for picture in imported_pictures.failed(connection, import_id)
        )
        storage.put(bucket, key(import_id), rows + pictures, content_type=_CONTENT_TYPE)


def _kind(note: str) -> str:
    """A note without its particulars, which follow a second colon."""
    return ": ".join(note.split(": ", 2)[:2])


def _rows_key(import_id: UUID) -> str:
    return f"{OBJECT_PREFIX}{import_id}/rows.csv"


def _csv(lines: Iterable[Sequence[Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(
        [mark(cell) if isinstance(cell, str) else cell for cell in line] for line in lines
    )
    return buffer.getvalue().encode()
