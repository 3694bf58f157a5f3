"""Queue of order events from the bus: mails what the customer shall know. A record that fails is delivered again."""

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

    from functions.notifications.errors import DeliveryInProgressError
    from functions.notifications.queue_messages import read
    from functions.notifications.service.order_confirmation import confirm
    from shared.clients import database
    from shared.correlation import correlated
    from shared.log import logger

    # One bad message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="notifications")
    startup.connect()


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers which records have to be delivered again."""
    return process_partial_response(event, record_handler=_work, processor=processor, context=context)


def _work(record: SQSRecord) -> None:
    extra = {"message_id": record.message_id, "receive_count": record.attributes.approximate_receive_count}
    try:
        envelope, order = read(record.body)
        with correlated(envelope.correlation_id) as correlation_id:
            extra |= {"correlation_id": correlation_id, "event_id": str(envelope.id), "order_id": str(order.order_id)}
            outcome = confirm(database.connection(), order)
    except Exception as error:
        metrics.add_metric(name="MailsPostponed", unit=MetricUnit.Count, value=1)
        if isinstance(error, DeliveryInProgressError):
            logger().warning("mail left to the worker that is sending it", extra=extra)
        else:
            logger().exception("mail postponed", extra=extra)
        raise
    metrics.add_metric(name=f"Mails{outcome.value.title()}", unit=MetricUnit.Count, value=1)
    logger().info("order confirmation", extra={**extra, "outcome": outcome.value})
