"""Queue of verified webhooks: each record has its effects once, in one transaction; a poisonous one fails alone."""

from __future__ import annotations

import time
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
    from functions.payments.providers.stripe_objects import parse_event
    from functions.payments.service.provider_events import handle
    from shared import outbox
    from shared.correlation import correlated
    from shared.log import logger

    # One poisonous message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="payments")
    startup.connect()


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers which records have to be delivered again."""
    with outbox.published_together():
        return process_partial_response(event, record_handler=_work, processor=processor, context=context)


def _work(record: SQSRecord) -> None:
    sender = record.message_attributes["correlation_id"]
    with correlated(sender.string_value if sender else None) as correlation_id:
        logger().append_keys(correlation_id=correlation_id, message_id=record.message_id)
        try:
            _apply(record.body)
        except Exception:
            metrics.add_metric(name="WebhooksFailed", unit=MetricUnit.Count, value=1)
            logger().exception("webhook failed", extra={"receive_count": record.attributes.approximate_receive_count})
            raise
        finally:
            logger().remove_keys(["correlation_id", "message_id"])


def _apply(body: str) -> None:
    event = parse_event(body)
    outcome = handle(event, stripe.provider())
    lag = max(0.0, time.time() - event.occurred_at.timestamp())
    metrics.add_metric(name="WebhookLag", unit=MetricUnit.Seconds, value=lag)
    metrics.add_metric(name=f"Webhooks{outcome.value.title().replace('_', '')}", unit=MetricUnit.Count, value=1)
    logger().info(
        "webhook",
        extra={"event_id": event.id, "event_type": event.type, "outcome": outcome.value, "lag_seconds": round(lag, 1)},
    )
