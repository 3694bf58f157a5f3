"""Queue of changed products and categories from the bus: has CloudFront forget their pages, once for a batch."""

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

    from functions.catalog.service.purging import Purge
    from shared.events import BusMessage
    from shared.log import logger

    # One bad message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="catalog")


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers which records have to be delivered again: those that are not understood, or all where nothing is purged.

    They come again when their visibility timeout is over, by which time CloudFront has done what it was busy with.
    """
    purge = Purge()

    def take(record: SQSRecord) -> None:
        try:
            purge.add(BusMessage.model_validate_json(record.body))
        except Exception:
            logger().exception("event tells no page", extra={"message_id": record.message_id})
            raise

    answer = process_partial_response(event, record_handler=take, processor=processor, context=context)
    try:
        tags = purge.run()
    except Exception:
        metrics.add_metric(name="PurgesPostponed", unit=MetricUnit.Count, value=1)
        logger().exception("pages are not purged", extra={"records": len(event["Records"])})
        return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in event["Records"]]}
    metrics.add_metric(name="PurgedTags", unit=MetricUnit.Count, value=len(tags))
    logger().info("pages purged", extra={"records": len(event["Records"]), "tags": sorted(tags)})
    return answer
