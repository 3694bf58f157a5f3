"""Every few hours: tell the operator of disputes whose evidence is due soon and was not submitted."""

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit

    from functions.payments.service import disputes
    from shared.clients import database
    from shared.correlation import correlated

    metrics = Metrics(namespace="ShareStack", service="payments")
    startup.connect()


@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """How many disputes were told of; each is once, by an alarm and a line in the log."""
    with correlated(event.get("id")):
        due = disputes.notice_due(database.connection())
        metrics.add_metric("DisputesDue", MetricUnit.Count, due)
        return {"due": due}
