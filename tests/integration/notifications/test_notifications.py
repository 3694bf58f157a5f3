"""Every sort of mail through the worker that sends it: from the queue's message to what SES is asked."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, object_session

from functions.notifications.manifest import MANIFEST
from functions.notifications.service.notifications import ORDER_NOTIFICATIONS
from shared import settings, tokens
from shared.contexts.identity import address_denials, pseudonyms
from shared.contexts.identity.models.accounts import User
from shared.contexts.notifications.models import Delivery
from shared.contexts.ordering import order_links
from shared.manifest import Queue
from tests.factories import ordering, payments
from tests.integration.notifications.stage import (
    NOBODY_FAILED,
    NOTICES,
    OPERATOR,
    OPERATORS,
    ROOT,
    WORKER_OF,
    deliver,
    handler_of,
    message,
    placed,
)
from tests.support import logs
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context

pytestmark = pytest.mark.usefixtures("aws")


def test_the_bus_gives_every_worker_the_events_that_it_knows() -> None:
    assert {worker.name: set(worker.detail_types) for worker in MANIFEST.of_kind(Queue)} == {
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
    settings.reset()
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


@pytest.mark.parametrize(
    "event", ["EmailVerificationRequested", "PasswordResetRequested", "AccountErasureRequested", "EmailChanged"]
)
def test_the_link_holds_a_token_of_the_request_that_only_we_can_make(
    event: str, db: Session, asked: list[dict[str, Any]]
) -> None:
    request_id = uuid.uuid4()
    deliver(message(event, request_id=str(request_id)))
    purpose, page = {
        "EmailVerificationRequested": ("email-verification", "verify-email"),
        "PasswordResetRequested": ("password-reset", "reset"),
        "AccountErasureRequested": ("erasure-cancellation", "keep-account"),
        "EmailChanged": ("email-reversal", "revert-email"),
    }[event]
    found = re.search(rf"http://127\.0\.0\.1:8000/(?:en/)?{page}\?token=([\w-]+)", asked[0]["text"])
    assert found
    assert tokens.unsign(purpose, found[1]) == request_id.bytes
    assert found[0] in asked[0]["html"]


def test_a_proof_is_asked_for_with_a_link_that_denies_the_account(db: Session, asked: list[dict[str, Any]]) -> None:
    user_id = uuid.uuid4()
    deliver(message("EmailVerificationRequested", user_id=str(user_id), email="Grace@example.com"))
    found = re.search(r"http://127\.0\.0\.1:8000/(?:en/)?deny-email\?token=([\w-]+)", asked[0]["text"])
    assert found
    denial = address_denials.decode(found[1])
    assert denial is not None
    assert (denial.user_id, denial.is_about("grace@example.com"), denial.is_about("g@example.com")) == (
        user_id,
        True,
        False,
    )
    assert found[0] in asked[0]["html"]
    assert "grace" not in repr(tokens.unsign("address-denial", found[1])).lower()


def test_no_link_is_logged_or_stored(db: Session, asked: list[dict[str, Any]]) -> None:
    with logs.recorded() as printed:
        deliver(message("PasswordResetRequested"))
    token = asked[0]["text"].partition("token=")[2].split()[0]
    assert len(token) > 30
    assert token not in printed.getvalue()
    assert "ada@example.com" not in printed.getvalue()
    stored = db.execute(text("SELECT row_to_json(d)::text FROM deliveries d")).scalar_one()
    assert token not in stored


@pytest.mark.parametrize(
    ("event", "until"),
    [
        ("EmailVerificationRequested", "expires_at"),
        ("PasswordResetRequested", "expires_at"),
        ("AccountErasureRequested", "due_at"),
        ("PersonalDataExported", "expires_at"),
        ("EmailChanged", "expires_at"),
    ],
)
def test_a_link_that_has_expired_meanwhile_is_not_sent(
    event: str, until: str, db: Session, asked: list[dict[str, Any]]
) -> None:
    over = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    assert deliver(message(event, **{until: over})) == NOBODY_FAILED
    assert asked == []


@pytest.mark.parametrize("event", sorted(ORDER_NOTIFICATIONS))
def test_nobody_is_written_to_who_was_erased(event: str, db: Session, asked: list[dict[str, Any]]) -> None:
    assert deliver(message(event, email=pseudonyms.address(uuid.uuid4()))) == NOBODY_FAILED
    assert asked == []
    assert db.query(Delivery).count() == 0


def test_the_mail_about_a_copy_of_data_leads_to_a_page_and_not_to_the_file(
    db: Session, asked: list[dict[str, Any]]
) -> None:
    deliver(message("PersonalDataExported"))
    assert re.search(r"http://127\.0\.0\.1:8000(/en)?/account/privacy\n", asked[0]["text"])
    assert "X-Amz" not in asked[0]["html"]


@pytest.mark.parametrize("event", sorted(ORDER_NOTIFICATIONS))
def test_a_guest_reaches_the_order_by_a_signed_link_and_a_customer_by_signing_in(
    event: str, db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    for buyer in (None, ada):
        order = placed(db, buyer)
        fresh = {name: str(uuid.uuid4()) for name in ("shipment_id", "refund_id", "return_id")}
        deliver(message(event, order_id=str(order), **fresh))
        found = re.search(
            rf"http://127\.0\.0\.1:8000/en/(?:account/)?orders/{order}(?:\?token=([\w-]+))?\n", asked.pop()["text"]
        )
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


def test_two_shipments_of_an_order_are_two_mails(db: Session, asked: list[dict[str, Any]]) -> None:
    first, second = message("OrderShipped"), message("OrderShipped", shipment_id=str(uuid.uuid4()))
    deliver(first, second, first)
    assert len(asked) == 2


@pytest.mark.parametrize("event", sorted(OPERATORS))
def test_without_an_operator_nobody_is_told(
    event: str, db: Session, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPERATOR_EMAIL")
    settings.reset()
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
    assert "/p/..%2Fadmin%3Fx%3D%3Cy%3E" in sent["html"]
    assert all(value.isprintable() and value.isascii() for value in sent["headers"].values())
