"""Taking a product file in: recorded, stored, and left to the importer that the object's arrival wakes.

A small file comes in the request itself. A larger one goes straight to storage by a signed form: a request reaches a
function of Lambda with at most 6 MB, of which base64 takes a quarter.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.catalog.errors import ImportNotFoundError, UploadNotValidError
from functions.catalog.repository import imports
from functions.catalog.repository.imports import ImportRow
from functions.catalog.settings import ProductFileSettings
from shared import audit, correlation, settings
from shared.audit import Subject
from shared.clients import object_links, storage
from shared.clients.database import Connection
from shared.clients.object_links import UploadForm
from shared.errors import UnavailableError
from shared.log import logger

OBJECT_PREFIX: Final = "imports/"
FORM_SECONDS: Final = 900
_CONTENT_TYPE: Final = "text/csv"


def request_import(connection: Connection, data: bytes, *, currency: str, requested_by: UUID) -> ImportRow:
    """Record the import, then store its file. `connection` is in autocommit, and what is recorded is committed first:
    the object's arrival may wake the importer before this returns, and it must find the record.

    Raises UploadNotValidError for an empty file, UnavailableError where the file could not be stored.
    """
    if not data.strip():
        raise UploadNotValidError("The file is empty")
    with connection.transaction():
        row = _record(connection, currency=currency, size=len(data), requested_by=requested_by)
    bucket = settings.load(ProductFileSettings).imports_bucket
    try:
        storage.put(bucket, row.object_key, data, content_type=f"{_CONTENT_TYPE}; charset=utf-8")
    except Exception as error:
        logger().error("an import's file could not be stored", exc_info=True)
        imports.fail(connection, row.id, [{"row": 1, "column": None, "message": "the file could not be stored"}])
        raise UnavailableError("The file could not be stored; please try again", retry_after=5) from error
    return row


def request_upload(
    connection: Connection, *, size: int, currency: str, requested_by: UUID
) -> tuple[ImportRow, UploadForm, datetime]:
    """Record the import, and sign the form that brings its file of so many bytes; also returns when that expires."""
    row = _record(connection, currency=currency, size=size, requested_by=requested_by)
    form = object_links.upload_form(
        settings.load(ProductFileSettings).imports_bucket,
        row.object_key,
        seconds=FORM_SECONDS,
        content_type=_CONTENT_TYPE,
        size=size,
    )
    return row, form, datetime.now(UTC) + timedelta(seconds=FORM_SECONDS)


def read_import(connection: Connection, import_id: UUID | None) -> ImportRow:
    """Raises ImportNotFoundError."""
    row = None if import_id is None else imports.by_id(connection, import_id)
    if row is None:
        raise ImportNotFoundError
    return row


def _record(connection: Connection, *, currency: str, size: int, requested_by: UUID) -> ImportRow:
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
        changes=audit.created({"currency": currency, "bytes": size}),
    )
    return row
