"""Every 15 minutes: find the carts that customers left alone, and tell those who agreed to be reminded."""

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.ordering.service.abandoned_carts import notice
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="ordering")
    startup.connect()

RESERVE_MILLISECONDS = 5_000
"""What is left of the invocation when no further batch is begun."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """How many carts were found, and how many customers are reminded."""
    with correlated(event.get("id")):
        done = notice(lambda: context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS)
        metrics.add_metric("CartsAbandoned", MetricUnit.Count, done.carts)
        metrics.add_metric("CartNotices", MetricUnit.Count, done.notices)
        summary = {"carts": done.carts, "notices": done.notices}
        logger().info("noticed", extra=summary)
        return summary
