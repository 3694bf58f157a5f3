"""Every quarter of an hour: computes the views of analytics anew."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.analytics.service.refreshing import refresh
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="analytics")
    startup.connect()


@metrics.log_metrics
def handler(event: dict[str, Any], context: object) -> dict[str, int]:
    """How many views were refreshed, none where another run was at it, and how long that took."""
    with correlated(event.get("id")):
        done = refresh()
        metrics.add_metric("ViewRefreshTime", MetricUnit.Milliseconds, done.milliseconds)
        summary = {"views": done.views, "milliseconds": done.milliseconds}
        logger().info("views refreshed", extra=summary)
        return summary
