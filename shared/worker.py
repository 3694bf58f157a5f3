"""The one way in which messages of a queue are handled: each in a scope of its own, a failed one alone.

Every line logged for a message carries its id, how often it was received, and its sender's correlation id: of the
event's envelope, or of the message's attribute. What is not understood is logged without its contents. A failed
message becomes visible again after the queue's visibility timeout; a poison message reaches the dead-letter queue after
MAX_RECEIVES receives.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

# Before pydantic: Powertools imports its parser's models where it finds that loaded. Handlers import this module first.
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import ValidationError

from shared import correlation, log, metrics
from shared.events import BusMessage, DomainEvent, EventEnvelope
from shared.invocations import HasTime, invocation, time_left

E = TypeVar("E", bound=DomainEvent)
Handler: TypeAlias = Callable[[dict[str, Any], LambdaContext], PartialItemFailureResponse]


class MalformedMessageError(Exception):
    """The message is not an event that this queue is for. Names fields, and never their values."""


@dataclass(frozen=True, slots=True)
class QueueRecord:
    """One receive of a message, with those of its attributes that are text. `has_time` is whether a further batch of
    the work may be begun.
    """

    message_id: str
    receive_count: int
    has_time: HasTime
    attributes: Mapping[str, str]

    @property
    def is_last_receive(self) -> bool:
        """Whether the message goes to the dead-letter queue if it fails now (`QueueWorker` sets the variable)."""
        return self.receive_count >= int(os.environ["MAX_RECEIVES"])


@dataclass(frozen=True, slots=True)
class EventRecord(QueueRecord):
    """One receive of an event; `event_id` and `occurred_at` are the same at every redelivery."""

    event_id: UUID
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """How a failed message is reported: a line in the log, and a count of 1 as `metric`.

    Errors in `expected` are those that a redelivery is known to cure: a warning each, without a stack trace. All
    others go into the error log, unless the queue is of those that fill it (`reported`): such an error would cause the
    next one.
    """

    message: str
    metric: str | None = None
    expected: Mapping[type[Exception], str] = field(default_factory=dict)
    reported: bool = True

    def count(self) -> None:
        """Count the failure."""
        if self.metric is not None:
            metrics.count(self.metric)

    def log(self, error: Exception) -> None:
        """Log the error that is being handled."""
        warning = self._warning(error)
        if warning is None:
            log.logger().exception(self.message)
        else:
            log.logger().warning(warning)

    def report(self, error: Exception) -> None:
        """Put the error into the error log."""
        if self.reported and self._warning(error) is None:
            from shared import error_reports

            error_reports.report(error, "worker", context=log.fields())

    def _warning(self, error: Exception) -> str | None:
        return next((text for kind, text in self.expected.items() if isinstance(error, kind)), None)


def worker(
    actions: Mapping[type[E], Callable[[E, EventRecord], None]], *, failure: Failure, reserve: float = 0
) -> Handler:
    """The handler of a queue of domain events: each event is given to the action of its class.

    `reserve` is how many seconds of the invocation are left when `has_time` turns False.
    """
    classes = {kind.detail_type(): kind for kind in actions}

    def act(body: str, record: QueueRecord) -> None:
        envelope, event = _read(body, classes)
        # Ids lead to what the message is about, and tell nothing of it.
        ids = {name: str(value) for name, value in event if isinstance(value, UUID)}
        log.add_fields(**ids, event_id=str(envelope.id), event_type=event.detail_type())
        event_record = EventRecord(
            record.message_id,
            record.receive_count,
            record.has_time,
            record.attributes,
            envelope.id,
            envelope.occurred_at,
        )
        actions[type(event)](event, event_record)

    return message_worker(act, failure=failure, reserve=reserve)


def message_worker(action: Callable[[str, QueueRecord], None], *, failure: Failure, reserve: float = 0) -> Handler:
    """The handler of a queue whose messages are no domain events: the action is given each message's body."""
    processor = _processor()

    def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
        """Answers which messages failed."""
        has_time = time_left(context, reserve=reserve)

        def handle(record: SQSRecord) -> None:
            with _reported(record, failure):
                received = QueueRecord(record.message_id, _receive_count(record), has_time, _attributes(record))
                action(record.body, received)

        with invocation(context.aws_request_id):
            if not event["Records"]:
                return {"batchItemFailures": []}
            return process_partial_response(event, record_handler=handle, processor=processor, context=context)

    return handler


