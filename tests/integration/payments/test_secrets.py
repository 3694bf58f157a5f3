"""No card number, no CVC and no secret reaches our logs or our database, whatever is done with the money."""

from __future__ import annotations

import logging
import uuid
from typing import Any

import pytest

from shared.contexts.identity.models.accounts import User
from shared.contexts.payments.models.refunds import Dispute, Refund
from tests.factories import identity, payments
from tests.integration.payments.stage import StripeStage


@pytest.fixture
def stage(stripe_stage: StripeStage) -> StripeStage:
    """Only Stripe does what is tested here."""
    return stripe_stage


VISA, MASTERCARD = "4242424242424242", "5555555555554444"
DECLINED, DISPUTED, RISKY = "4000000000000002", "4000000000000259", "4000000000009235"
NUMBERS = (VISA, MASTERCARD, DECLINED, DISPUTED, RISKY)
CVC = "917"


def card(stage: StripeStage, number: str) -> str:
    """As the payer's browser does it: the number goes to Stripe, and to Stripe only."""
    details: Any = {"number": number, "exp_month": 12, "exp_year": 2035, "cvc": CVC}
    return str(stage.account.client.v1.payment_methods.create(params={"type": "card", "card": details}).id)


def buy(stage: StripeStage, user: User, *numbers: str) -> str:
    """A checkout that is paid with the last of these cards; what its browser was told in secret."""
    checkout = payments.checkout(stage.db, user)
    secret: str = stage.open_intent(stage.as_user(user), checkout).json()["client_secret"]
    for number in numbers:
        stage.pay(stage.intent_of(checkout), card(stage, number))
    return secret


def save(stage: StripeStage, user: User, number: str) -> str:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    secret: str = stage.as_user(user).post("/api/v1/payment-methods/setup", headers=key).json()["client_secret"]
    stage.account.client.v1.setup_intents.confirm(
        secret.partition("_secret_")[0],
        params={"payment_method": card(stage, number), "return_url": "https://shop.example.com"},
    )
    stage.as_user(user).get("/api/v1/payment-methods")
    return secret


def take_in(stage: StripeStage) -> None:
    """All that Stripe has to tell, through the ingest and the worker."""
    stage.settle()
    stage.account.receiver.wait_for("charge.dispute.created")
    for webhook in stage.account.receiver.received:
        stage.post_webhook(webhook.payload, webhook.signature)
    while stage.cloud.messages(stage.cloud.webhook_queue_url):
        pass
    stage.deliver(*stage.events(), {"id": "evt_broken", "type": "payment_intent.succeeded", "number": VISA})


def give_back_and_dispute(stage: StripeStage) -> None:
    admin = stage.admin()
    for payment in admin.get("/api/v1/admin/payments").json()["items"]:
        admin.post(
            f"/api/v1/admin/payments/{payment['id']}/refunds",
            json={"reason": "goodwill", "amount": 100},
            headers={"Idempotency-Key": uuid.uuid4().hex},
        )
    dispute = stage.db.query(Dispute).one()
    body = {"evidence": {"uncategorized_text": "winning_evidence"}, "submit": True}
    assert admin.post(f"/api/v1/admin/disputes/{dispute.id}/evidence", json=body).status == 200


def test_no_card_and_no_secret_reaches_log_or_database(
    stage: StripeStage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("stripe").setLevel(logging.NOTSET)
    caplog.set_level(logging.DEBUG)
    user = identity.user(stage.db)
    secrets = [buy(stage, user, DECLINED, VISA), buy(stage, user, DISPUTED), buy(stage, user, RISKY)]
    secrets.append(save(stage, user, MASTERCARD))
    take_in(stage)
    give_back_and_dispute(stage)
    take_in(stage)
    stage.account.ask("POST", "/faults", status=500)
    stage.open_intent(stage.as_user(user), payments.checkout(stage.db, user))
    stage.resolve_refunds()

    assert stage.db.query(Refund).filter_by(status="succeeded").count() == 2
    assert stage.db.query(Dispute).one().status == "won"
    written = capsys.readouterr()
    ours = [record for record in caplog.records if not record.name.startswith(("botocore", "urllib3", "werkzeug"))]
    logged = written.out + written.err + "\n".join(record.getMessage() for record in ours)
    stored = stage.everything_stored().decode()
    assert "charge.dispute.closed" in logged
    assert "fraudulent" in stored
    for secret in (*NUMBERS, f'"{CVC}"', f"'{CVC}'", *secrets, "sk_test_local", "whsec_"):
        assert secret not in logged
        assert secret not in stored
