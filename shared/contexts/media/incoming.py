"""Pictures that another context has brought from elsewhere: recorded like uploads, and processed as these are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared import correlation, settings
from shared.clients import storage
from shared.clients.database import Connection
from shared.contexts.media.uploads import UNFINISHED_SECONDS, UPLOADS
from shared.settings import Settings

# Not `RETURNING id`: that would need the right to read the table.
_INSERT: Final = """
INSERT INTO media_files (id, owner_id, purpose, file_name, content_type, size_bytes, correlation_id, remove_after)
VALUES (%(id)s, (SELECT u.id FROM identity_contacts u WHERE u.id = %(owner_id)s), %(purpose)s, %(file_name)s,
        %(content_type)s, %(size_bytes)s, %(correlation_id)s, now() + make_interval(secs => %(keep_seconds)s))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPicture:
    """A picture, as its source announces it; the content decides what it is. `purpose` is media's."""

    file_name: str
    content_type: str
    content: bytes
    purpose: str = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingSettings(Settings):
    media_bucket: str


def record(connection: Connection, picture: IncomingPicture, *, owner_id: UUID | None) -> UUID:
    """Record the upload, in the caller's transaction; returns its id. `owner_id` is who wanted it, if they exist."""
    row = connection.execute("SELECT uuidv7() AS id").fetchone()
    assert row is not None
    media_id: UUID = row["id"]
    parameters = {
        "id": media_id,
        "owner_id": owner_id,
        "purpose": picture.purpose,
        "file_name": picture.file_name[:255],
        "content_type": picture.content_type[:100],
        "size_bytes": len(picture.content),
        "correlation_id": correlation.current(),
        "keep_seconds": UNFINISHED_SECONDS,
    }
    connection.execute(_INSERT, parameters)
    return media_id


def store(media_id: UUID, picture: IncomingPicture) -> None:
    """Put the file where media processes it; its record must be committed, for the arrival wakes the worker."""
    bucket = settings.load(IncomingSettings).media_bucket
    storage.put(bucket, f"{UPLOADS}{media_id}", picture.content, content_type=picture.content_type[:100])
