"""Pictures that are shown no longer, and are not to wait for the sweep's own time."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

# As a deletion by its owner: media's sweep removes the objects.
_REMOVE: Final = "UPDATE media_files SET deleted_at = now(), remove_after = now() WHERE id = %s AND deleted_at IS NULL"


def remove(connection: Connection, media_id: UUID) -> None:
    """The picture can be used no more. The caller's transaction has stopped showing it everywhere."""
    connection.execute(_REMOVE, (media_id,))
