"""Bringing one's posts along: a file is asked for, uploaded by a signed form, and read by a worker when it is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.community.errors import ImportNotFoundError, ImportRunningError, TooManyImportsError
from functions.community.repository import post_imports
from functions.community.repository.post_imports import ImportRow, ItemRow
from functions.community.settings import ArchiveSettings
from shared import correlation, settings
from shared.clients import object_links
from shared.clients.database import Connection
from shared.clients.object_links import UploadForm
from shared.contexts.identity.proven_addresses import EmailNotVerifiedError
from shared.contexts.profiles import standing
from shared.pages import split_page

OBJECT_PREFIX: Final = "archives/"
FORM_SECONDS: Final = 900
IMPORTS_A_DAY: Final = 5
CONTENT_TYPE: Final = "application/octet-stream"


def request(connection: Connection, user_id: UUID, *, size: int) -> tuple[ImportRow, UploadForm, datetime]:
    """Record the import, and sign the form that brings its file of so many bytes; also returns when that expires.

    Raises EmailNotVerifiedError, TooManyImportsError, ImportRunningError, and what `standing.require_may_write` raises.
    """
    standing.require_may_write(connection, user_id)
    is_proven, today = post_imports.allowance(connection, user_id)
    if not is_proven:
        raise EmailNotVerifiedError
    if today >= IMPORTS_A_DAY:
        raise TooManyImportsError(f"At most {IMPORTS_A_DAY} in a day", headers={"Retry-After": "3600"})
    import_id = post_imports.insert(connection, user_id, size=size, correlation_id=correlation.current())
    if import_id is None:
        raise ImportRunningError
    form = object_links.upload_form(
        settings.load(ArchiveSettings).imports_bucket,
        object_key(import_id),
        seconds=FORM_SECONDS,
        content_type=CONTENT_TYPE,
        size=size,
    )
    return read(connection, import_id, user_id), form, datetime.now(UTC) + timedelta(seconds=FORM_SECONDS)


def object_key(import_id: UUID) -> str:
    """Where the file is until it is read."""
    return f"{OBJECT_PREFIX}{import_id}"


def read(connection: Connection, import_id: UUID, user_id: UUID) -> ImportRow:
    """Raises ImportNotFoundError, for somebody else's too."""
    row = post_imports.own(connection, import_id, user_id)
    if row is None:
        raise ImportNotFoundError
    return row


def items(
    connection: Connection, import_id: UUID, user_id: UUID, *, outcome: str | None, limit: int, after: int | None
) -> tuple[Sequence[ItemRow], int | None]:
    """A page of what became of the items, in the order of the file. Raises ImportNotFoundError."""
    rows = post_imports.items(connection, import_id, user_id, outcome=outcome, limit=limit + 1, after=after)
    if not rows:
        read(connection, import_id, user_id)
    return split_page(rows, limit, lambda row: row.place)
