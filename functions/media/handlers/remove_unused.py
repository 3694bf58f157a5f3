"""Every day: removes uploads that never arrived, pictures that nothing shows, and objects that no row knows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.media.service import removing
    from functions.media.settings import MediaSettings
    from shared import settings
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="media")
    startup.connect()

RESERVE_MILLISECONDS = 15_000
"""What is left of the invocation when nothing further is begun."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """How much went."""
    with correlated(event.get("id")):
        removed = removing.run(
            settings.load(MediaSettings).media_bucket,
            lambda: context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS,
        )
        summary = asdict(removed)
        metrics.add_metric(name="MediaRemoved", unit=MetricUnit.Count, value=removed.forgotten)
        logger().info("unused media removed", extra=summary)
        return summary
