"""Every few minutes: take up refunds that nobody settled, by asking the provider what became of them first."""

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.payments.providers import stripe
    from functions.payments.service.refunds.executing import resolve_due
    from shared import outbox
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="payments")
    startup.connect()

RESERVE_MILLISECONDS = 25_000
"""What is left of the invocation when no further batch is begun: one refund may take as long as the provider may."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """How many refunds were taken up; and of all, how many are overdue and how many failed within an hour."""
    with correlated(event.get("id")), outbox.published_together():
        done = resolve_due(stripe.provider(), lambda: context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS)
        metrics.add_metric("RefundsOverdue", MetricUnit.Count, done.overdue)
        metrics.add_metric("RefundsFailed", MetricUnit.Count, done.failed_lately)
        summary = {"tried": done.tried, "overdue": done.overdue, "failed_lately": done.failed_lately}
        logger().info("refunds resolved", extra=summary)
        return summary