def batch_worker(kinds: Iterable[type[E]], effect: Callable[[Mapping[UUID, E]], None], *, failure: Failure) -> Handler:
    """The handler of a queue of domain events that have one effect together: it is called once for a batch, with the
    events by their ids. Where it raises, every message of the batch has failed.
    """
    classes = {kind.detail_type(): kind for kind in kinds}
    processor = _processor()

    def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
        """Answers which messages failed."""
        events: dict[UUID, E] = {}

        def collect(record: SQSRecord) -> None:
            with _reported(record, failure):
                envelope, domain_event = _read(record.body, classes)
                events[envelope.id] = domain_event

        with invocation(context.aws_request_id):
            if not event["Records"]:
                return {"batchItemFailures": []}
            answer = process_partial_response(event, record_handler=collect, processor=processor, context=context)
            try:
                effect(events)
            except Exception as error:
                failure.count()
                failure.report(error)
                records = [SQSRecord(record) for record in event["Records"]]
                for record in records:
                    with _record_scope(record):
                        failure.log(error)
                return {"batchItemFailures": [{"itemIdentifier": record.message_id} for record in records]}
            return answer

    return handler


def _processor() -> BatchProcessor:
    # A poison message alone in its batch is that message's failure, not the function's.
    return BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@contextmanager
def _reported(record: SQSRecord, failure: Failure) -> Iterator[None]:
    """The scope of one message; an error is reported in it, and raised for the batch processor."""
    with _record_scope(record):
        try:
            yield
        except Exception as error:
            failure.count()
            failure.log(error)
            failure.report(error)
            raise


@contextmanager
def _record_scope(record: SQSRecord) -> Iterator[None]:
    sender = _sender(record) or correlation.current()
    with (
        correlation.correlated(sender),
        log.scope(message_id=record.message_id, receive_count=_receive_count(record)),
    ):
        yield


def _receive_count(record: SQSRecord) -> int:
    return int(record.attributes.approximate_receive_count)


def _attributes(record: SQSRecord) -> dict[str, str]:
    sent: dict[str, dict[str, str]] = record.raw_event.get("messageAttributes") or {}
    return {name: attribute["stringValue"] for name, attribute in sent.items() if "stringValue" in attribute}


def _sender(record: SQSRecord) -> str | None:
    """The sender's correlation id: of the message's attribute, or of the envelope, whatever else is wrong with that."""
    attribute = record.message_attributes["correlation_id"]
    if attribute is not None:
        return attribute.string_value
    try:
        document = json.loads(record.body)
    except ValueError:
        return None
    match document:
        case {"detail": {"correlation_id": str(correlation_id)}}:
            return correlation_id
    return None


def _read(body: str, classes: Mapping[str, type[E]]) -> tuple[EventEnvelope, E]:
    """The event in a message, whose class is that of its detail type. Raises MalformedMessageError."""
    try:
        message = BusMessage.model_validate_json(body)
        kind = classes.get(message.detail_type)
        if kind is None:
            raise MalformedMessageError(f"an event of type {message.detail_type[:100]!r} came to this queue")
        return message.detail, kind.model_validate(message.detail.data)
    except ValidationError as error:
        problems = {".".join(map(str, detail["loc"])): detail["type"] for detail in error.errors(include_input=False)}
        raise MalformedMessageError(f"not an event of ours: {problems}") from None
