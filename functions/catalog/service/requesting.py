"""Taking a product file in: recorded, stored, and left to the importer that the object's arrival wakes."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from functions.catalog.errors import ImportNotFoundError, UploadNotValidError
from functions.catalog.repository import imports
from functions.catalog.repository.imports import ImportRow
from functions.catalog.service.shopify_csv import MAX_FILE_BYTES
from functions.catalog.settings import CatalogSettings
from shared import audit, correlation, settings
from shared.audit import Subject
from shared.clients import storage
from shared.clients.database import Connection
from shared.errors import UnavailableError
from shared.log import logger

OBJECT_PREFIX: Final = "imports/"


def request_import(connection: Connection, data: bytes, *, currency: str, requested_by: UUID) -> ImportRow:
    """Record the import, then store its file. `connection` is in autocommit, and what is recorded is committed first:
    the object's arrival may wake the importer before this returns, and it must find the record.

    Raises UploadNotValidError for an empty file, UnavailableError where the file could not be stored.
    """
    if not data.strip():
        raise UploadNotValidError("The file is empty")
    if len(data) > MAX_FILE_BYTES:
        raise UploadNotValidError(f"The file is larger than {MAX_FILE_BYTES} bytes")
    with connection.transaction():
        row = imports.insert(
            connection,
            prefix=OBJECT_PREFIX,
            requested_by=requested_by,
            currency=currency,
            correlation_id=correlation.current(),
        )
        audit.record(
            connection,
            "product_import.requested",
            Subject("product_import", row.id),
            changes=audit.created({"currency": currency, "bytes": len(data)}),
        )
    bucket = settings.load(CatalogSettings).imports_bucket
    try:
        storage.put(bucket, row.object_key, data, content_type="text/csv; charset=utf-8")
    except Exception as error:
        logger().error("an import's file could not be stored", exc_info=True)
        imports.fail(connection, row.id, [{"row": 1, "column": None, "message": "the file could not be stored"}])
        raise UnavailableError("The file could not be stored; please try again", retry_after=5) from error
    return row


def read_import(connection: Connection, import_id: UUID | None) -> ImportRow:
    """Raises ImportNotFoundError."""
    row = None if import_id is None else imports.by_id(connection, import_id)
    if row is None:
        raise ImportNotFoundError
    return row
