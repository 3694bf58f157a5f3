"""The shop uploads what buyers of digital products download: straight into the bucket, by a form that we sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from functions.catalog.errors import MediaNotFoundError, ProductNotFoundError, TooManyMediaError, UploadMissingError
from functions.catalog.media_schemas import NewMedia
from functions.catalog.repository import media
from functions.catalog.repository.media import MediaRow
from functions.catalog.settings import MediaSettings
from shared import audit, settings
from shared.audit import Changes, Subject
from shared.clients import object_links, storage
from shared.clients.database import Connection
from shared.clients.object_links import UploadForm
from shared.errors import ValidationError

OBJECT_PREFIX: Final = "downloads/"
UPLOAD_SECONDS: Final = 3600
MAX_MEDIA: Final = 20
"""Of one product."""


def request_upload(
    connection: Connection, product_id: UUID, body: NewMedia, *, created_by: UUID
) -> tuple[MediaRow, UploadForm, datetime]:
    """Record the file, and sign the form that uploads it; returns as well when the form ends.

    Raises ProductNotFoundError, TooManyMediaError, and ValidationError where the variant is not a digital one.
    """
    if not media.lock_product(connection, product_id):
        raise ProductNotFoundError
    digital = media.digital_variants(connection, product_id)
    if body.variant_id is not None and body.variant_id not in digital:
        raise _not_digital("body.variant_id", "the product has no such variant that is not shipped")
    if not digital:
        raise _not_digital("path.product_id", "the product has no variant that is not shipped")
    if len(media.of_product(connection, product_id)) >= MAX_MEDIA:
        raise TooManyMediaError(f"A product has at most {MAX_MEDIA} files")
    row = media.insert(
        connection,
        product_id,
        prefix=OBJECT_PREFIX,
        variant_id=body.variant_id,
        file_name=body.file_name,
        content_type=body.content_type,
        size_bytes=body.size_bytes,
        created_by=created_by,
    )
    audit.record(
        connection, "product_file.added", Subject("product_file", row.id), changes=_told(audit.created, product_id, row)
    )
    form = object_links.upload_form(
        _bucket(), row.object_key, seconds=UPLOAD_SECONDS, content_type=row.content_type, size=row.size_bytes
    )
    return row, form, datetime.now(UTC) + timedelta(seconds=UPLOAD_SECONDS)


def complete(connection: Connection, product_id: UUID, media_id: UUID) -> MediaRow:
    """The upload is done: buyers see the file from now on. Raises MediaNotFoundError and UploadMissingError."""
    before = _one(connection, product_id, media_id)
    if storage.size(_bucket(), before.object_key) != before.size_bytes:
        raise UploadMissingError
    media.mark_uploaded(connection, media_id)
    after = _one(connection, product_id, media_id)
    audit.record(
        connection,
        "product_file.offered",
        Subject("product_file", media_id),
        changes=audit.differences({"uploaded_at": before.uploaded_at}, {"uploaded_at": after.uploaded_at}),
    )
    return after


def of_product(connection: Connection, product_id: UUID) -> Sequence[MediaRow]:
    """All files of a product, oldest first. Raises ProductNotFoundError."""
    if not media.exists(connection, product_id):
        raise ProductNotFoundError
    return media.of_product(connection, product_id)


def delete(connection: Connection, product_id: UUID, media_id: UUID) -> None:
    """Nobody downloads it any more. Raises MediaNotFoundError."""
    deleted = media.delete(connection, product_id, media_id)
    if deleted is None:
        raise MediaNotFoundError
    audit.record(
        connection,
        "product_file.deleted",
        Subject("product_file", media_id),
        changes=_told(audit.deleted, product_id, deleted),
    )


def _told(change: Callable[[Mapping[str, Any]], Changes], product_id: UUID, row: MediaRow) -> Changes:
    return change({"product_id": product_id, **audit.fields_of(row, without=["object_key"])})


def _one(connection: Connection, product_id: UUID, media_id: UUID) -> MediaRow:
    row = media.by_id(connection, product_id, media_id)
    if row is None:
        raise MediaNotFoundError
    return row


def _bucket() -> str:
    return settings.load(MediaSettings).downloads_bucket


def _not_digital(field: str, message: str) -> ValidationError:
    return ValidationError(f"{field}: {message}", errors=[{"field": field, "message": message}])
