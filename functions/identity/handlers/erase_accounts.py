"""Every hour: erases the accounts whose time is over, and forgets what was kept about people for long enough."""

from __future__ import annotations

from typing import Any, Final

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.identity.export_settings import ExportSettings
    from functions.identity.service import data_exports, erasures, retention
    from shared import settings
    from shared.correlation import correlated
    from shared.log import logger

    metrics = Metrics(namespace="ShareStack", service="identity")
    startup.connect()

RESERVE_MILLISECONDS: Final = 20_000
"""What is left of the invocation when nothing further is begun."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """How many accounts were erased, postponed and could not be; how many copies and rows are gone."""

    def has_time() -> bool:
        return bool(context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS)

    with correlated(event.get("id")):
        done = erasures.erase_due(has_time)
        metrics.add_metric("AccountsErased", MetricUnit.Count, done.accounts)
        metrics.add_metric("ErasuresPostponed", MetricUnit.Count, done.postponed)
        metrics.add_metric("ErasureFailures", MetricUnit.Count, done.failures)
        bucket = settings.load(ExportSettings).imports_bucket
        copies = data_exports.remove_ended(bucket=bucket, has_time=has_time)
        summary = {
            "erased": done.accounts,
            "postponed": done.postponed,
            "failures": done.failures,
            "copies": copies,
            **retention.forget_old(has_time),
        }
        logger().info("accounts erased", extra=summary)
        return summary
