"""Works off a queue of events: each is told by mail under its sender's correlation id; one that fails comes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.notifications.errors import DeliveryInProgressError
from functions.notifications.queue_messages import read
from functions.notifications.service.mailing import tell
from functions.notifications.service.notices import Notices
from shared.clients import database
from shared.correlation import correlated
from shared.log import logger

Handler = Callable[[dict[str, Any], LambdaContext], PartialItemFailureResponse]


def telling(notices: Notices) -> Handler:
    """The entry point of the worker that knows these notices; it answers which records have to be delivered again."""
    # One bad message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="notifications")
    known = {name: notice.event for name, notice in notices.items()}

    def work(record: SQSRecord) -> None:
        extra: dict[str, Any] = {
            "message_id": record.message_id,
            "receive_count": record.attributes.approximate_receive_count,
        }
        try:
            envelope, event = read(record.body, known)
            notice = notices[event.detail_type()]
            with correlated(envelope.correlation_id) as correlation_id:
                extra |= {"correlation_id": correlation_id, "event_id": str(envelope.id), "kind": notice.kind}
                outcome = tell(database.connection(), notice, envelope.id, event)
        except Exception as error:
            metrics.add_metric(name="MailsPostponed", unit=MetricUnit.Count, value=1)
            if isinstance(error, DeliveryInProgressError):
                logger().warning("mail left to the worker that is sending it", extra=extra)
            else:
                logger().exception("mail postponed", extra=extra)
            raise
        metrics.add_metric(name=f"Mails{outcome.value.title()}", unit=MetricUnit.Count, value=1)
        logger().info("event told", extra={**extra, "outcome": outcome.value})

    @metrics.log_metrics
    def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
        return process_partial_response(event, record_handler=work, processor=processor, context=context)

    return handler
