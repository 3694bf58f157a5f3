"""The order confirmation, through its handler: from the queue's message to SES."""

from __future__ import annotations

import json
import multiprocessing
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import psycopg
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import Message as SentMail
from moto.ses.models import ses_backends
from psycopg.rows import dict_row
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from functions.notifications.errors import DeliveryInProgressError
from functions.notifications.handlers.on_order_events import handler
from functions.notifications.service import delivery
from functions.notifications.service.delivery import Outcome, deliver_once
from shared.clients import mail
from shared.contexts.notifications.models import Delivery
from shared.contexts.ordering.events import OrderPaid
from shared.events import BusMessage
from tests.support import logs
from tests.support.cloud import REGION
from tests.support.lambda_client import Context

ROOT = Path(__file__).parents[3]
SAMPLE = json.loads((ROOT / "events" / "notifications" / "on_order_events.json").read_text())
NOBODY_FAILED: dict[str, Any] = {"batchItemFailures": []}

pytestmark = pytest.mark.usefixtures("aws")


def paid(**changed: Any) -> dict[str, Any]:
    """The message of the bus about another paid order."""
    message: dict[str, Any] = json.loads((ROOT / "events" / "domain" / "OrderPaid.json").read_text())
    message["detail"]["data"] |= {"order_id": str(uuid.uuid4()), **changed}
    return message


def batch(*bodies: Any) -> dict[str, Any]:
    """A batch of SQS with these messages, whose ids are 0, 1, 2 ..."""
    template = SAMPLE["Records"][0]
    return {
        "Records": [
            {**template, "messageId": str(number), "body": body if isinstance(body, str) else json.dumps(body)}
            for number, body in enumerate(bodies)
        ]
    }


def failed(answer: dict[str, Any]) -> list[str]:
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def sent() -> list[SentMail]:
    """What SES accepted."""
    messages: list[SentMail] = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    return messages


def deliveries(db: Session) -> list[Delivery]:
    db.rollback()
    return list(db.scalars(select(Delivery).order_by(Delivery.id)))


def error(code: str) -> Callable[..., str]:
    """What SES answers instead of taking the message."""

    def refuse(**_message: Any) -> str:
        raise ClientError({"Error": {"Code": code, "Message": "no: ada@example.com"}}, "SendEmail")

    return refuse


def test_the_sample_is_mailed_to_the_customer(db: Session) -> None:
    assert handler(SAMPLE, Context()) == NOBODY_FAILED
    (message,) = sent()
    assert message.destinations["ToAddresses"] == ["ada@example.com"]
    assert message.source == "shop@example.com"
    assert message.subject == "Order SS-7F3K-92QX confirmed"
    (row,) = deliveries(db)
    assert (row.status, row.channel, row.kind, row.attempts) == ("sent", "email", "order_confirmation", 1)
    assert row.sent_at is not None
    assert row.provider_message_id == message.id


def test_the_sample_of_the_domain_event_fits_its_class() -> None:
    message = BusMessage.model_validate(paid())
    order = OrderPaid.model_validate(message.detail.data)
    assert order.total_amount == sum(line.quantity * line.unit_amount for line in order.lines)
    assert (message.source, message.detail_type) == (OrderPaid.source, OrderPaid.detail_type())


def test_an_event_that_knows_no_language_yet_is_answered_in_english(db: Session) -> None:
    message = paid()
    del message["detail"]["data"]["language"]
    assert handler(batch(message), Context()) == NOBODY_FAILED
    assert sent()[0].subject.startswith("Order ")


def test_a_message_delivered_again_is_mailed_once(db: Session) -> None:
    message = paid()
    for event in (batch(message), batch(message, message), batch(message)):
        assert handler(event, Context()) == NOBODY_FAILED
    assert len(sent()) == 1
    assert [row.status for row in deliveries(db)] == ["sent"]


def test_two_events_about_one_order_are_mailed_once(db: Session) -> None:
    """The outbox may send an event twice, with another envelope of EventBridge."""
    first, second = paid(), paid()
    second["detail"]["data"]["order_id"] = first["detail"]["data"]["order_id"]
    second["detail"]["id"] = str(uuid.uuid4())
    assert handler(batch(first, second), Context()) == NOBODY_FAILED
    assert len(sent()) == 1


def test_a_bad_message_fails_alone(db: Session) -> None:
    foreign = paid() | {"detail-type": "OrderPlaced"}
    torn = paid()
    del torn["detail"]["data"]["total_amount"]
    answer = handler(batch(paid(), "not JSON", torn, foreign, paid()), Context())
    assert failed(answer) == ["1", "2", "3"]
    assert len(sent()) == 2


def test_a_batch_of_bad_messages_only_is_not_the_functions_failure(db: Session) -> None:
    assert failed(handler(batch("{}"), Context())) == ["0"]


