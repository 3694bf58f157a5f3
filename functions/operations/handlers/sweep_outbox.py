"""Every minute: sends the events that a crash or a refusing bus left unsent, and deletes old rows."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.operations.service import sweeping
    from shared import metrics
    from shared.clients import database
    from shared.schedule import HasTime, schedule

    startup.connect()


def sweep(_has_time: HasTime) -> dict[str, int]:
    """How many events were sent and how many rows deleted; an alarm watches the age of the oldest unsent event."""
    swept = sweeping.sweep(database.connection())
    metrics.count("OutboxEventsSwept", swept.swept)
    metrics.seconds("OutboxOldestUnpublished", swept.oldest_seconds)
    return swept._asdict()


handler = schedule(sweep, message="outbox swept")
