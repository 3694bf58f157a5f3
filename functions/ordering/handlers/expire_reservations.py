"""Every minute: give back the stock of checkouts whose time is over, and delete ended guest carts."""

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.ordering.service.expiry import expire
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="ordering")
    startup.connect()

RESERVE_MILLISECONDS = 5_000
"""What is left of the invocation when no further checkout is begun."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """How many checkouts were expired, how many could not be, and how many carts were deleted."""
    with correlated(event.get("id")):
        done = expire(lambda: context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS)
        metrics.add_metric("CheckoutsExpired", MetricUnit.Count, done.checkouts)
        metrics.add_metric("CheckoutExpiryFailures", MetricUnit.Count, done.failures)
        metrics.add_metric("GuestCartsDeleted", MetricUnit.Count, done.carts)
        summary = {"checkouts": done.checkouts, "failures": done.failures, "carts": done.carts}
        logger().info("expired", extra=summary)
        return summary
