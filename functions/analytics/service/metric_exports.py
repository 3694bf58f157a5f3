"""Files of figures, as CSV or JSON. What is small is answered at once; the rest is streamed by a worker from the
database into a file, and fetched by a signed link.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import orjson

from functions.analytics.errors import InvalidRangeError, MetricExportNotFoundError, MetricExportTooLargeError
from functions.analytics.repository import metric_exports, views
from functions.analytics.repository.metric_exports import MetricExportRow
from shared import audit, days, outbox
from shared.audit import Subject
from shared.clients import storage
from shared.clients.database import Connection
from shared.contexts.analytics.events import MetricsExportRequested

OBJECT_PREFIX: Final = "metric-exports/"
MAX_DAYS: Final = 800
MAX_ANSWER_BYTES: Final = 2 * 1024 * 1024
"""An answer of Lambda has 6 MiB at most, as JSON in which text may take twice its bytes and more."""
LINK_SECONDS: Final = 15 * 60
STATEMENT_SECONDS: Final = 240
"""Less than the worker has."""
MEDIA_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_MEMORY_BYTES: Final = 1024 * 1024
_CHUNK_ROWS: Final = 500


def export_now(connection: Connection, dataset: str, kind: str, first: date, last: date) -> bytes:
    """The file, from the first to the last day. Raises InvalidRangeError and MetricExportTooLargeError."""
    _check(first, last)
    parts: list[bytes] = []
    size = 0
    for part in _content(connection, dataset, kind, first, last):
        size += len(part)
        if size > MAX_ANSWER_BYTES:
            raise MetricExportTooLargeError("Ask for it with POST /api/v1/metrics/exports")
        parts.append(part)
    return b"".join(parts)


def request_export(
    connection: Connection, dataset: str, kind: str, first: date, last: date, *, requested_by: UUID
) -> MetricExportRow:
    """Record the export, in the caller's transaction; a worker writes its file. Raises InvalidRangeError."""
    _check(first, last)
    row = metric_exports.insert(connection, by=requested_by, dataset=dataset, kind=kind, first=first, last=last)
    outbox.record(connection, MetricsExportRequested(export_id=row.id))
    asked = {"dataset": dataset, "format": kind, "first_day": first, "last_day": last}
    audit.record(connection, "metric_export.requested", Subject("metric_export", row.id), changes=audit.created(asked))
    return row


def read_export(connection: Connection, export_id: UUID | None) -> MetricExportRow:
    """Raises MetricExportNotFoundError."""
    row = None if export_id is None else metric_exports.by_id(connection, export_id)
    if row is None:
        raise MetricExportNotFoundError
    return row


def run_export(connection: Connection, export_id: UUID, *, bucket: str) -> int | None:
    """Write the file, in the caller's transaction; how many bytes, None where there is nothing (more) to do."""
    row = metric_exports.by_id(connection, export_id)
    if row is None or row.status != "pending":
        return None
    views.allow_seconds(connection, STATEMENT_SECONDS)
    key = f"{OBJECT_PREFIX}{row.id}/{row.dataset}.{row.format}"
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as file:
        for part in _content(connection, row.dataset, row.format, row.first_day, row.last_day):
            file.write(part)
        size = file.tell()
        file.seek(0)
        storage.put(bucket, key, file, content_type=MEDIA_TYPES[row.format])
    metric_exports.finish(connection, row.id, "completed", key=key, size=size)
    return size


def fail(connection: Connection, export_id: UUID) -> None:
    """Mark the export as failed: it is not tried again."""
    metric_exports.finish(connection, export_id, "failed")


def _check(first: date, last: date) -> None:
    if first > last:
        raise InvalidRangeError("`from` is after `to`")
    if (last - first).days >= MAX_DAYS:
        raise InvalidRangeError(f"A file has at most {MAX_DAYS} days")


def _content(connection: Connection, dataset: str, kind: str, first: date, last: date) -> Iterator[bytes]:
    rows = metric_exports.rows(connection, dataset, first, last, days.zone_name())
    columns = metric_exports.DATASETS[dataset]
    return _csv(rows, columns) if kind == "csv" else _json(rows)


def _csv(rows: Iterator[Mapping[str, Any]], columns: tuple[str, ...]) -> Iterator[bytes]:
    """RFC 4180, with a header. Every value is a number, a date, a time or an id."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_written(row[column]) for column in columns])
        if number % _CHUNK_ROWS == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _json(rows: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    """An array of objects, a line each."""
    yield b"["
    separator = b"\n"
    for row in rows:
        yield separator + orjson.dumps(row, option=orjson.OPT_UTC_Z)
        separator = b",\n"
    yield b"\n]\n"


def _written(value: object) -> object:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
