"""Taking pictures in: asked for and counted here, brought by a signed form, or by the request itself when small."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from functions.media.errors import TooManyOpenUploadsError, UploadAllowanceError
from functions.media.keeping import UNFINISHED_SECONDS, UPLOADS
from functions.media.repository import files
from functions.media.repository.files import MediaRow
from functions.media.schemas import NewUpload, Purpose
from functions.media.settings import MediaSettings
from shared import audit, correlation, outbox, settings
from shared.audit import Subject
from shared.clients import object_links, storage
from shared.clients.database import Connection
from shared.clients.object_links import UploadForm
from shared.errors import InvalidTokenError, PermissionDeniedError, UnavailableError
from shared.log import logger
from shared.permissions import Permission
from shared.tokens import Principal

FORM_SECONDS: Final = 900


class Allowance(NamedTuple):
    """Uploads that one person may have open at a time, and bytes in a day."""

    open_uploads: int
    bytes_a_day: int


CUSTOMERS: Final = Allowance(20, 200 * 1024**2)
STAFF: Final = Allowance(500, 20 * 1024**3)


def request_upload(connection: Connection, asked: NewUpload, owner: Principal) -> tuple[MediaRow, UploadForm, datetime]:
    """Record the upload, and sign the form that brings its file; returns as well when the form ends.

    Raises PermissionDeniedError, TooManyOpenUploadsError and UploadAllowanceError.
    """
    [row] = _record(connection, [asked], owner)
    form = object_links.upload_form(
        settings.load(MediaSettings).media_bucket,
        object_key(row),
        seconds=FORM_SECONDS,
        content_type=row.content_type,
        size=row.size_bytes,
    )
    return row, form, datetime.now(UTC) + timedelta(seconds=FORM_SECONDS)


def store(asked: Sequence[NewUpload], contents: Sequence[bytes], owner: Principal) -> list[MediaRow]:
    """Record uploads and put their files where a form would. The records are committed first: a file's arrival wakes
    the worker, which must find them.

    Raises as `request_upload`, and UnavailableError where a file could not be stored; what is recorded is then
    forgotten like a file that never arrived.
    """
    with outbox.unit_of_work() as connection:
        rows = _record(connection, asked, owner)
    bucket = settings.load(MediaSettings).media_bucket
    try:
        for row, content in zip(rows, contents, strict=True):
            storage.put(bucket, object_key(row), content, content_type=row.content_type)
    except Exception as error:
        logger().error("an upload could not be stored", exc_info=True)
        raise UnavailableError("The files could not be stored; please try again", retry_after=5) from error
    return rows


def object_key(row: MediaRow) -> str:
    """Where the file is before it is looked at; nothing of its name is in it."""
    return f"{UPLOADS}{row.id}"


def _record(connection: Connection, asked: Sequence[NewUpload], owner: Principal) -> list[MediaRow]:
    is_staff = Permission.CATALOG_WRITE in owner.permissions
    if not is_staff and any(new.purpose is Purpose.PRODUCT for new in asked):
        raise PermissionDeniedError("Pictures of products are uploaded by the shop's staff")
    files.lock_owner(connection, owner.user_id)
    _check_allowance(connection, asked, owner, STAFF if is_staff else CUSTOMERS)
    rows = [
        files.insert(
            connection,
            owner.user_id,
            purpose=new.purpose,
            file_name=new.filename,
            content_type=new.content_type,
            size_bytes=new.size,
            correlation_id=correlation.current(),
            keep_seconds=UNFINISHED_SECONDS,
        )
        for new in asked
    ]
    recorded = [row for row in rows if row is not None]
    if len(recorded) < len(rows):
        raise InvalidTokenError("The account does not exist any more")
    for row in recorded:
        if row.purpose == Purpose.PRODUCT:
            told = audit.fields_of(row, without=["owner_id", "status"])
            audit.record(connection, "media.added", Subject("media", row.id), changes=audit.created(told))
    return recorded


def _check_allowance(
    connection: Connection, asked: Sequence[NewUpload], owner: Principal, allowance: Allowance
) -> None:
    used = files.usage(connection, owner.user_id, open_seconds=FORM_SECONDS)
    if used.open_uploads + len(asked) > allowance.open_uploads:
        raise TooManyOpenUploadsError(
            f"At most {allowance.open_uploads} uploads can wait for their files", headers={"Retry-After": "60"}
        )
    if used.bytes_today + sum(new.size for new in asked) > allowance.bytes_a_day:
        raise UploadAllowanceError(
            f"At most {allowance.bytes_a_day} bytes can be uploaded within a day", headers={"Retry-After": "3600"}
        )
