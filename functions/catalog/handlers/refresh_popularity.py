"""Every hour: count what was sold lately, for the lists that are sorted by it."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.catalog.service import popularity
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="catalog")
    startup.connect()


@metrics.log_metrics
def handler(event: dict[str, Any], context: object) -> dict[str, int]:
    """How many products have another number now."""
    with correlated(event.get("id")):
        summary = {"products": popularity.refresh()}
        metrics.add_metric(name="PopularityChanges", unit=MetricUnit.Count, value=summary["products"])
        logger().info("popularity counted", extra=summary)
        return summary