def test_nothing_about_the_customer_is_logged(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    torn = paid(total_amount="ada@example.com")
    with logs.recorded() as printed:
        handler(batch(paid(), torn, json.dumps(paid())[:-1]), Context())
        monkeypatch.setattr(mail, "send", error("MessageRejected"))
        handler(batch(paid()), Context())
        monkeypatch.setattr(mail, "send", error("TooManyRequestsException"))
        handler(batch(paid()), Context())
    for told in ("notification handled", "mail postponed", "message refused"):
        assert told in printed.getvalue()
    for personal in ("ada@example.com", "Terracotta"):
        assert personal not in printed.getvalue()


def test_the_correlation_id_of_the_sender_is_logged(db: Session) -> None:
    with logs.recorded() as printed:
        handler(batch(paid()), Context())
    assert '"correlation_id":"5f1c1f0e-8f0b-4a53-9a55-0a9c8d1f7b21"' in printed.getvalue()


@pytest.mark.parametrize("code", ["MessageRejected", "BadRequestException"])
def test_a_message_that_ses_will_never_take_is_not_tried_for_ever(
    code: str, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = paid()
    with monkeypatch.context() as patched:
        patched.setattr(mail, "send", error(code))
        assert handler(batch(message), Context()) == NOBODY_FAILED
    assert handler(batch(message), Context()) == NOBODY_FAILED
    assert sent() == []
    (row,) = deliveries(db)
    assert (row.status, row.failure_code) == ("failed", code)


def test_a_sender_that_ses_does_not_know_is_refused_by_ses_itself(db: Session) -> None:
    boto3.client("sesv2").delete_email_identity(EmailIdentity="shop@example.com")
    assert handler(batch(paid()), Context()) == NOBODY_FAILED
    assert [row.status for row in deliveries(db)] == ["failed"]


@pytest.mark.parametrize("code", ["TooManyRequestsException", "InternalFailure", "SendingPausedException"])
def test_what_passes_is_tried_again_at_once(code: str, db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    message = paid()
    with monkeypatch.context() as patched:
        patched.setattr(mail, "send", error(code))
        assert failed(handler(batch(message), Context())) == ["0"]
    assert handler(batch(message), Context()) == NOBODY_FAILED
    assert len(sent()) == 1
    (row,) = deliveries(db)
    assert (row.status, row.attempts) == ("sent", 2)


def test_a_provider_that_does_not_answer_is_asked_again(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(**_message: Any) -> str:
        raise ReadTimeoutError(endpoint_url="https://email.eu-central-1.amazonaws.com")

    message = paid()
    with monkeypatch.context() as patched:
        patched.setattr(mail, "send", hang)
        assert failed(handler(batch(message), Context())) == ["0"]
    assert handler(batch(message), Context()) == NOBODY_FAILED
    assert len(sent()) == 1


def own_connection(url: str) -> psycopg.Connection[dict[str, Any]]:
    return psycopg.connect(url, autocommit=True, row_factory=dict_row)


def test_of_workers_at_one_message_at_the_same_time_one_sends(db: Session, database_url: str) -> None:
    released, calls = threading.Barrier(8), []

    def send() -> str:
        calls.append(1)
        return "id"

    def work(_number: int) -> Outcome | None:
        with own_connection(database_url) as connection:
            released.wait()
            try:
                return deliver_once(connection, key="k", kind="test", channel="email", recipient="a@b.c", send=send)
            except DeliveryInProgressError:
                return None

    with ThreadPoolExecutor(8) as executor:
        outcomes = list(executor.map(work, range(8)))
    assert len(calls) == 1
    assert outcomes.count(Outcome.SENT) == 1
    assert set(outcomes) <= {Outcome.SENT, Outcome.DUPLICATE, None}


def test_while_one_worker_sends_another_leaves_the_message_in_the_queue(db: Session, database_url: str) -> None:
    message = paid()
    key = f"order_confirmation:{message['detail']['data']['order_id']}"

    def meanwhile() -> str:
        assert failed(handler(batch(message), Context())) == ["0"]
        return "id"

    with own_connection(database_url) as connection:
        outcome = deliver_once(
            connection, key=key, kind="order_confirmation", channel="email", recipient="a@b.c", send=meanwhile
        )
    assert outcome is Outcome.SENT
    assert handler(batch(message), Context()) == NOBODY_FAILED
    assert sent() == []


def test_a_database_that_ends_the_session_while_ses_works_makes_no_second_mail(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = paid()
    ask = mail.send

    def restart_meanwhile(**of: Any) -> str:
        message_id = ask(**of)
        db.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )
        )
        db.commit()
        return message_id

    monkeypatch.setattr(mail, "send", restart_meanwhile)
    assert handler(batch(message), Context()) == NOBODY_FAILED
    assert deliveries(db)[0].status == "sent"
    assert handler(batch(message), Context()) == NOBODY_FAILED
    assert len(sent()) == 1


def hang_while_sending(url: str, key: str) -> None:
    """A worker of its own process that has claimed the message and waits for the provider."""
    with own_connection(url) as connection:
        deliver_once(
            connection,
            key=key,
            kind="order_confirmation",
            channel="email",
            recipient="a@b.c",
            send=lambda: str(time.sleep(60)),
        )


def test_the_claim_of_a_worker_that_was_killed_is_taken_over_when_it_has_elapsed(
    db: Session, database_url: str
) -> None:
    message = paid()
    key = f"order_confirmation:{message['detail']['data']['order_id']}"
    worker = multiprocessing.get_context("spawn").Process(target=hang_while_sending, args=(database_url, key))
    worker.start()
    while not deliveries(db):
        assert worker.is_alive()
        time.sleep(0.02)
    worker.kill()
    worker.join()
    assert failed(handler(batch(message), Context())) == ["0"], "its claim is still fresh"
    db.execute(text("UPDATE deliveries SET claimed_until = now() - interval '1 second'"))
    db.commit()
    with logs.recorded() as printed:
        assert handler(batch(message), Context()) == NOBODY_FAILED
    assert len(sent()) == 1
    assert "sending again" in printed.getvalue()


def test_a_claim_outlives_every_invocation(db: Session) -> None:
    """Taking over must not be possible while its holder can still be at work (CDK: time-out 30 s, visibility 180 s)."""
    assert delivery.CLAIM_SECONDS >= 2 * 30
    assert delivery.CLAIM_SECONDS < 6 * 30
