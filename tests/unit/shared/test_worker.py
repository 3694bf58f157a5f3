"""One message of a queue at a time, each in a scope of its own."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from shared.worker import EventRecord, Failure, QueueRecord, batch_worker, message_worker, worker
from shared import correlation
from shared.contexts.catalog.events import CategoryChanged, ProductChanged
from shared.events import DomainEvent
from shared.log import logger
from tests.support import logs
from tests.support.lambda_client import Context

FAILURE = Failure("it failed", metric="Failed", expected={ConnectionError: "it is busy"})


def message(number: int, product_id: uuid.UUID, *, receive_count: int = 1) -> dict[str, Any]:
    detail = {
        "id": str(uuid.UUID(int=number)),
        "type": "ProductChanged",
        "occurred_at": "2026-11-20T06:00:00Z",
        "correlation_id": f"correlation-{number}",
        "data": {"product_id": str(product_id)},
    }
    body = {"source": "sharestack.catalog", "detail-type": "ProductChanged", "detail": detail}
    return raw(number, json.dumps(body), receive_count=receive_count)


def raw(number: int, body: str, *, receive_count: int = 1, **attributes: str) -> dict[str, Any]:
    return {
        "messageId": str(number),
        "body": body,
        "attributes": {"ApproximateReceiveCount": str(receive_count)},
        "messageAttributes": {name: {"stringValue": value, "dataType": "String"} for name, value in attributes.items()},
    }


def deliver(handler: Any, *records: dict[str, Any], context: Context | None = None) -> list[str]:
    answer = handler({"Records": list(records)}, context or Context())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def metrics(printed: str) -> dict[str, Any]:
    [line] = [json.loads(line) for line in printed.splitlines() if '"_aws"' in line]
    return dict(line)


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_RECEIVES", "3")


def test_each_event_is_handled_under_its_sender_s_correlation_id() -> None:
    seen: list[tuple[Any, ...]] = []

    def note(event: ProductChanged, record: EventRecord) -> None:
        seen.append((event.product_id, record.event_id, correlation.current()))

    ids = [uuid.uuid4(), uuid.uuid4()]
    handler = worker({ProductChanged: note}, failure=FAILURE)
    assert deliver(handler, *(message(number, id_) for number, id_ in enumerate(ids))) == []
    assert seen == [(ids[0], uuid.UUID(int=0), "correlation-0"), (ids[1], uuid.UUID(int=1), "correlation-1")]


def test_a_line_carries_the_ids_of_the_event_and_of_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    ids = [uuid.uuid4(), uuid.uuid4()]

    def log(_event: ProductChanged, _record: EventRecord) -> None:
        logger().info("handled")

    with logs.recorded() as stream:
        deliver(worker({ProductChanged: log}, failure=FAILURE), *(message(n, id_) for n, id_ in enumerate(ids)))
        logger().info("outside")
    *handled, outside = [json.loads(line) for line in stream.getvalue().splitlines()]
    for number, line in enumerate(handled):
        assert (line["message_id"], line["product_id"]) == (str(number), str(ids[number]))
        assert (line["event_id"], line["event_type"]) == (str(uuid.UUID(int=number)), "ProductChanged")
        assert line["receive_count"] == 1
    assert not {"message_id", "product_id", "event_id"} & set(outside)


def test_an_event_that_fails_leaves_the_others_alone_and_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    ids = [uuid.uuid4() for _ in range(3)]

    def fail_for_one(event: ProductChanged, _record: EventRecord) -> None:
        if event.product_id == ids[1]:
            raise LookupError(event.product_id)

    handler = worker({ProductChanged: fail_for_one}, failure=FAILURE)
    assert deliver(handler, *(message(number, id_) for number, id_ in enumerate(ids))) == ["1"]
    assert metrics(capsys.readouterr().out)["Failed"] == [1.0]


def test_an_error_that_a_redelivery_cures_is_a_warning() -> None:
    def be_busy(_event: ProductChanged, _record: EventRecord) -> None:
        raise ConnectionError

    with logs.recorded() as stream:
        assert deliver(worker({ProductChanged: be_busy}, failure=FAILURE), message(0, uuid.uuid4())) == ["0"]
    [line] = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert (line["level"], line["message"], line["correlation_id"]) == ("WARNING", "it is busy", "correlation-0")
    assert "exception" not in line


@pytest.mark.parametrize(("receive_count", "is_last"), [(2, False), (3, True), (4, True)])
def test_an_action_knows_its_last_receive(limit: None, receive_count: int, is_last: bool) -> None:
    seen: list[bool] = []
    handler = message_worker(lambda _body, record: seen.append(record.is_last_receive), failure=FAILURE)
    deliver(handler, raw(0, "{}", receive_count=receive_count))
    assert seen == [is_last]


@pytest.mark.parametrize(("milliseconds", "has_time"), [(5_001, True), (5_000, False)])
def test_an_action_knows_when_its_time_is_nearly_over(milliseconds: int, has_time: bool) -> None:
    class Hurried(Context):
        def get_remaining_time_in_millis(self) -> int:
            return milliseconds

    seen: list[bool] = []
    handler = message_worker(lambda _body, record: seen.append(record.has_time()), failure=FAILURE, reserve=5)
    deliver(handler, raw(0, "{}"), context=Hurried())
    assert seen == [has_time]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"correlation_id": "of-the-sender"}, "of-the-sender"),
        ({}, Context.aws_request_id),
    ],
)
def test_a_message_that_is_no_event_has_the_id_of_its_attribute_or_of_the_invocation(
    attributes: dict[str, str], expected: str
) -> None:
    seen: list[str] = []

    def note(_body: str, _record: QueueRecord) -> None:
        seen.append(correlation.current())

    deliver(message_worker(note, failure=FAILURE), raw(0, "not JSON", **attributes))
    assert seen == [expected]


def test_a_batch_has_one_effect_and_malformed_messages_have_none() -> None:
    effects: list[Any] = []
    handler = batch_worker((ProductChanged, CategoryChanged), effects.append, failure=FAILURE)
    assert deliver(handler, message(0, uuid.UUID(int=7)), raw(1, "{}"), message(2, uuid.UUID(int=8))) == ["1"]
    [events] = effects
    assert {event_id.int: event.product_id.int for event_id, event in events.items()} == {0: 7, 2: 8}


def test_an_effect_that_fails_fails_the_batch_each_message_under_its_own_id(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_events: object) -> None:
        raise LookupError

    kinds: tuple[type[DomainEvent], ...] = (ProductChanged,)
    with logs.recorded() as stream:
        handler = batch_worker(kinds, fail, failure=FAILURE)
        assert deliver(handler, message(0, uuid.uuid4()), message(1, uuid.uuid4())) == ["0", "1"]
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["message_id"], line["correlation_id"]) for line in lines] == [
        ("0", "correlation-0"),
        ("1", "correlation-1"),
    ]
    assert metrics(capsys.readouterr().out)["Failed"] == [1.0]


def test_a_batch_without_messages_fails_none() -> None:
    effects: list[Any] = []
    assert deliver(message_worker(lambda body, record: None, failure=FAILURE)) == []
    assert deliver(batch_worker((ProductChanged,), effects.append, failure=FAILURE)) == []
    assert effects == []
