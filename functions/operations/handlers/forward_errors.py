"""Queue of errors from the bus: forwards each to Sentry, where a DSN is set."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.operations.service import error_forwarding
    from shared import correlation
    from shared.contexts.operations.events import ErrorReported

    error_forwarding.prepare()


def forward(event: ErrorReported, received: EventRecord) -> None:
    """Nothing without a DSN. Raises where Sentry cannot be reached, so that the queue tries again."""
    error_forwarding.forward(
        event,
        report_id=received.event_id,
        occurred_at=received.occurred_at,
        correlation_id=correlation.current(),
    )


# An error here that went the same way would never end.
FAILURE = Failure("error not forwarded", "ErrorsNotForwarded", reported=False)

handler = worker({ErrorReported: forward}, failure=FAILURE)
