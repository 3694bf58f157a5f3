"""Customers keep payment methods at the provider; we know tokens, and what may be shown."""

from __future__ import annotations

import importlib
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.contexts.payments.models.payments import ProviderCustomer
from tests.factories import identity, payments
from tests.integration.payments.stage import Stage, StripeStage
from tests.support.lambda_client import Answer, Context

METHODS = "/api/v1/payment-methods"


@pytest.fixture
def user(db: Session) -> User:
    return identity.user(db)


def set_up(stage: Stage, user: User, key: str | None = None) -> Answer:
    return stage.as_user(user).post(f"{METHODS}/setup", headers={"Idempotency-Key": key or uuid.uuid4().hex})


def save(stage: Stage, user: User, card: str = "pm_card_visa") -> None:
    """As the customer's browser does it, with what the setup answered."""
    secret = set_up(stage, user).json()["client_secret"]
    stage.confirm_setup(secret, card)


def saved(stage: Stage, user: User) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stage.as_user(user).get(METHODS).json()["items"]
    return found


def test_a_customer_saves_lists_and_forgets_a_card(stripe_stage: StripeStage, user: User) -> None:
    assert saved(stripe_stage, user) == []
    save(stripe_stage, user)
    save(stripe_stage, user, "pm_card_mastercard")
    first, second = saved(stripe_stage, user)
    assert {(one["brand"], one["last4"], one["expires_year"]) for one in (first, second)} == {
        ("visa", "4242", 2034), ("mastercard", "4444", 2034),
    }  # fmt: skip
    assert stripe_stage.as_user(user).delete(f"{METHODS}/{first['id']}").status == 204
    assert [one["id"] for one in saved(stripe_stage, user)] == [second["id"]]
    assert stripe_stage.as_user(user).delete(f"{METHODS}/{first['id']}").status == 404


def test_a_user_is_one_customer_of_the_provider(stage: Stage, user: User) -> None:
    replies = [set_up(stage, user) for _ in range(2)]
    assert [reply.status for reply in replies] == [201, 201]
    [(customer_id, email)] = stage.provider.account.customers.items()
    assert email == user.email
    assert stage.db.query(ProviderCustomer).one().provider_customer_id == customer_id


def test_the_same_key_is_the_same_setup(stage: Stage, user: User) -> None:
    first, again = set_up(stage, user, "the-same-key"), set_up(stage, user, "the-same-key")
    assert first.json() == again.json()
    assert len(stage.provider.account.setups) == 1


def test_methods_of_others_are_not_there(stripe_stage: StripeStage, user: User) -> None:
    save(stripe_stage, user)
    [method] = saved(stripe_stage, user)
    stranger, customer = identity.user(stripe_stage.db), identity.user(stripe_stage.db)
    set_up(stripe_stage, customer)
    for caller in (stranger, customer):
        reply = stripe_stage.as_user(caller).delete(f"{METHODS}/{method['id']}")
        assert (reply.status, reply.json()["code"]) == (404, "payment_method_not_found")
    assert len(saved(stripe_stage, user)) == 1
    assert stripe_stage.api.get(METHODS).status == 401


def test_an_intent_can_be_paid_with_what_the_customer_has_saved(stripe_stage: StripeStage, user: User) -> None:
    save(stripe_stage, user)
    [method] = saved(stripe_stage, user)
    checkout = payments.checkout(stripe_stage.db, user)
    assert stripe_stage.open_intent(stripe_stage.as_user(user), checkout).status == 201
    stripe_stage.pay(stripe_stage.intent_of(checkout), method["id"])
    assert stripe_stage.deliver(*stripe_stage.events("payment_intent.succeeded")) == []
    assert stripe_stage.payment(checkout).status == "succeeded"


def test_what_is_saved_leaves_nothing_of_the_card_with_us(stripe_stage: StripeStage, user: User) -> None:
    save(stripe_stage, user, "pm_card_mastercard")
    [method] = saved(stripe_stage, user)
    stored = stripe_stage.everything_stored()
    for detail in (method["id"], "_secret_", "mastercard"):
        assert detail.encode() not in stored


def test_a_provider_that_is_away_is_503(stage: Stage, user: User) -> None:
    with stage.provider_away():
        assert set_up(stage, user).status == 503
    assert set_up(stage, user).status == 201


@pytest.mark.parametrize("method_id", ["..%2Fx", "pm-1", "x" * 300])
def test_what_is_no_token_is_refused(stage: Stage, user: User, method_id: str) -> None:
    assert stage.as_user(user).delete(f"{METHODS}/{method_id}").status in (404, 422)


def erased(user: User) -> dict[str, Any]:
    """Deliver the event of the user's erasure: the sample in `events/`, for this user."""
    handler = importlib.import_module("functions.payments.handlers.on_account_erased").handler
    event = json.loads(Path("events/payments/on_account_erased.json").read_text())
    [record] = event["Records"]
    body = json.loads(record["body"])
    body["detail"]["data"] = {"user_id": str(user.id)}
    record["body"] = json.dumps(body)
    answered: dict[str, Any] = handler(event, Context())
    return answered


def test_the_provider_forgets_who_was_erased(stripe_stage: StripeStage, user: User) -> None:
    save(stripe_stage, user)
    [customer] = stripe_stage.account.client.v1.customers.list().data
    for _ in range(2):  # delivered twice: done once
        assert erased(user) == {"batchItemFailures": []}
    assert stripe_stage.provider.account.customers == {}
    assert stripe_stage.account.client.v1.customers.retrieve(customer.id).deleted is True
    assert stripe_stage.db.query(ProviderCustomer).count() == 0


def test_somebody_whom_the_provider_never_knew_is_no_failure(stage: Stage, user: User) -> None:
    assert erased(user) == {"batchItemFailures": []}


def test_a_customer_whom_somebody_deleted_at_the_provider_is_forgotten_here_too(
    stripe_stage: StripeStage, user: User
) -> None:
    set_up(stripe_stage, user)
    [customer] = stripe_stage.account.client.v1.customers.list().data
    stripe_stage.account.client.v1.customers.delete(customer.id)
    assert erased(user) == {"batchItemFailures": []}
    assert stripe_stage.db.query(ProviderCustomer).count() == 0


def test_the_id_is_kept_until_the_provider_has_forgotten(stage: Stage, user: User) -> None:
    set_up(stage, user)

    with stage.provider_away():
        assert len(erased(user)["batchItemFailures"]) == 1
    assert stage.db.query(ProviderCustomer).count() == 1
    assert erased(user) == {"batchItemFailures": []}
    assert stage.provider.account.customers == {}
