"""Stripe being slow, down, limiting us, or saying no: a clear answer, and never a second charge."""

from __future__ import annotations

import json
import time
from typing import Any

import boto3
import pytest

from functions.payments import providers
from functions.payments.manifest import MANIFEST
from functions.payments.providers import circuit
from functions.payments.providers.stripe import client as stripe_client
from shared import process
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering.models.orders import Checkout
from shared.contexts.payments.models.payments import Payment
from tests.factories import identity, payments
from tests.integration.payments.stage import StripeStage


@pytest.fixture
def stage(stripe_stage: StripeStage) -> StripeStage:
    """Only Stripe does what is tested here."""
    return stripe_stage


@pytest.fixture
def user(stage: StripeStage) -> User:
    return identity.user(stage.db)


@pytest.fixture
def checkout(stage: StripeStage, user: User) -> Checkout:
    return payments.checkout(stage.db, user)


def fault(stage: StripeStage, **wanted: Any) -> None:
    stage.account.ask("POST", "/faults", **wanted)


def intents_at_stripe(stage: StripeStage) -> int:
    stage.account.ask("DELETE", "/faults")
    return len(stage.account.client.v1.payment_intents.list().data)


@pytest.mark.parametrize("status", [500, 429])
def test_an_outage_is_503_and_when_to_come_back(
    stage: StripeStage, user: User, checkout: Checkout, status: int
) -> None:
    fault(stage, status=status)
    reply = stage.open_intent(stage.as_user(user), checkout)
    assert (reply.status, reply.json()["code"]) == (503, "payment_provider_unavailable")
    assert int(reply.headers["retry-after"]) > 0
    assert stage.db.query(Payment).count() == 0


def test_a_short_failure_is_not_noticed(stage: StripeStage, user: User, checkout: Checkout) -> None:
    fault(stage, status=500, times=1)
    assert stage.open_intent(stage.as_user(user), checkout).status == 201


def test_an_answer_that_was_lost_after_the_effect_makes_no_second_intent(
    stage: StripeStage, user: User, checkout: Checkout
) -> None:
    fault(stage, status=500, applied=True, times=3, method="POST")
    assert stage.open_intent(stage.as_user(user), checkout, "the-same-key").status == 503
    stage.account.ask("DELETE", "/faults")
    assert stage.open_intent(stage.as_user(user), checkout, "the-same-key").status == 201
    assert intents_at_stripe(stage) == stage.db.query(Payment).count() == 1


def test_a_timeout_is_503_and_the_next_try_finds_the_intent(
    stage: StripeStage, user: User, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stripe_client, "READ_TIMEOUT_SECONDS", 0.3)
    monkeypatch.setattr(stripe_client, "NETWORK_RETRIES", 0)
    fault(stage, delay_seconds=1.0, delay="after", times=1, method="POST")
    assert stage.open_intent(stage.as_user(user), checkout, "the-same-key").status == 503
    time.sleep(1.0)  # until then Stripe says that the first request is still being worked on
    assert stage.open_intent(stage.as_user(user), checkout, "the-same-key").status == 201
    assert intents_at_stripe(stage) == 1


def test_a_stripe_that_is_not_there_is_503(
    stage: StripeStage, user: User, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
    monkeypatch.setattr(stripe_client, "NETWORK_RETRIES", 0)
    process.reset()
    assert stage.open_intent(stage.as_user(user), checkout).status == 503


def test_tries_and_timeouts_end_before_the_functions_do() -> None:
    longest_wait_between = 2
    one_try = stripe_client.READ_TIMEOUT_SECONDS
    worst = (stripe_client.NETWORK_RETRIES + 1) * one_try + stripe_client.NETWORK_RETRIES * longest_wait_between
    worst += one_try + stripe_client.CONNECT_TIMEOUT_SECONDS  # the cancellation of what a new checkout replaces
    assert worst < min(MANIFEST.named(name).timeout for name in ("api", "on_webhook"))


def test_a_key_that_stripe_does_not_know_is_our_fault_not_the_callers(
    stage: StripeStage, user: User, checkout: Checkout
) -> None:
    boto3.client("secretsmanager").put_secret_value(
        SecretId="stripe", SecretString=json.dumps({"secret_key": "nonsense", "publishable_key": "pk_test_local"})
    )
    reply = stage.open_intent(stage.as_user(user), checkout)
    assert (reply.status, reply.json()["code"]) == (503, "payment_provider_unavailable")
    assert b"nonsense" not in reply.body


def test_a_rotated_key_is_used_without_a_new_process(stage: StripeStage, user: User, checkout: Checkout) -> None:
    from shared.clients import secrets

    assert stage.open_intent(stage.as_user(user), checkout).status == 201
    secrets.write("stripe", {"secret_key": "sk_test_rotated", "publishable_key": "pk_test_rotated"})
    reply = stage.open_intent(stage.as_user(user), checkout)
    assert reply.json()["publishable_key"] == "pk_test_rotated"


def test_an_outage_that_lasts_is_not_waited_for_by_every_payer(
    stage: StripeStage, user: User, checkout: Checkout
) -> None:
    fault(stage, status=500)
    for _ in range(circuit.FAILURES_TO_OPEN):
        assert stage.open_intent(stage.as_user(user), checkout).status == 503
    stage.account.ask("DELETE", "/faults")
    reply = stage.open_intent(stage.as_user(user), checkout)
    assert (reply.status, reply.json()["code"]) == (503, "payment_provider_unavailable")
    assert int(reply.headers["retry-after"]) > 5
    assert intents_at_stripe(stage) == 0

    # Another process has a failure of its own, and knows at once that it is not the only one.
    providers.of.cache_clear()
    fault(stage, status=500, times=2)
    assert stage.open_intent(stage.as_user(user), checkout).status == 503
    assert stage.open_intent(stage.as_user(user), checkout).status == 503
    assert intents_at_stripe(stage) == 0
