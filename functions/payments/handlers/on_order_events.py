"""Queue of ordering's requests from the bus: refunds each once."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.payments import providers
    from functions.payments.service.order_events import request_refund
    from shared import metrics
    from shared.contexts.ordering.events import RefundRequested
    from shared.log import logger

    providers.preload()
    startup.connect()


def refund(event: RefundRequested, _record: EventRecord) -> None:
    """Records the refund and has the provider execute it; a redelivery has no further effect."""
    recorded = request_refund(event)
    metrics.count("RefundsRequested", int(recorded))
    logger().info("refund requested", extra={"recorded": recorded})


handler = worker({RefundRequested: refund}, failure=Failure("refund request failed", metric="RefundRequestsFailed"))
