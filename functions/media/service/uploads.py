"""New uploads: recorded and counted here; files arrive by a signed form, or small ones in the request itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from functions.media.domain import limits
from functions.media.domain.limits import Allowance
from functions.media.domain.uploads import MediaPurpose, NewUpload
from functions.media.errors import TooManyOpenUploadsError, UploadAllowanceError
from functions.media.repository import files
from functions.media.repository.files import MediaRow
from functions.media.settings import MediaSettings
from shared import audit, correlation, outbox, settings
from shared.audit import Subject
from shared.clients import object_links, storage
from shared.clients.database import Connection
from shared.clients.object_links import UploadForm
from shared.contexts.identity.proven_addresses import EmailNotVerifiedError
from shared.contexts.media.uploads import UNFINISHED_SECONDS, UPLOADS
from shared.errors import InvalidTokenError, PermissionDeniedError, UnavailableError
from shared.log import logger
from shared.permissions import Permission
from shared.tokens import Principal

FORM_SECONDS: Final = 900


def request_upload(
    connection: Connection, upload: NewUpload, owner: Principal
) -> tuple[MediaRow, UploadForm, datetime]:
    """Record the upload, and sign the form that brings its file; also returns when the form expires.

    Raises PermissionDeniedError, EmailNotVerifiedError, TooManyOpenUploadsError and UploadAllowanceError.
    """
    [row] = _record(connection, [upload], owner)
    form = object_links.upload_form(
        settings.load(MediaSettings).media_bucket,
        object_key(row),
        seconds=FORM_SECONDS,
        content_type=row.content_type,
        size=row.size_bytes,
    )
    return row, form, datetime.now(UTC) + timedelta(seconds=FORM_SECONDS)


def store(uploads: Sequence[NewUpload], contents: Sequence[bytes], owner: Principal) -> list[MediaRow]:
    """Record uploads and put their files where a form would. The records are committed first: a file's arrival wakes
    the worker, which must find them.

    Raises as `request_upload`, and UnavailableError where a file could not be stored; the records are then
    removed like those of files that never arrived.
    """
    with outbox.unit_of_work() as connection:
        rows = _record(connection, uploads, owner)
    bucket = settings.load(MediaSettings).media_bucket
    try:
        for row, content in zip(rows, contents, strict=True):
            storage.put(bucket, object_key(row), content, content_type=row.content_type)
    except Exception as error:
        logger().error("an upload could not be stored", exc_info=True)
        raise UnavailableError("The files could not be stored; please try again", retry_after=5) from error
    return rows


def object_key(row: MediaRow) -> str:
    """Where the file is before it is processed; nothing of its name is in it."""
    return f"{UPLOADS}{row.id}"


def _record(connection: Connection, uploads: Sequence[NewUpload], owner: Principal) -> list[MediaRow]:
    is_staff = Permission.CATALOG_WRITE in owner.permissions
    if not is_staff and any(upload.purpose is MediaPurpose.PRODUCT for upload in uploads):
        raise PermissionDeniedError("Pictures of products are uploaded by the shop's staff")
    may_set = Permission.SETTINGS_WRITE in owner.permissions
    if not may_set and any(upload.purpose is MediaPurpose.SITE for upload in uploads):
        raise PermissionDeniedError("Pictures of the shop are uploaded by its administrators")
    files.lock_owner(connection, owner.user_id)
    _check_allowance(connection, uploads, owner, limits.STAFF if is_staff else limits.CUSTOMERS)
    rows = [
        files.insert(
            connection,
            owner.user_id,
            purpose=upload.purpose,
            file_name=upload.file_name,
            content_type=upload.content_type,
            size_bytes=upload.size_bytes,
            correlation_id=correlation.current(),
            keep_seconds=UNFINISHED_SECONDS,
        )
        for upload in uploads
    ]
    recorded = [row for row in rows if row is not None]
    if len(recorded) < len(rows):
        if files.has_account(connection, owner.user_id):
            raise EmailNotVerifiedError
        raise InvalidTokenError("The account does not exist any more")
    for row in recorded:
        if row.purpose in (MediaPurpose.PRODUCT, MediaPurpose.SITE):
            fields = audit.fields_of(row, without=["owner_id", "status"])
            audit.record(connection, "media.added", Subject("media", row.id), changes=audit.created(fields))
    return recorded


def _check_allowance(
    connection: Connection, uploads: Sequence[NewUpload], owner: Principal, allowance: Allowance
) -> None:
    used = files.usage(connection, owner.user_id, open_seconds=FORM_SECONDS)
    if used.open_uploads + len(uploads) > allowance.open_uploads:
        raise TooManyOpenUploadsError(
            f"At most {allowance.open_uploads} uploads can wait for their files", headers={"Retry-After": "60"}
        )
    if used.bytes_today + sum(upload.size_bytes for upload in uploads) > allowance.bytes_a_day:
        raise UploadAllowanceError(
            f"At most {allowance.bytes_a_day} bytes can be uploaded within a day", headers={"Retry-After": "3600"}
        )
