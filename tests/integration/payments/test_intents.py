"""POST /payments/intent: one intent per checkout, of the server's amount, for its owner only."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.payments.providers.port import Intent
from shared.contexts.ordering import cart_tokens
from shared.contexts.payments.models.payments import Payment
from shared.tables.platform import IdempotencyKey
from tests.factories import identity, payments
from tests.integration.payments.stage import Stage, StripeStage
from tests.support.statements import recorded

INTENT = "/api/v1/payments/intent"
CUSTOM_KEY = "3f1c8a54-6b0d-4e2f"


def intents_at_provider(stage: Stage) -> list[Intent]:
    return list(stage.provider.account.intents.values())


def test_a_customer_opens_the_payment_of_a_checkout(stripe_stage: StripeStage) -> None:
    user = identity.user(stripe_stage.db)
    checkout = payments.checkout(stripe_stage.db, user, amount=2497)
    reply = stripe_stage.open_intent(stripe_stage.as_user(user), checkout)
    payment = stripe_stage.payment(checkout)
    stripe_stage.db.refresh(checkout)
    (intent,) = stripe_stage.account.client.v1.payment_intents.list().data
    assert reply.status == 201
    assert reply.json() == {
        "id": str(payment.id),
        "checkout_id": str(checkout.id),
        "provider": "stripe",
        "publishable_key": "pk_test_local",
        "amount": 2497,
        "currency": "USD",
        "status": "requires_payment",
        "methods": ["card", "alipay", "wechat_pay"],
        "payable_until": checkout.expires_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "client_secret": intent.client_secret,
    }
    assert reply.headers["location"] == f"/api/v1/payments/{payment.id}"
    assert reply.headers["cache-control"] == "private, no-store"
    assert reply.headers["ratelimit-limit"] == "10"
    assert (payment.amount, payment.currency, payment.user_id) == (2497, "USD", user.id)


def test_stripe_learns_the_amount_from_the_server_and_whose_checkout_it_is(stripe_stage: StripeStage) -> None:
    user = identity.user(stripe_stage.db)
    checkout = payments.checkout(stripe_stage.db, user, amount=500, currency="JPY")
    stripe_stage.open_intent(stripe_stage.as_user(user), checkout)
    (intent,) = stripe_stage.account.client.v1.payment_intents.list().data
    assert (intent.amount, intent.currency) == (500, "jpy")
    assert intent.metadata.to_dict() == {"checkout_id": str(checkout.id), "environment": "dev"}


def test_a_guest_opens_it_with_the_cart_token(stage: Stage) -> None:
    checkout = payments.checkout(stage.db)
    reply = stage.open_intent(stage.as_guest_of(checkout), checkout)
    assert reply.status == 201
    assert stage.payment(checkout).user_id is None


def test_a_guest_who_has_just_signed_in_still_pays_the_guest_checkout(stage: Stage) -> None:
    checkout = payments.checkout(stage.db)
    payer = stage.as_guest_of(checkout).signed_in(stage.signing_key.authorization(identity.user(stage.db)))
    assert stage.open_intent(payer, checkout).status == 201


def test_the_sample_event_of_the_gateway_is_understood(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    sample = json.loads(Path("events/payments/api.json").read_text())
    sample["headers"]["authorization"] = stage.signing_key.authorization(user)["Authorization"]
    sample["body"], sample["isBase64Encoded"] = json.dumps({"checkout_id": str(checkout.id)}), False
    assert stage.api.handler(sample, None)["statusCode"] == 201


def test_nobody_is_asked_who_they_are(stage: Stage) -> None:
    reply = stage.open_intent(stage.api, payments.checkout(stage.db))
    assert (reply.status, reply.json()["code"]) == (401, "not_authenticated")


def test_somebody_elses_checkout_is_not_there(stage: Stage) -> None:
    owner, stranger = identity.user(stage.db), identity.user(stage.db)
    customers, guests = payments.checkout(stage.db, owner), payments.checkout(stage.db)
    ended = cart_tokens.encode(guests.cart_id, datetime.now(UTC) - timedelta(seconds=1))
    callers = [
        (stage.as_user(stranger), customers),
        (stage.as_user(stranger), guests),
        (stage.as_guest_of(guests), customers),
        (stage.as_guest_of(customers), customers),  # a customer's checkout is known by the account, not by its cart
        (stage.api.signed_in({cart_tokens.HEADER: ended}), guests),
    ]
    for caller, checkout in callers:
        reply = stage.open_intent(caller, checkout)
        assert (reply.status, reply.json()["code"]) == (404, "checkout_not_found")
    assert intents_at_provider(stage) == []


def test_a_forged_cart_token_is_refused(stage: Stage) -> None:
    caller = stage.api.signed_in({cart_tokens.HEADER: "forged"})
    reply = stage.open_intent(caller, payments.checkout(stage.db))
    assert (reply.status, reply.json()["code"]) == (400, "invalid_cart_token")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"checkout_id": "1"},
        {"checkout_id": str(uuid.uuid4()), "amount": 1},
        {"checkout_id": str(uuid.uuid4()), "currency": "JPY"},
    ],
)
def test_amounts_and_other_unknown_fields_are_refused(stage: Stage, body: dict[str, Any]) -> None:
    payer = stage.as_user(identity.user(stage.db))
    reply = payer.post(INTENT, json=body, headers={"Idempotency-Key": CUSTOM_KEY})
    assert (reply.status, reply.json()["code"]) == (422, "validation_failed")


def test_the_idempotency_key_is_required(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    reply = stage.as_user(user).post(INTENT, json={"checkout_id": str(checkout.id)})
    assert (reply.status, reply.json()["code"]) == (400, "idempotency_key_required")


def test_the_same_key_gives_the_first_answer(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    first = stage.open_intent(stage.as_user(user), checkout, CUSTOM_KEY)
    checkout.expires_at = datetime.now(
        UTC
    )  # a repeated request is answered as it was, even where a new one would not be
    stage.db.commit()
    again = stage.open_intent(stage.as_user(user), checkout, CUSTOM_KEY)
    assert (again.status, again.json()) == (first.status, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]


def test_the_same_key_for_another_checkout_is_refused_before_stripe_is_called(stage: Stage) -> None:
    user = identity.user(stage.db)
    stage.open_intent(stage.as_user(user), payments.checkout(stage.db, user), CUSTOM_KEY)
    reply = stage.open_intent(stage.as_user(user), payments.checkout(stage.db, user), CUSTOM_KEY)
    assert (reply.status, reply.json()["code"]) == (422, "idempotency_key_reused")
    assert len(intents_at_provider(stage)) == 1


def test_the_client_secret_is_nowhere_in_the_database(stripe_stage: StripeStage) -> None:
    user = identity.user(stripe_stage.db)
    reply = stripe_stage.open_intent(stripe_stage.as_user(user), payments.checkout(stripe_stage.db, user))
    assert stripe_stage.db.query(IdempotencyKey).count() == 1
    assert reply.json()["client_secret"].encode() not in stripe_stage.everything_stored()


def test_another_key_gives_the_same_intent(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    replies = [stage.open_intent(stage.as_user(user), checkout) for _ in range(3)]
    assert len({reply.body for reply in replies}) == 1
    assert len(intents_at_provider(stage)) == stage.db.query(Payment).count() == 1


def test_an_amount_that_stripe_does_not_take_is_the_callers_problem(stripe_stage: StripeStage) -> None:
    user = identity.user(stripe_stage.db)
    checkout = payments.checkout(stripe_stage.db, user, amount=10)
    reply = stripe_stage.open_intent(stripe_stage.as_user(user), checkout)
    assert (reply.status, reply.json()["code"]) == (422, "payment_refused")
    assert reply.json()["provider_code"] == "amount_too_small"
    assert stripe_stage.db.query(Payment).count() == 0


def test_more_than_ten_in_a_minute_are_too_many(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    statuses = [stage.open_intent(stage.as_user(user), checkout, CUSTOM_KEY).status for _ in range(11)]
    assert statuses == [201] * 10 + [429]


def test_opening_takes_few_statements(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    payer = stage.as_user(user)
    payer.get("/api/v1/payments")  # keys are read once per process
    body = {"checkout_id": str(checkout.id)}
    with recorded() as statements:
        assert payer.post(INTENT, json=body, headers={"Idempotency-Key": CUSTOM_KEY}).status == 201
    assert len(statements) <= 10, statements
