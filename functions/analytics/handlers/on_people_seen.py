"""Queue of who is there, from the bus: writes sessions of activity, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from shared import startup

with startup.initializing():
    from shared.worker import Failure, batch_worker
    from functions.analytics.service import sessions
    from shared import metrics
    from shared.clients import database
    from shared.contexts.analytics.events import PeopleSeen

    startup.connect()


def record(events: Mapping[UUID, PeopleSeen]) -> None:
    """Counts the sessions that were begun."""
    with database.transaction() as connection:
        people = [(person.user_id, person.seen_at) for event in events.values() for person in event.people]
        counts = sessions.record(connection, people)
    if counts.begun:
        metrics.count("SessionsBegun", counts.begun)


handler = batch_worker((PeopleSeen,), record, failure=Failure("sessions not recorded"))
