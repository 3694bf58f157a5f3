"""The picture of a profile, which is media's."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import args_row

from shared.clients.database import Connection


class ReadyPicture(NamedTuple):
    """An uploaded picture that can be shown, locked so that it stays."""

    id: UUID
    url: str
    media: dict[str, Any]


class Replaced(NamedTuple):
    """The picture that was shown before, and the one shown now."""

    before: UUID | None
    after: UUID | None


_READY: Final = """
SELECT id, url, media FROM media_pictures
WHERE id = %(media_id)s AND owner_id = %(owner_id)s AND purpose = 'profile' FOR SHARE
"""
_SHOW: Final = """
UPDATE profiles SET picture_id = %(media_id)s, picture = %(picture)s::jsonb, version = version + 1
WHERE user_id = %(user_id)s
    AND (%(media_id)s::uuid IS NULL OR standing = 'good' OR standing_until <= now())
RETURNING old.picture_id AS before, new.picture_id AS after
"""


def ready(connection: Connection, media_id: UUID, *, owner: UUID) -> ReadyPicture | None:
    """The owner's picture for a profile under this id, if it can be shown."""
    with connection.cursor(row_factory=args_row(ReadyPicture)) as cursor:
        return cursor.execute(_READY, {"media_id": media_id, "owner_id": owner}).fetchone()


def show(connection: Connection, user_id: UUID, picture: ReadyPicture | None) -> Replaced | None:
    """Show the picture, or none; None where the person has no profile, or may not write."""
    shown = None if picture is None else orjson.dumps({"url": picture.url, **picture.media}).decode()
    values = {"user_id": user_id, "media_id": picture.id if picture else None, "picture": shown}
    with connection.cursor(row_factory=args_row(Replaced)) as cursor:
        return cursor.execute(_SHOW, values).fetchone()
