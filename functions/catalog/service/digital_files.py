"""The shop uploads what buyers of digital products download: straight into the bucket, by a form that we sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from functions.catalog.errors import (
    DigitalFileNotFoundError,
    ProductNotFoundError,
    TooManyDigitalFilesError,
    UploadMissingError,
)
from functions.catalog.repository import digital_files
from functions.catalog.repository.digital_files import DigitalFileRow
from functions.catalog.settings import DigitalFileSettings
from shared import audit, settings
from shared.audit import Changes, Subject
from shared.clients import object_links, storage
from shared.clients.database import Connection
from shared.clients.object_links import UploadForm
from shared.errors import FieldError, ValidationError

OBJECT_PREFIX: Final = "downloads/"
UPLOAD_SECONDS: Final = 3600
MAX_MEDIA: Final = 20
"""Of one product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRequest:
    """A file that is about to be uploaded; without `variant_id` it belongs to every digital variant."""

    file_name: str
    content_type: str
    size_bytes: int
    variant_id: UUID | None


def request_upload(
    connection: Connection, product_id: UUID, file: UploadRequest, *, created_by: UUID
) -> tuple[DigitalFileRow, UploadForm, datetime]:
    """Record the file, and sign the form that uploads it; returns as well when the form ends.

    Raises ProductNotFoundError, TooManyMediaError, and ValidationError where the variant is not a digital one.
    """
    if not digital_files.lock_product(connection, product_id):
        raise ProductNotFoundError
    digital = digital_files.digital_variants(connection, product_id)
    if file.variant_id is not None and file.variant_id not in digital:
        raise ValidationError(field=FieldError(("variant_id",), "the product has no such variant that is not shipped"))
    if not digital:
        raise ValidationError(
            field=FieldError(("product_id",), "the product has no variant that is not shipped", source="path")
        )
    if len(digital_files.of_product(connection, product_id)) >= MAX_MEDIA:
        raise TooManyDigitalFilesError(f"A product has at most {MAX_MEDIA} files")
    row = digital_files.insert(
        connection,
        product_id,
        prefix=OBJECT_PREFIX,
        variant_id=file.variant_id,
        file_name=file.file_name,
        content_type=file.content_type,
        size_bytes=file.size_bytes,
        created_by=created_by,
    )
    audit.record(
        connection,
        "product_file.added",
        Subject("product_file", row.id),
        changes=_changes(audit.created, product_id, row),
    )
    form = object_links.upload_form(
        _bucket(), row.object_key, seconds=UPLOAD_SECONDS, content_type=row.content_type, size=row.size_bytes
    )
    return row, form, datetime.now(UTC) + timedelta(seconds=UPLOAD_SECONDS)


def complete(connection: Connection, product_id: UUID, media_id: UUID) -> DigitalFileRow:
    """The upload is done: buyers see the file from now on. Raises DigitalFileNotFoundError and UploadMissingError."""
    before = _one(connection, product_id, media_id)
    if storage.size(_bucket(), before.object_key) != before.size_bytes:
        raise UploadMissingError
    digital_files.mark_uploaded(connection, media_id)
    after = _one(connection, product_id, media_id)
    audit.record(
        connection,
        "product_file.offered",
        Subject("product_file", media_id),
        changes=audit.differences({"uploaded_at": before.uploaded_at}, {"uploaded_at": after.uploaded_at}),
    )
    return after


def of_product(connection: Connection, product_id: UUID) -> Sequence[DigitalFileRow]:
    """All files of a product, oldest first. Raises ProductNotFoundError."""
    if not digital_files.exists(connection, product_id):
        raise ProductNotFoundError
    return digital_files.of_product(connection, product_id)


def delete(connection: Connection, product_id: UUID, media_id: UUID) -> None:
    """Delete the file, which can no longer be downloaded. Raises DigitalFileNotFoundError."""
    deleted = digital_files.delete(connection, product_id, media_id)
    if deleted is None:
        raise DigitalFileNotFoundError
    audit.record(
        connection,
        "product_file.deleted",
        Subject("product_file", media_id),
        changes=_changes(audit.deleted, product_id, deleted),
    )


def _changes(change: Callable[[Mapping[str, Any]], Changes], product_id: UUID, row: DigitalFileRow) -> Changes:
    return change({"product_id": product_id, **audit.fields_of(row, without=["object_key"])})


def _one(connection: Connection, product_id: UUID, media_id: UUID) -> DigitalFileRow:
    row = digital_files.by_id(connection, product_id, media_id)
    if row is None:
        raise DigitalFileNotFoundError
    return row


def _bucket() -> str:
    return settings.load(DigitalFileSettings).downloads_bucket
