"""SQL of the inbox: a provider's event is there once it has had its effect."""

from __future__ import annotations

from datetime import datetime

from shared.clients.database import Connection


def claim_event(
    connection: Connection,
    provider: str,
    event_id: str,
    *,
    event_type: str,
    object_id: str | None,
    occurred_at: datetime,
    outcome: str,
) -> bool:
    """Enter the event into the inbox; False where it is there. A second delivery waits here for the first's commit."""
    row = connection.execute(
        "INSERT INTO provider_events (provider, event_id, type, object_id, outcome, occurred_at)"
        " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (provider, event_id) DO NOTHING RETURNING event_id",
        (provider, event_id, event_type, object_id, outcome, occurred_at),
    ).fetchone()
    return row is not None


def set_event_outcome(connection: Connection, provider: str, event_id: str, outcome: str) -> None:
    connection.execute(
        "UPDATE provider_events SET outcome = %s WHERE provider = %s AND event_id = %s", (outcome, provider, event_id)
    )
