"""Running an import: the file's products in batches, a batch a transaction that also writes how far the import is.

A worker that dies is followed by another (the event is delivered again) that goes on behind the last batch: nothing is
lost and nothing is counted twice. A claim with an end keeps two workers from one import. Products that several imports
write at once are locked by handle, in one order.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from uuid import UUID

import psycopg

from functions.catalog.domain import shopify_csv
from functions.catalog.domain.row_ends import Problem
from functions.catalog.domain.shopify_csv import FileNotReadableError, ProductFile, Row
from functions.catalog.domain.shopify_product import FileFormat
from functions.catalog.errors import ImportInProgressError, ImportNotRecordedError
from functions.catalog.repository import import_reports, imports
from functions.catalog.repository.imports import ImportRow
from functions.catalog.service.imports import report
from functions.catalog.service.imports.batch import Batch
from shared import correlation, outbox
from shared.clients import database, storage
from shared.log import logger

CLAIM_SECONDS: Final = 45.0
"""Less than the minute after which Lambda delivers a failed event again; renewed with every batch."""
BATCH_PRODUCTS: Final = 50
BATCH_ROWS: Final = 500
_ATTEMPTS: Final = 4
_PASSING: Final = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.SerializationFailure,
)


def run_import(import_id: UUID, *, bucket: str, key: str, time_is_left: Callable[[], bool]) -> ImportRow | None:
    """Import what is left of the file; returns the finished import, None for one that was finished before.

    Goes on under the correlation id of the request. Raises ImportNotRecordedError, and ImportInProgressError where
    another worker is at it or the time is over: then the event is to be delivered again.
    """
    row = imports.claim(database.connection(), import_id, seconds=CLAIM_SECONDS)
    if row is None:
        _check_finished(import_id)
        return None
    if row.object_key != key:
        imports.release(database.connection(), import_id)
        raise ImportNotRecordedError
    correlation.accept(row.correlation_id)
    try:
        file = shopify_csv.read(_content(bucket, key))
    except FileNotReadableError as error:
        problems = [problem.as_json() for problem in error.problems]
        imports.fail(database.connection(), import_id, problems)
    else:
        _run(row, file, bucket, time_is_left)
    return imports.by_id(database.connection(), import_id)


def _content(bucket: str, key: str) -> bytes:
    """The file. Raises FileNotReadableError where it is larger than any that an upload takes."""
    try:
        return storage.get(bucket, key, max_bytes=shopify_csv.MAX_FILE_BYTES)
    except ValueError as error:
        message = f"the file is larger than {shopify_csv.MAX_FILE_BYTES} bytes; split it"
        raise FileNotReadableError([Problem(shopify_csv.HEADER_ROW, None, message)]) from error


def _check_finished(import_id: UUID) -> None:
    row = imports.by_id(database.connection(), import_id)
    if row is None:
        raise ImportNotRecordedError
    if row.finished_at is None:
        raise ImportInProgressError
    logger().info("import was finished before", extra={"import_id": str(import_id), "status": row.status})


def _run(row: ImportRow, file: ProductFile, bucket: str, time_is_left: Callable[[], bool]) -> None:
    if row.products_done == 0:
        refused = report.rows_read(file.refused)
        if refused.lines:
            import_reports.add_refused(database.connection(), row.id, refused.lines)
        imports.begin(database.connection(), row.id, rows=file.rows, notes=file.notes, refused=refused)
    done = row.products_done
    for products in _batches(list(file.products.items())[done:]):
        if not time_is_left():
            imports.release(database.connection(), row.id)
            raise ImportInProgressError("The time is over; the import goes on at the next delivery")
        _import(row, file, products, done)
        done += len(products)
    content, notes = report.write(database.connection(), row.id, bucket)
    failed = imports.complete(database.connection(), row.id, products=done, notes=notes, report_key=report.key(row.id))
    if failed:
        report.write_pictures(row.id, bucket, content)


def _batches(products: Sequence[tuple[str, list[Row]]]) -> Iterator[list[tuple[str, list[Row]]]]:
    """Cut so that a batch holds its locks for well under the time that others wait for them (lock_timeout)."""
    batch: list[tuple[str, list[Row]]] = []
    rows = 0
    for product in products:
        batch.append(product)
        rows += len(product[1])
        if len(batch) == BATCH_PRODUCTS or rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _import(row: ImportRow, file: ProductFile, products: Sequence[tuple[str, list[Row]]], done: int) -> None:
    """One batch; what the database asks to try again is tried again."""
    for attempt in itertools.count(1):
        try:
            with outbox.unit_of_work() as connection:
                batch = Batch(connection, row, FileFormat(columns=file.columns, currency=row.currency))
                fresh = {handle: [row.fresh() for row in rows] for handle, rows in products}
                batch.write(fresh, file_handles=file.products.keys())
                read = report.rows_read(batch.outcomes)
                if not imports.advance(connection, row.id, batch.progress, read, before=done, seconds=CLAIM_SECONDS):
                    raise ImportInProgressError
            return
        except _PASSING:
            if attempt == _ATTEMPTS:
                raise
            logger().warning("import batch is tried again", exc_info=True)
            time.sleep(0.1 * attempt)
