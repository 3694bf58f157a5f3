"""Pictures that were uploaded for posts, which are media's: read, and kept from being deleted while they are put to
use.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class PictureRow(NamedTuple):
    """A picture that can be shown; `media` is what is shown of it besides its address."""

    id: UUID
    url: str
    media: dict[str, Any]


_READY: Final = """
SELECT id, url, media FROM media_pictures
WHERE id = ANY(%s) AND owner_id = %s AND purpose = 'post' ORDER BY id FOR SHARE
"""


def ready(connection: Connection, media_ids: Collection[UUID], owner_id: UUID) -> dict[UUID, PictureRow]:
    """Those of the owner's uploads for posts that can be shown, by id, locked."""
    if not media_ids:
        return {}
    with connection.cursor(row_factory=args_row(PictureRow)) as cursor:
        return {row.id: row for row in cursor.execute(_READY, (list(media_ids), owner_id))}
