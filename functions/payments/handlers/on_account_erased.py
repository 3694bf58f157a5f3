"""Queue of accounts that were erased: the provider forgets who they were. A record that fails is delivered again."""

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
    from functions.payments.service import saved_methods
    from shared.clients import database
    from shared.correlation import correlated
    from shared.events import AccountErased, BusMessage
    from shared.log import logger

    # One bad message alone in its batch is that message's failure, not the function's.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    metrics = Metrics(namespace="ShareStack", service="payments")
    startup.connect()


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers which records have to be delivered again."""
    return process_partial_response(event, record_handler=_work, processor=processor, context=context)


def _work(record: SQSRecord) -> None:
    extra = {"message_id": record.message_id, "receive_count": record.attributes.approximate_receive_count}
    try:
        message = BusMessage.model_validate_json(record.body)
        erased = AccountErased.model_validate(message.detail.data)
        with correlated(message.detail.correlation_id):
            extra["user_id"] = str(erased.user_id)
            forgotten = saved_methods.forget_customer(database.connection(), erased.user_id, stripe.provider())
    except Exception:
        logger().exception("the provider still knows somebody who was erased", extra=extra)
        raise
    metrics.add_metric(name="ProviderCustomersForgotten", unit=MetricUnit.Count, value=int(forgotten))
    logger().info("account erased at the provider", extra={**extra, "forgotten": forgotten})
