"""Every hour: tell the shop which variants are running out."""

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.catalog.service.low_stock import notice
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="catalog")
    startup.connect()

RESERVE_MILLISECONDS = 10_000
"""What is left of the invocation when no further batch is begun."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """How many variants fell to their threshold, and how many rose above it."""
    with correlated(event.get("id")):
        found = notice(lambda: context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS)
        metrics.add_metric("VariantsLow", MetricUnit.Count, found.fallen)
        summary = {"fallen": found.fallen, "risen": found.risen}
        logger().info("low stock noticed", extra=summary)
        return summary
