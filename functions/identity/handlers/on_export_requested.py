"""Queue of people who want a copy of their data: writes it, and has them told. A record that fails comes again."""

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

    from functions.identity.export_settings import ExportSettings
    from functions.identity.service import data_exports
    from shared import settings
    from shared.clients import database
    from shared.correlation import correlated
    from shared.events import BusMessage, PersonalDataExportRequested
    from shared.log import logger

    # One bad message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="identity")
    startup.connect()

_LAST_RECEIVE: Final = 5
"""So often the queue delivers a message (`QueueWorker`)."""


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers which records have to be delivered again."""
    return process_partial_response(event, record_handler=_work, processor=processor, context=context)


def _work(record: SQSRecord) -> None:
    extra: dict[str, Any] = {
        "message_id": record.message_id,
        "receive_count": record.attributes.approximate_receive_count,
    }
    try:
        message = BusMessage.model_validate_json(record.body)
        asked = PersonalDataExportRequested.model_validate(message.detail.data)
        extra["export_id"] = str(asked.export_id)
        with correlated(message.detail.correlation_id):
            _export(asked, extra)
    except Exception:
        logger().exception("copy of personal data failed", extra=extra)
        raise


def _export(asked: PersonalDataExportRequested, extra: dict[str, Any]) -> None:
    connection = database.connection()
    try:
        written = data_exports.run(connection, asked, bucket=settings.load(ExportSettings).imports_bucket)
    except Exception:
        if int(extra["receive_count"]) >= _LAST_RECEIVE:
            data_exports.give_up(database.connection(), asked.export_id)
        raise
    metrics.add_metric(name="PersonalDataExports", unit=MetricUnit.Count, value=int(written))
    logger().info("copy of personal data written" if written else "nobody waits for this copy", extra=extra)
