"""Every sort of mail through the worker that sends it: from the queue's message to what SES is asked."""

from __future__ import annotations

import importlib
import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, object_session

from functions.notifications.service.notices import (
    ACCOUNT_NOTICES,
    OFFER_NOTICES,
    ORDER_NOTICES,
    SHOP_NOTICES,
)
from infra.stacks.notifications import EVENTS
from shared import order_links, outbox, settings, tokens
from shared.clients import mail
from shared.models.identity import User
from shared.models.notifications import Delivery
from shared.transactions import orders
from tests.factories import identity, ordering, payments
from tests.support import logs
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient

ROOT = Path(__file__).parents[3]
NOBODY_FAILED: dict[str, Any] = {"batchItemFailures": []}
NOTICES = {
    "on_account_events": ACCOUNT_NOTICES,
    "on_order_events": ORDER_NOTICES,
    "on_offer_events": OFFER_NOTICES,
    "on_shop_events": SHOP_NOTICES,
}
WORKER_OF = {name: worker for worker, notices in NOTICES.items() for name in notices}
OPERATOR = "owner@example.com"
OPERATORS = set(SHOP_NOTICES)
OFFERS = set(OFFER_NOTICES)

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture(autouse=True)
def operator(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPERATOR_EMAIL", OPERATOR)


@pytest.fixture
def asked() -> Iterator[list[dict[str, Any]]]:
    """What SES is asked to send. (moto keeps neither the text beside the HTML nor the headers.)"""
    seen: list[dict[str, Any]] = []
    send = mail.send

    def note(**message: Any) -> str:
        seen.append(message)
        return send(**message)

    with patch.object(mail, "send", note):
        yield seen


@pytest.fixture
def ada(db: Session) -> User:
    """A customer who agreed to offers."""
    return consenting(db, identity.user(db, email="ada@example.com"))


def consenting(db: Session, user: User) -> User:
    user.marketing_consent_at = datetime.now(UTC)
    db.commit()
    return user


def message(event: str, user: User | None = None, **changed: Any) -> dict[str, Any]:
    """The sample of the event as a new one, about `user`, of now on."""
    document: dict[str, Any] = json.loads((ROOT / "events" / "domain" / f"{event}.json").read_text())
    document["detail"]["id"] = str(uuid.uuid4())
    data = document["detail"]["data"]
    if "expires_at" in data:
        data["expires_at"] = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    if user is not None and "user_id" in data:
        data["user_id"] = str(user.id)
    data |= changed
    return document


def placed(db: Session, buyer: User | None) -> uuid.UUID:
    """The id of an order, a guest's where no buyer is given."""
    checkout_id = payments.checkout(db, buyer).id
    with outbox.unit_of_work() as connection:
        return orders.place(connection, checkout_id, actor="customer")


def deliver(*bodies: Any, worker: str | None = None) -> Any:
    """What the worker of the first event answers to a batch; the ids of the messages are 0, 1, 2 ..."""
    sample = json.loads((ROOT / "events" / "notifications" / "on_order_events.json").read_text())["Records"][0]
    records = [
        {**sample, "messageId": str(number), "body": body if isinstance(body, str) else json.dumps(body)}
        for number, body in enumerate(bodies)
    ]
    return handler_of(worker or WORKER_OF[bodies[0]["detail-type"]])({"Records": records}, Context())


def handler_of(worker: str) -> Any:
    return importlib.import_module(f"functions.notifications.handlers.{worker}").handler


def test_the_bus_gives_every_worker_the_events_that_it_knows() -> None:
    assert {worker: set(events) for worker, events in EVENTS.items()} == {
        worker: set(notices) for worker, notices in NOTICES.items()
    }


@pytest.mark.parametrize("worker", sorted(NOTICES))
def test_the_sample_of_a_worker_is_told(worker: str, db: Session, ada: User, asked: list[dict[str, Any]]) -> None:
    sample = json.loads((ROOT / "events" / "notifications" / f"{worker}.json").read_text())
    for record in sample["Records"]:
        body = json.loads(record["body"])
        fresh = message(body["detail-type"], ada)["detail"]["data"]
        record["body"] = json.dumps(body | {"detail": body["detail"] | {"id": str(uuid.uuid4()), "data": fresh}})
    assert handler_of(worker)(sample, Context()) == NOBODY_FAILED
    assert len(asked) == len(sample["Records"])


@pytest.mark.parametrize("language", ["en", "zh-CN", "fr"])
@pytest.mark.parametrize("event", sorted(WORKER_OF))
def test_an_event_is_told_once_in_the_language_of_its_reader(
    event: str, language: str, ada: User, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPERATOR_LANGUAGE", language)
    settings.forget()
    about = message(event, ada) if event in OPERATORS else message(event, ada, language=language)
    for _ in range(2):
        assert deliver(about, about) == NOBODY_FAILED
    [sent] = asked
    assert (sent["to"], sent["sender"]) == (OPERATOR if event in OPERATORS else "ada@example.com", "shop@example.com")
    assert bool(re.search("[一-鿿]", sent["subject"])) == (language == "zh-CN")
    session = object_session(ada)
    assert session is not None
    [row] = session.query(Delivery)
    assert (row.status, row.kind) == ("sent", NOTICES[WORKER_OF[event]][event].kind)
    assert sent["tags"] == {"kind": row.kind}


@pytest.mark.parametrize("event", ["EmailVerificationRequested", "PasswordResetRequested"])
def test_the_link_holds_a_token_of_the_request_that_only_we_can_make(
    event: str, db: Session, asked: list[dict[str, Any]]
) -> None:
    request_id = uuid.uuid4()
    deliver(message(event, request_id=str(request_id)))
    purpose, page = {
        "EmailVerificationRequested": ("email-verification", "verify-email"),
        "PasswordResetRequested": ("password-reset", "reset-password"),
    }[event]
    found = re.search(rf"http://127\.0\.0\.1:8000/{page}\?token=([\w-]+)", asked[0]["text"])
    assert found
    assert tokens.unsign(purpose, found[1]) == request_id.bytes
    assert found[0] in asked[0]["html"]


def test_no_link_is_logged_or_stored(db: Session, asked: list[dict[str, Any]]) -> None:
    with logs.recorded() as printed:
        deliver(message("PasswordResetRequested"))
    token = asked[0]["text"].partition("token=")[2].split()[0]
    assert len(token) > 30
    assert token not in printed.getvalue()
    assert "ada@example.com" not in printed.getvalue()
    stored = db.execute(text("SELECT row_to_json(d)::text FROM deliveries d")).scalar_one()
    assert token not in stored


@pytest.mark.parametrize("event", ["EmailVerificationRequested", "PasswordResetRequested"])
def test_a_link_that_has_expired_meanwhile_is_not_sent(event: str, db: Session, asked: list[dict[str, Any]]) -> None:
    over = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    assert deliver(message(event, expires_at=over)) == NOBODY_FAILED
    assert asked == []


@pytest.mark.parametrize("event", sorted(ORDER_NOTICES))
def test_a_guest_reaches_the_order_by_a_signed_link_and_a_customer_by_signing_in(
    event: str, db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    for buyer in (None, ada):
        order = placed(db, buyer)
        fresh = {name: str(uuid.uuid4()) for name in ("shipment_id", "refund_id", "return_id")}
        deliver(message(event, order_id=str(order), **fresh))
        address = f"http://127.0.0.1:8000/orders/{order}"
        found = re.search(rf"{address}(?:\?token=([\w-]+))?\n", asked.pop()["text"])
        assert found
        assert (found[1] is None) == (buyer is not None)
        assert buyer is not None or order_links.opens(found[1], order)


def test_the_confirmation_of_a_priced_order_adds_up(
    aws: Cloud, db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    checkout = payments.checkout(db, ada, amount=2400, quantity=2)
    checkout.discount_amount, checkout.shipping_amount, checkout.tax_amount = 400, 700, 270
    checkout.total_amount = 2400 - 400 + 700 + 270
    db.commit()
    ordering.pay(str(checkout.id))
    [paid] = [event for event in aws.published() if event["detail-type"] == "OrderPaid"]
    assert deliver(paid) == NOBODY_FAILED
    for line in ("USD 24.00", "Discount: USD -4.00", "Shipping: USD 7.00", "Tax: USD 2.70", "Total: USD 29.70"):
        assert line in asked[0]["text"]


@pytest.mark.parametrize("event", sorted(OFFERS))
def test_an_offer_can_be_left_with_one_click(event: str, db: Session, ada: User, asked: list[dict[str, Any]]) -> None:
    deliver(message(event, ada))
    headers = asked[0]["headers"]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(
        r"<http://127\.0\.0\.1:8000/api/v1/users/unsubscribe\?token=([\w-]+)>", headers["List-Unsubscribe"]
    )
    assert found
    assert tokens.unsign("unsubscribe", found[1]) == ada.id.bytes
    for body in (asked[0]["text"], asked[0]["html"]):
        assert f"http://127.0.0.1:8000/unsubscribe?token={found[1]}" in body


def test_the_click_that_leaves_offers_is_understood_by_identity(
    db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    """As a mail program does it (RFC 8058, section 3.2); looking at the address changes nothing."""
    deliver(message("PriceDropped", ada))
    api = LambdaClient(importlib.import_module("functions.identity.handlers.api").handler)
    address = asked[0]["headers"]["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert api.get(address).status == 405
    deliver(message("PriceDropped", ada))
    assert len(asked) == 2
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert api.post(address, body="List-Unsubscribe=One-Click", headers=form).status == 204
    deliver(message("PriceDropped", ada))
    assert len(asked) == 2


@pytest.mark.parametrize("event", sorted(set(WORKER_OF) - OFFERS))
def test_what_is_no_offer_cannot_be_left(event: str, db: Session, asked: list[dict[str, Any]]) -> None:
    deliver(message(event))
    assert asked[0]["headers"] == {}
    assert "nsubscribe" not in asked[0]["html"]


@pytest.mark.parametrize("event", sorted(OFFERS))
@pytest.mark.parametrize(
    "since",
    ["marketing_consent_at = NULL", "is_active = false", "id = uuidv7()"],
    ids=["withdrawn", "inactive", "gone"],
)
def test_consent_counts_when_the_mail_is_sent(
    since: str, event: str, db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    about = message(event, ada)
    db.execute(text(f"UPDATE users SET {since}"))
    db.commit()
    assert deliver(about) == NOBODY_FAILED
    assert asked == []


@pytest.mark.parametrize("event", sorted(OFFERS))
def test_the_same_offer_again_is_another_mail(event: str, db: Session, ada: User, asked: list[dict[str, Any]]) -> None:
    """A product can be back in stock twice; each is an event of its own."""
    deliver(message(event, ada), message(event, ada))
    assert len(asked) == 2


def test_two_shipments_of_an_order_are_two_mails(db: Session, asked: list[dict[str, Any]]) -> None:
    first, second = message("OrderShipped"), message("OrderShipped", shipment_id=str(uuid.uuid4()))
    deliver(first, second, first)
    assert len(asked) == 2


@pytest.mark.parametrize("event", sorted(OPERATORS))
def test_without_an_operator_nobody_is_told(
    event: str, db: Session, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPERATOR_EMAIL")
    settings.forget()
    assert deliver(message(event)) == NOBODY_FAILED
    assert asked == []
    assert db.query(Delivery).count() == 0


@pytest.mark.parametrize("worker", sorted(NOTICES))
def test_a_message_that_is_not_for_the_worker_fails_alone(
    worker: str, db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    event = sorted(NOTICES[worker])[0]
    foreign = message("OrderPlaced")
    torn = message(event, ada)
    torn["detail"]["data"] = {}
    answer = deliver("not JSON", foreign, torn, message(event, ada), worker=worker)
    assert [failure["itemIdentifier"] for failure in answer["batchItemFailures"]] == ["0", "1", "2"]
    assert len(asked) == 1


def test_names_reach_ses_as_one_line_of_text(db: Session, ada: User, asked: list[dict[str, Any]]) -> None:
    name = "Pot\r\nBcc: everybody@example.com\r\n\r\n<script>alert(1)</script>"
    deliver(message("BackInStock", ada, name=name, slug="../admin?x=<y>"))
    [sent] = asked
    assert "\n" not in sent["subject"]
    assert "\r" not in sent["subject"]
    assert "<script>" not in sent["html"]
    assert "/products/..%2Fadmin%3Fx%3D%3Cy%3E" in sent["html"]
    assert all(value.isprintable() and value.isascii() for value in sent["headers"].values())
