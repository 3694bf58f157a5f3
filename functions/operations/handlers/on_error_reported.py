"""Queue of errors from the bus: counts each in the error log."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.operations.service import error_log
    from shared import correlation, metrics
    from shared.clients import database
    from shared.contexts.operations.events import ErrorReported

    startup.connect()


def record(event: ErrorReported, received: EventRecord) -> None:
    """Counts the error; a new one is counted as a metric, too."""
    with database.transaction() as connection:
        is_new = error_log.record(
            connection,
            event,
            report_id=received.event_id,
            occurred_at=received.occurred_at,
            correlation_id=correlation.current(),
        )
    if is_new:
        metrics.count("NewErrors")


# An error here that went the same way would never end.
FAILURE = Failure("error not recorded", "ErrorsNotRecorded", reported=False)

handler = worker({ErrorReported: record}, failure=FAILURE)
