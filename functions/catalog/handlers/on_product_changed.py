"""Queue of changed products from the bus: tells customers what became of their wishes."""

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

    from functions.catalog.service.wish_notices import on_product_changed
    from shared.correlation import correlated
    from shared.events import BusMessage, ProductChanged
    from shared.log import logger

    # One bad message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="catalog")
    startup.connect()

RESERVE_MILLISECONDS = 15_000
"""What is left of the invocation when no further batch of wishes is begun."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers which records have to be delivered again."""
    return process_partial_response(event, record_handler=_work, processor=processor, context=context)


def _work(record: SQSRecord, lambda_context: LambdaContext) -> None:
    extra: dict[str, Any] = {
        "message_id": record.message_id,
        "receive_count": record.attributes.approximate_receive_count,
    }
    try:
        message = BusMessage.model_validate_json(record.body)
        changed = ProductChanged.model_validate(message.detail.data)
        extra["product_id"] = str(changed.product_id)
        with correlated(message.detail.correlation_id):
            told = on_product_changed(
                changed, lambda: lambda_context.get_remaining_time_in_millis() > RESERVE_MILLISECONDS
            )
    except Exception:
        metrics.add_metric(name="WishNoticesPostponed", unit=MetricUnit.Count, value=1)
        logger().exception("wishes are not up to date", extra=extra)
        raise
    metrics.add_metric(name="PriceDropsTold", unit=MetricUnit.Count, value=told.price_drops)
    metrics.add_metric(name="BackInStockTold", unit=MetricUnit.Count, value=told.back_in_stock)
    if told.wishes:
        counts = {"wishes": told.wishes, "price_drops": told.price_drops, "back_in_stock": told.back_in_stock}
        logger().info("wishes brought up to date", extra={**extra, **counts})
