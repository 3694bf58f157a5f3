"""Product files of the whole shop, in the format that imports read: importing one changes nothing.

A file names no currency, so an export is of the products that are priced in one. What is small is answered at once; the
rest is written by a worker, in files that can be imported each.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Final
from uuid import UUID

from functions.catalog.domain import shopify_rows
from functions.catalog.domain.limits import MAX_IMPORT_BODY_BYTES
from functions.catalog.domain.product_aggregate import ProductAggregate
from functions.catalog.errors import ExportInProgressError, ExportNotFoundError, ExportTooLargeError
from functions.catalog.repository import exports, product_aggregate
from functions.catalog.repository.exports import ExportRow
from shared import audit, outbox
from shared.audit import Subject
from shared.clients import storage
from shared.clients.database import Connection
from shared.contexts.catalog.events import ProductExportRequested

OBJECT_PREFIX: Final = "exports/"
MAX_ANSWER_BYTES: Final = 2 * 1024 * 1024
"""An answer of Lambda has 6 MiB at most, as JSON in which text may take twice its bytes and more."""
FILE_BYTES: Final = MAX_IMPORT_BODY_BYTES * 4 // 5
"""A file ends with the product that takes it over this; the importer takes more than any product has besides."""
LINK_SECONDS: Final = 15 * 60
_BATCH: Final = 200


def export_now(connection: Connection, currency: str) -> bytes:
    """All products as one file. Raises ExportTooLargeError."""
    parts = [shopify_rows.header()]
    size = len(parts[0])
    for aggregate in _products(connection, currency, after=None):
        parts.append(shopify_rows.lines(aggregate))
        size += len(parts[-1])
        if size > MAX_ANSWER_BYTES:
            raise ExportTooLargeError("Ask for it with POST /api/v1/admin/products/exports")
    return b"".join(parts)


def request_export(connection: Connection, currency: str, *, requested_by: UUID) -> ExportRow:
    """Record the export, in the caller's transaction; a worker writes its files."""
    row = exports.insert(connection, requested_by=requested_by, currency=currency)
    outbox.record(connection, ProductExportRequested(export_id=row.id))
    subject = Subject("product_export", row.id)
    audit.record(connection, "product_export.requested", subject, changes=audit.created({"currency": currency}))
    return row


def read_export(connection: Connection, export_id: UUID | None) -> ExportRow:
    """Raises ExportNotFoundError."""
    row = None if export_id is None else exports.by_id(connection, export_id)
    if row is None:
        raise ExportNotFoundError
    return row


def run_export(
    connection: Connection, export_id: UUID, *, bucket: str, time_is_left: Callable[[], bool]
) -> ExportRow | None:
    """Write what is left of an export; returns it when it is finished, None where it was before, or does not exist.

    Raises ExportInProgressError where the time is over, or another worker writes it: then its event is to be delivered
    again. Files written until then are not written again.
    """
    row = exports.start(connection, export_id)
    if row is None:
        return None
    before = len(row.files)
    for content, products, last in _files(connection, row):
        if len(row.files) > before and not time_is_left():
            raise ExportInProgressError("The time is over; the export goes on at the next delivery")
        number = len(row.files) + 1
        file = {
            "key": f"{OBJECT_PREFIX}{row.id}/products-{number:03}.csv",
            "bytes": len(content),
            "products": products,
        }
        storage.put(bucket, str(file["key"]), content, content_type="text/csv; charset=utf-8")
        if not exports.advance(connection, row, file, products=products, last=last):
            raise ExportInProgressError
        row = dataclasses.replace(row, files=[*row.files, file], products=row.products + products, last_product_id=last)
    exports.finish(connection, row.id, "completed")
    return exports.by_id(connection, row.id)


def fail(connection: Connection, export_id: UUID) -> None:
    """Mark the export as failed: it is not tried again."""
    exports.finish(connection, export_id, "failed")


def _files(connection: Connection, row: ExportRow) -> Iterator[tuple[bytes, int, UUID]]:
    """What each file contains, of how many products, and the last of them."""
    header = shopify_rows.header()
    parts, size, last = [header], len(header), row.last_product_id
    for aggregate in _products(connection, row.currency, after=row.last_product_id):
        parts.append(shopify_rows.lines(aggregate))
        size += len(parts[-1])
        last = aggregate.product.id
        if size >= FILE_BYTES:
            yield b"".join(parts), len(parts) - 1, last
            parts, size = [header], len(header)
    if last is not None and len(parts) > 1:
        yield b"".join(parts), len(parts) - 1, last


def _products(connection: Connection, currency: str, *, after: UUID | None) -> Iterator[ProductAggregate]:
    while product_ids := exports.next_products(connection, currency, after=after, limit=_BATCH):
        yield from product_aggregate.by_ids(connection, product_ids)
        after = product_ids[-1]
