"""Queue of requested exports from the bus: writes product files."""

from __future__ import annotations

from typing import Any, Final

from shared import startup

with startup.initializing():
    from aws_lambda_powertools import Metrics
    from aws_lambda_powertools.metrics import MetricUnit
    from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from functions.catalog.errors import ExportInProgressError
    from functions.catalog.service import exporting
    from functions.catalog.settings import CatalogSettings
    from shared import settings
    from shared.clients import database
    from shared.correlation import correlated
    from shared.events import BusMessage, ProductExportRequested
    from shared.log import logger

    # One bad message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="catalog")
    startup.connect()

_MILLISECONDS_FOR_A_FILE: Final = 60_000
_LAST_RECEIVE: Final = 5
"""So often the queue delivers a message (`QueueWorker`)."""


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
        asked = ProductExportRequested.model_validate(message.detail.data)
        extra["export_id"] = str(asked.export_id)
        with correlated(message.detail.correlation_id):
            _export(asked, extra, lambda_context)
    except ExportInProgressError:
        logger().warning("export is not finished", extra=extra)
        raise
    except Exception:
        logger().exception("export failed", extra=extra)
        raise


def _export(asked: ProductExportRequested, extra: dict[str, Any], lambda_context: LambdaContext) -> None:
    connection = database.connection()
    try:
        row = exporting.run(
            connection,
            asked.export_id,
            bucket=settings.load(CatalogSettings).imports_bucket,
            time_is_left=lambda: lambda_context.get_remaining_time_in_millis() > _MILLISECONDS_FOR_A_FILE,
        )
    except Exception:
        if int(extra["receive_count"]) >= _LAST_RECEIVE:
            exporting.give_up(connection, asked.export_id)
        raise
    if row is None:
        logger().info("export was finished before", extra=extra)
        return
    metrics.add_metric(name="ExportedProducts", unit=MetricUnit.Count, value=row.products)
    logger().info("export finished", extra={**extra, "products": row.products, "files": len(row.files)})
