"""Uploads that exist: read, listed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from functions.media.domain.uploads import MediaPurpose
from functions.media.errors import MediaInUseError, MediaNotFoundError
from functions.media.repository import files
from functions.media.repository.files import MediaRow
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.pages import split_page
from shared.permissions import Permission
from shared.tokens import Principal


def read(connection: Connection, media_id: UUID, caller: Principal) -> MediaRow:
    """One's own, or anybody's for staff. Raises MediaNotFoundError."""
    return _visible(files.by_id(connection, media_id), caller, Permission.MEDIA_READ_ALL)


def own(
    connection: Connection, caller: Principal, *, purpose: str | None, limit: int, after: list[Any] | None
) -> tuple[Sequence[MediaRow], list[Any] | None]:
    """A page of the caller's, newest first, and where the next one starts."""
    rows = files.of_owner(connection, caller.user_id, purpose=purpose, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: [row.created_at, row.id])


def delete(connection: Connection, media_id: UUID, caller: Principal) -> MediaRow:
    """Mark it as deleted; the cleanup removes its objects. Returns the deleted row.

    Raises MediaNotFoundError, and MediaInUseError while a product or a review shows it.
    """
    row = _visible(files.by_id(connection, media_id, locked=True), caller, Permission.MEDIA_WRITE)
    if not files.delete(connection, media_id):
        raise MediaInUseError("Take it off the product, the review or the post first")
    if row.owner_id != caller.user_id or row.purpose in (MediaPurpose.PRODUCT, MediaPurpose.SITE):
        audit.record(connection, "media.deleted", Subject("media", media_id), changes=audit.deleted(_fields(row)))
    return row


def _fields(row: MediaRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("owner_id", "purpose", "file_name", "content_type", "size_bytes")}


def _visible(row: MediaRow | None, caller: Principal, permission: Permission) -> MediaRow:
    if row is None or (row.owner_id != caller.user_id and permission not in caller.permissions):
        raise MediaNotFoundError
    return row
