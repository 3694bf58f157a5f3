"""Queue of ordering's requests from the bus: each gives money back once. A record that fails is delivered again."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit
    from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from functions.payments.providers import stripe
    from functions.payments.service.order_events import give_back, read
    from shared import outbox
    from shared.correlation import correlated
    from shared.log import logger

    # One bad message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="payments")
    startup.connect()


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers which records have to be delivered again."""
    with outbox.published_together():
        return process_partial_response(event, record_handler=_work, processor=processor, context=context)


def _work(record: SQSRecord) -> None:
    extra = {"message_id": record.message_id, "receive_count": record.attributes.approximate_receive_count}
    try:
        envelope, request = read(record.body)
        with correlated(envelope.correlation_id) as correlation_id:
            extra |= {"correlation_id": correlation_id, "request_id": str(request.request_id)}
            recorded = give_back(request, stripe.provider())
    except Exception:
        metrics.add_metric(name="RefundRequestsFailed", unit=MetricUnit.Count, value=1)
        logger().exception("refund request failed", extra=extra)
        raise
    metrics.add_metric(name="RefundsRequested", unit=MetricUnit.Count, value=int(recorded))
    logger().info("refund requested", extra={**extra, "order_id": str(request.order_id), "recorded": recorded})
