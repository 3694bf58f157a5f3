"""Every worker and every job, whatever its context: what it logs leads to the request and tells nothing of a person,
and a poison message fails alone.
"""

from __future__ import annotations

import copy
import io
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import pytest
from sqlalchemy.orm import Session

from shared import process
from shared.errors import UnavailableError
from tests.support import cloud, logs, triggers
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context
from tests.support.triggers import Trigger

WORKERS = triggers.functions(Trigger.QUEUE)
BUCKETS = triggers.functions(Trigger.BUCKET)
SCHEDULES = triggers.functions(Trigger.SCHEDULE)
SECRET = "ada@example.com"
NOWHERE = "127.0.0.1:9"

Lines = list[dict[str, Any]]


@pytest.fixture
def no_database(aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cloud without a database, a payment provider or a distribution: whatever a worker does, it fails."""
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{NOWHERE}/none")
    monkeypatch.setenv("STRIPE_API_BASE", f"http://{NOWHERE}")
    monkeypatch.setenv("SENTRY_DSN", f"http://key@{NOWHERE}/1")
    process.reset()


@contextmanager
def logged(lines: Lines) -> Iterator[None]:
    """The lines of the block are appended to `lines`."""
    with logs.recorded() as stream:
        yield
    assert isinstance(stream, io.StringIO)
    lines += [json.loads(line) for line in stream.getvalue().splitlines()]


def record(function: str, number: int, correlation_id: str | None = None) -> dict[str, Any]:
    """The worker's sample as message `number`, of this sender, its texts replaced by somebody's address."""
    message: dict[str, Any] = copy.deepcopy(triggers.sample(function)["Records"][0])
    message["messageId"] = str(number)
    body = json.loads(message["body"])
    if "detail" not in body:
        if correlation_id:
            message["messageAttributes"]["correlation_id"]["stringValue"] = correlation_id
        body["type"] = "customer.created"  # one that needs neither rows nor the provider
        body["data"]["object"]["email"] = SECRET
    else:
        body["detail"] |= {"id": str(uuid.uuid4())} | ({"correlation_id": correlation_id} if correlation_id else {})
        data = body["detail"]["data"]
        data |= dict.fromkeys({"email", "name", "slug"} & set(data), SECRET) | {"unknown": SECRET}
    message["body"] = json.dumps(body)
    return message


def without_a_source(body: dict[str, Any]) -> None:
    body.pop("source", None)
    body.pop("type", None)


def of_another_type(body: dict[str, Any]) -> None:
    body["detail-type"] = "SomethingElse"
    body["created"] = SECRET


def with_the_wrong_data(body: dict[str, Any]) -> None:
    container = body.get("detail", body)
    container["data"] = dict.fromkeys(container["data"], SECRET)


MALFORMATIONS = [without_a_source, of_another_type, with_the_wrong_data]


def malformed(function: str, number: int, correlation_id: str, malformation: Any) -> dict[str, Any]:
    message = record(function, number, correlation_id)
    body = json.loads(message["body"])
    malformation(body)
    return {**message, "body": json.dumps(body)}


def torn(function: str, number: int) -> dict[str, Any]:
    message = record(function, number)
    return {**message, "body": message["body"][:-1]}


def failed(function: str, *records: dict[str, Any]) -> set[str]:
    answer = triggers.handler(function)({"Records": list(records)}, Context())
    return {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}


def test_the_functions_are_found() -> None:
    """So that the tests below cannot pass by looking at none."""
    assert {"catalog.purge_pages", "payments.on_webhook", "notifications.on_shop_events"} <= set(WORKERS)
    assert len(WORKERS) >= 10
    assert {"identity.rotate_signing_keys", "operations.sweep_outbox"} <= set(SCHEDULES)
    assert len(SCHEDULES) >= 14
    assert BUCKETS == ["catalog.import_products", "community.import_archive", "media.process_image"]


@pytest.mark.parametrize("function", WORKERS)
def test_a_failing_message_is_logged_under_its_sender_s_correlation_id(
    no_database: None, capfd: pytest.CaptureFixture[str], function: str
) -> None:
    triggers.handler(function)
    capfd.readouterr()
    lines: Lines = []
    senders = {"0": str(uuid.uuid4()), "1": str(uuid.uuid4())}
    with logged(lines):
        assert failed(function, *(record(function, int(number), sender) for number, sender in senders.items())) == {
            "0",
            "1",
        }
    errors = [line for line in lines if line["level"] == "ERROR"]
    assert {line["message_id"]: line["correlation_id"] for line in errors} == senders
    assert all(line["correlation_id"] == senders[line["message_id"]] for line in lines if "message_id" in line)
    assert all(line["correlation_id"] for line in lines)
    assert {line["receive_count"] for line in errors} == {1}
    assert SECRET not in json.dumps(lines) + "".join(capfd.readouterr())


@pytest.mark.parametrize("malformation", MALFORMATIONS)
@pytest.mark.parametrize("function", WORKERS)
def test_a_malformed_message_is_logged_under_its_sender_s_correlation_id_and_without_its_contents(
    aws: Cloud, db: Session, capfd: pytest.CaptureFixture[str], function: str, malformation: Any
) -> None:
    triggers.handler(function)
    capfd.readouterr()
    lines: Lines = []
    sender = str(uuid.uuid4())
    with logged(lines):
        assert failed(function, malformed(function, 7, sender, malformation)) == {"7"}
    [error] = [line for line in lines if line["level"] == "ERROR"]
    assert (error["message_id"], error["correlation_id"]) == ("7", sender)
    assert SECRET not in json.dumps(lines) + "".join(capfd.readouterr())


@pytest.mark.parametrize("function", WORKERS)
def test_a_torn_message_is_logged_without_its_contents(
    aws: Cloud, db: Session, capfd: pytest.CaptureFixture[str], function: str
) -> None:
    triggers.handler(function)
    capfd.readouterr()
    lines: Lines = []
    with logged(lines):
        assert failed(function, torn(function, 7)) == {"7"}
    [error] = [line for line in lines if line["level"] == "ERROR"]
    assert error["message_id"] == "7"
    assert error["correlation_id"]
    assert SECRET not in json.dumps(lines) + "".join(capfd.readouterr())


@pytest.mark.parametrize("function", WORKERS)
def test_a_poison_message_fails_alone(aws: Cloud, db: Session, function: str) -> None:
    if function == "catalog.purge_pages":
        cloud.create_distribution()
    poison = [torn(function, 0), malformed(function, 2, str(uuid.uuid4()), without_a_source)]
    # Its sample is about no order; `integration/payments/test_order_events.py` has one.
    others = {"1"} if function == "payments.on_order_events" else set()
    assert failed(function, poison[0], record(function, 1), poison[1]) == {"0", "2"} | others


@pytest.mark.parametrize("function", SCHEDULES)
def test_every_line_of_a_schedule_carries_the_id_of_its_event(
    aws: Cloud, db: Session, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    monkeypatch.setenv("STRIPE_API_BASE", f"http://{NOWHERE}")
    event = triggers.sample(function)
    lines: Lines = []
    with logged(lines), suppress(UnavailableError):  # there is no payment provider
        triggers.handler(function)(event, Context())
    assert lines
    assert {line["correlation_id"] for line in lines} == {event["id"]}


@pytest.mark.parametrize("function", SCHEDULES)
def test_a_failing_schedule_is_logged_under_the_id_of_its_event(no_database: None, function: str) -> None:
    event = triggers.sample(function)
    handler = triggers.handler(function)
    lines: Lines = []
    with logged(lines), pytest.raises(psycopg.OperationalError):
        handler(event, Context())
    assert "run failed" in [line["message"] for line in lines]
    assert {line["correlation_id"] for line in lines} == {event["id"]}


@pytest.mark.parametrize("function", BUCKETS)
def test_a_failing_object_is_logged_by_its_key(no_database: None, function: str) -> None:
    handler = triggers.handler(function)
    event = triggers.sample(function)
    lines: Lines = []
    with logged(lines), pytest.raises(psycopg.OperationalError):
        handler(event, Context())
    [error] = [line for line in lines if line["level"] == "ERROR"]
    assert error["key"] == event["Records"][0]["s3"]["object"]["key"]
    assert error["correlation_id"] == Context.aws_request_id
