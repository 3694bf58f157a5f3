"""A checkout's intent in time: declined, canceled, paid, superseded, and asked for by several at once."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from functions.payments.providers.port import Intent
from functions.payments.providers.stripe import client as stripe_client
from shared.contexts.ordering.models.orders import Checkout
from shared.contexts.payments.models.payments import Payment
from shared.tables.platform import IdempotencyKey
from tests.factories import identity, payments
from tests.integration.payments.function_process import all_at_once
from tests.integration.payments.stage import Stage, StripeStage
from tests.support.lambda_client import http_event

INTENT = "/api/v1/payments/intent"
CUSTOM_KEY = "3f1c8a54-6b0d-4e2f"


def intents_at_provider(stage: Stage) -> list[Intent]:
    return list(stage.provider.account.intents.values())


def test_a_declined_payment_goes_on_with_the_same_intent(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    first = stage.open_intent(stage.as_user(user), checkout)
    stage.pay(stage.intent_of(checkout), "pm_card_visa_chargeDeclined")
    again = stage.open_intent(stage.as_user(user), checkout)
    assert again.json() == {**first.json(), "status": "failed"}


def left(stage: Stage, checkout: Checkout) -> timedelta:
    """How long the checkout still holds its stock."""
    stage.db.rollback()
    remaining: timedelta = stage.db.execute(
        text("SELECT expires_at - now() FROM checkouts WHERE id = :id"), {"id": checkout.id}
    ).scalar_one()
    return remaining


def test_opening_a_payment_holds_the_stock_for_fifteen_minutes_once(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user, expires_in=timedelta(minutes=3))
    first = stage.open_intent(stage.as_user(user), checkout).json()
    assert timedelta(minutes=14) < left(stage, checkout) <= timedelta(minutes=15)
    stage.db.execute(text("UPDATE checkouts SET expires_at = now() + interval '2 minutes'"))
    stage.db.commit()
    stage.provider.account.cancel(stage.intent_of(checkout))
    again = stage.open_intent(stage.as_user(user), checkout).json()  # another intent, and no more time
    assert again["id"] != first["id"]
    assert left(stage, checkout) <= timedelta(minutes=2)
    assert again["payable_until"] < first["payable_until"]


def test_the_stock_is_held_while_a_payment_is_in_progress_and_no_longer(stripe_stage: StripeStage) -> None:
    """As bank debits are: confirmed in minutes, there after days, or refused."""
    user = identity.user(stripe_stage.db)
    checkout = payments.checkout(stripe_stage.db, user, expires_in=timedelta(minutes=3))
    stripe_stage.open_intent(stripe_stage.as_user(user), checkout)
    about = {"id": stripe_stage.intent_of(checkout), "object": {"status": "processing"}}
    stripe_stage.account.ask("POST", "/events", type="payment_intent.processing", **about)
    stripe_stage.deliver(*stripe_stage.events("payment_intent.processing"))
    assert stripe_stage.payment(checkout).status == "processing"
    assert left(stripe_stage, checkout) > timedelta(days=6)
    stripe_stage.db.execute(text("UPDATE checkouts SET extended_at = extended_at - interval '2 days'"))
    stripe_stage.db.execute(text("UPDATE payments SET status_at = status_at - interval '2 days'"))
    stripe_stage.db.commit()
    stripe_stage.pay(stripe_stage.intent_of(checkout), "pm_card_visa_chargeDeclined")
    stripe_stage.deliver(*stripe_stage.events("payment_intent.payment_failed"))
    assert stripe_stage.payment(checkout).status == "failed"
    assert timedelta(minutes=2) < left(stripe_stage, checkout) <= timedelta(minutes=3)


@pytest.mark.parametrize("event_arrives", [True, False])
def test_a_canceled_intent_is_replaced(stage: Stage, event_arrives: bool) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    first = stage.open_intent(stage.as_user(user), checkout)
    stage.provider.account.cancel(stage.intent_of(checkout))
    canceled = stage.events("payment_intent.canceled")
    if event_arrives:
        assert stage.deliver(*canceled) == []
    second = stage.open_intent(stage.as_user(user), checkout)
    assert second.status == 201
    assert second.json()["id"] != first.json()["id"]
    assert second.json()["client_secret"] != first.json()["client_secret"]
    assert stage.deliver(*canceled) == []
    assert sorted(row.status for row in stage.db.query(Payment)) == ["canceled", "requires_payment"]
    assert stage.open_intent(stage.as_user(user), checkout).json() == second.json()


@pytest.mark.parametrize("event_arrives", [True, False])
def test_a_paid_checkout_is_not_paid_again(stage: Stage, event_arrives: bool) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    stage.open_intent(stage.as_user(user), checkout)
    stage.pay(stage.intent_of(checkout))
    if event_arrives:
        stage.deliver(*stage.events("payment_intent.succeeded"))
    reply = stage.open_intent(stage.as_user(user), checkout)
    assert (reply.status, reply.json()["code"]) == (409, "already_paid")


def test_an_earlier_checkout_of_the_same_cart_can_no_longer_be_paid(stage: Stage) -> None:
    user = identity.user(stage.db)
    before = payments.checkout(stage.db, user)
    stage.open_intent(stage.as_user(user), before)
    other = payments.checkout(stage.db, user)
    stage.open_intent(stage.as_user(user), other)
    before.status = "abandoned"
    stage.db.commit()
    again = payments.checkout(stage.db, user, cart_id=before.cart_id)
    assert stage.open_intent(stage.as_user(user), again).status == 201

    assert stage.deliver(*stage.events("payment_intent.canceled")) == []
    assert stage.payment(before).status == "canceled"
    assert [stage.payment(checkout).status for checkout in (other, again)] == ["requires_payment"] * 2


def test_an_earlier_checkout_that_was_paid_meanwhile_does_not_hinder_a_new_one(stage: Stage) -> None:
    user = identity.user(stage.db)
    before = payments.checkout(stage.db, user)
    stage.open_intent(stage.as_user(user), before)
    stage.pay(stage.intent_of(before))
    before.status = "abandoned"
    stage.db.commit()
    again = payments.checkout(stage.db, user, cart_id=before.cart_id)
    assert stage.open_intent(stage.as_user(user), again).status == 201


def test_an_earlier_payment_that_stripe_does_not_cancel_now_does_not_hinder_a_new_one(
    stripe_stage: StripeStage,
) -> None:
    user = identity.user(stripe_stage.db)
    cart_id = None
    for _ in range(2):
        before = payments.checkout(stripe_stage.db, user, **({"cart_id": cart_id} if cart_id else {}))
        cart_id = before.cart_id
        stripe_stage.open_intent(stripe_stage.as_user(user), before)
        before.status = "abandoned"
        stripe_stage.db.commit()
    again = payments.checkout(stripe_stage.db, user, cart_id=cart_id)
    stripe_stage.account.ask("POST", "/faults", status=500, method="POST", times=1)
    assert stripe_stage.open_intent(stripe_stage.as_user(user), again).status == 201
    assert stripe_stage.account.ask("GET", "/faults") == {"faults": []}, "one try to cancel met the only failure"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"expires_at": datetime(2026, 1, 1, tzinfo=UTC)}, "checkout_expired"),
        ({"status": "expired"}, "checkout_expired"),
        ({"status": "abandoned"}, "checkout_expired"),
        ({"status": "paid"}, "already_paid"),
        ({"subtotal_amount": 0, "total_amount": 0}, "nothing_to_pay"),
    ],
)
def test_a_checkout_that_cannot_be_paid_is_a_conflict(stage: Stage, changed: dict[str, Any], code: str) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    for name, value in changed.items():
        setattr(checkout, name, value)
    stage.db.commit()
    reply = stage.open_intent(stage.as_user(user), checkout)
    assert (reply.status, reply.json()["code"]) == (409, code)
    assert intents_at_provider(stage) == []


def test_what_was_made_before_a_crash_is_found_again(stripe_stage: StripeStage) -> None:
    """The intent exists at Stripe, the row does not: as if the function had died in between."""
    user = identity.user(stripe_stage.db)
    checkout = payments.checkout(stripe_stage.db, user)
    first = stripe_stage.open_intent(stripe_stage.as_user(user), checkout)
    stripe_stage.db.query(Payment).delete()
    stripe_stage.db.query(IdempotencyKey).delete()
    stripe_stage.db.commit()
    second = stripe_stage.open_intent(stripe_stage.as_user(user), checkout)
    assert second.json()["client_secret"] == first.json()["client_secret"]
    assert len(stripe_stage.account.client.v1.payment_intents.list().data) == 1


def test_no_transaction_is_open_while_stripe_works(stripe_stage: StripeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    user = identity.user(stripe_stage.db)
    checkout = payments.checkout(stripe_stage.db, user)
    seen: list[str] = []
    call = stripe_client.StripeCalls.ask

    def watched(self: Any, ask: Any) -> Any:
        rows = stripe_stage.db.execute(
            text("SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        )
        seen.extend(row.state for row in rows)
        stripe_stage.db.rollback()
        return call(self, ask)

    monkeypatch.setattr(stripe_client.StripeCalls, "ask", watched)
    assert stripe_stage.open_intent(stripe_stage.as_user(user), checkout).status == 201
    assert seen
    assert "idle in transaction" not in seen


def test_five_at_once_open_one_intent(stripe_stage: StripeStage) -> None:
    user = identity.user(stripe_stage.db)
    checkout = payments.checkout(stripe_stage.db, user)
    answers = all_at_once("api", [intent_event(stripe_stage, user, checkout) for _ in range(5)])
    assert [answer["statusCode"] for answer in answers] == [201] * 5
    assert len({answer["body"] for answer in answers}) == 1
    assert (
        len(stripe_stage.account.client.v1.payment_intents.list().data) == stripe_stage.db.query(Payment).count() == 1
    )


def intent_event(stage: Stage, user: Any, checkout: Checkout) -> dict[str, Any]:
    headers = {
        **{name.lower(): value for name, value in stage.signing_key.authorization(user).items()},
        "idempotency-key": uuid.uuid4().hex,
        "content-type": "application/json",
        "accept-encoding": "identity",
    }
    body = json.dumps({"checkout_id": str(checkout.id)}).encode()
    return http_event("POST", INTENT, headers=headers, query={}, cookies={}, source_ip="203.0.113.7", body=body)
