"""Every day: compare the provider's balance transactions with the ledger, and close the day's books."""

from datetime import UTC, datetime
from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.payments.providers import stripe
    from functions.payments.service import reconciling
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="payments")
    startup.connect()

RESERVE_MILLISECONDS = 20_000
"""What is left of the invocation when no further day is begun."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """How many days were compared, and how many differences are open altogether."""
    with correlated(event.get("id")):
        done = reconciling.reconcile(
            stripe.provider(),
            datetime.now(UTC),
            lambda: context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS,
        )
        metrics.add_metric("ReconciliationDifferences", MetricUnit.Count, done.open_differences)
        summary = {"days": done.days, "open_differences": done.open_differences}
        logger().info("reconciled", extra=summary)
        return summary
