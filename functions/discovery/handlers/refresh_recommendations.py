"""Every day: computes anew which products go together."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.discovery.service.refreshing import refresh
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="discovery")
    startup.connect()


@metrics.log_metrics
def handler(event: dict[str, Any], context: object) -> dict[str, int]:
    """Of how many products, none where another run was at it, how many have neighbours, and how long that took."""
    with correlated(event.get("id")):
        done = refresh()
        metrics.add_metric("RecommendationRefreshTime", MetricUnit.Milliseconds, done.milliseconds)
        metrics.add_metric("RecommendedProducts", MetricUnit.Count, done.with_neighbours)
        summary = {
            "products": done.products,
            "with_neighbours": done.with_neighbours,
            "milliseconds": done.milliseconds,
        }
        logger().info("recommendations refreshed", extra=summary)
        return summary
