"""Whether the database answers."""

from __future__ import annotations

from shared.clients.database import Connection


def ping(connection: Connection) -> None:
    """Raises where the database does not answer."""
    connection.execute("SELECT 1")
