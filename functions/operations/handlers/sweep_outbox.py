"""Every minute: sends the events that a crash or a refusing bus left behind, and forgets what is old."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.operations.service import sweeping
    from shared.clients import database
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="operations")
    startup.connect()


@metrics.log_metrics
def handler(event: object, context: object) -> dict[str, int]:
    """Answers how many events were sent and how many rows forgotten; the age left over is what an alarm watches."""
    outcome = sweeping.sweep(database.connection())
    metrics.add_metric(name="OutboxEventsSwept", unit=MetricUnit.Count, value=outcome.swept)
    metrics.add_metric(name="OutboxOldestUnpublished", unit=MetricUnit.Seconds, value=outcome.oldest_seconds)
    summary = outcome._asdict()
    logger().info("outbox swept", extra=summary)
    return summary
