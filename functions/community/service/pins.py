"""The post that somebody shows first on their page."""

from __future__ import annotations

from uuid import UUID

from functions.community.errors import PostNotFoundError
from functions.community.repository import pins
from shared.clients.database import Connection
from shared.contexts.profiles import standing


def pin(connection: Connection, post_id: UUID, *, user_id: UUID) -> None:
    """Instead of another one. Raises PostNotFoundError for what is not a published post of the person's own, and
    SuspendedError.
    """
    if not pins.put(connection, user_id, post_id):
        standing.require_not_restricted(connection, user_id)
        raise PostNotFoundError


def unpin(connection: Connection, *, user_id: UUID) -> None:
    """None is first any more."""
    pins.remove(connection, user_id)
