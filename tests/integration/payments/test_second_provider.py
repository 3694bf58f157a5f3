"""Two providers beside each other, with the same ids: each payment stays with whoever took its money."""

from __future__ import annotations

import importlib
import json
import uuid
from typing import Any

import boto3
import pytest
from sqlalchemy import text

from functions.payments import providers
from functions.payments.errors import ProviderUnavailableError
from functions.payments.service import reconciliations
from shared.contexts.payments.models.payments import FraudDecision, Payment, ProviderCustomer, ProviderEvent
from shared.contexts.payments.models.refunds import Dispute, Refund
from tests.factories import identity, payments
from tests.integration.payments.stage import Stage, record, sqs_event, tomorrow
from tests.integration.payments.test_order_events import requested
from tests.integration.payments.test_saved_methods import erased
from tests.support.fake_provider.provider import FakeProvider
from tests.support.fake_provider.registration import SIGNATURE, register
from tests.support.lambda_client import Answer, Context, LambdaClient

SECRET = "the-other-secret"


@pytest.fixture
def other(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> FakeProvider:
    """A second provider, beside the one of `stage`."""
    provider = FakeProvider("other")
    monkeypatch.setenv("FAKE_WEBHOOK_SECRET_ARN", "other-webhook")
    boto3.client("secretsmanager").create_secret(
        Name="other-webhook", SecretString=json.dumps({"signing_secrets": [SECRET]})
    )
    register(monkeypatch, provider)
    return provider


def paid_at(stage: Stage, provider: FakeProvider, card: str = "pm_card_visa") -> Payment:
    """A checkout that was paid at this provider, told of by its events."""
    checkout = payments.checkout(stage.db)
    intent = provider.account.open(checkout.total_amount, checkout.currency, checkout.id, provider.environment)
    payment = payments.payment(stage.db, checkout, intent.id, provider=provider.name)
    provider.account.pay(intent.id, card)
    deliver(stage, provider)
    stage.db.refresh(payment)
    return payment


def deliver(stage: Stage, provider: FakeProvider) -> None:
    """All events of the provider, as the queue hands them over."""
    messages = [
        record(str(number), json.dumps(event), provider=provider.name)
        for number, event in enumerate(provider.account.events())
    ]
    assert stage.work({"Records": messages}, Context()) == {"batchItemFailures": []}


def post_webhook(stage: Stage, event: dict[str, Any], secret: str = SECRET) -> Answer:
    receive = importlib.reload(importlib.import_module("functions.payments.handlers.receive_webhook"))
    path = "/api/v1/payments/webhooks/other"
    return LambdaClient(receive.handler).post(path, json=event, headers={SIGNATURE: secret})


def refund(stage: Stage, payment: Payment, **body: Any) -> int:
    return stage.admin().post(
        f"/api/v1/admin/payments/{payment.id}/refunds",
        json={"reason": "goodwill", **body},
        headers={"Idempotency-Key": uuid.uuid4().hex},
    ).status  # fmt: skip


def test_a_refund_goes_to_whoever_took_the_money(stage: Stage, other: FakeProvider) -> None:
    ours, theirs = paid_at(stage, stage.provider), paid_at(stage, other)
    assert ours.provider_payment_id == theirs.provider_payment_id
    assert refund(stage, theirs, amount=700) == 201
    assert (stage.provider.account.refunded(), other.account.refunded()) == ([], [700])
    assert refund(stage, ours, amount=300) == 201
    assert (stage.provider.account.refunded(), other.account.refunded()) == ([300], [700])
    stage.db.rollback()
    refunds = stage.db.query(Refund.provider, Refund.provider_refund_id, Refund.status).order_by(Refund.id)
    assert [tuple(row) for row in refunds] == [("other", "re_1", "succeeded"), ("stripe", "re_1", "succeeded")]


def test_what_ordering_asks_for_goes_to_whoever_took_the_money(stage: Stage, other: FakeProvider) -> None:
    handler = importlib.import_module("functions.payments.handlers.on_order_events").handler
    payment = paid_at(stage, other)
    assert handler(sqs_event([requested(stage, payment)]), Context()) == {"batchItemFailures": []}
    assert (stage.provider.effects, other.account.refunded()) == ([], [2497])


def test_an_interrupted_refund_is_taken_up_at_its_own_provider(stage: Stage, other: FakeProvider) -> None:
    payment = paid_at(stage, other)
    other.fault = ProviderUnavailableError(ended=True)
    assert refund(stage, payment, amount=700) == 201
    stage.provider.fault, other.fault = (
        ProviderUnavailableError(ended=True),
        None,
    )  # one that is away holds up its own refunds only
    assert stage.resolve_refunds()["tried"] == 1
    assert other.account.refunded() == [700]


def test_a_charge_that_the_rules_block_is_refunded_where_it_was_taken(stage: Stage, other: FakeProvider) -> None:
    paid_at(stage, stage.provider, "pm_card_riskLevelHighest")
    paid_at(stage, other)
    assert (stage.provider.account.refunded(), other.account.refunded()) == ([2497], [])
    decisions = stage.db.query(FraudDecision.provider, FraudDecision.provider_charge_id, FraudDecision.decision)
    assert {tuple(row) for row in decisions} == {("stripe", "ch_1", "block"), ("other", "ch_1", "allow")}


def test_a_webhook_of_the_other_provider_is_queued_and_applied(stage: Stage, other: FakeProvider) -> None:
    checkout = payments.checkout(stage.db)
    intent = other.account.open(checkout.total_amount, checkout.currency, checkout.id, other.environment)
    payment = payments.payment(stage.db, checkout, intent.id, provider="other")
    other.account.pay(intent.id)
    (succeeded,) = other.account.events("payment_intent.succeeded")
    reply = post_webhook(stage, succeeded)
    assert (reply.status, reply.json()) == (200, {"thanks": True})
    assert stage.work_off_queue() == []
    stage.db.refresh(payment)
    assert (payment.status, stage.order_of(payment).status) == ("succeeded", "paid")
    events = stage.db.query(ProviderEvent.provider, ProviderEvent.event_id)
    assert [tuple(row) for row in events] == [("other", succeeded["id"])]


def test_each_provider_s_webhooks_are_proven_by_its_own_secret(stage: Stage, other: FakeProvider) -> None:
    reply = post_webhook(stage, {"id": "evt_1", "type": "x"}, secret="whsec_test_current")
    assert (reply.status, reply.json()["code"]) == (400, "invalid_signature")
    assert stage.cloud.messages(stage.cloud.webhook_queue_url) == []


def test_events_with_one_id_of_two_providers_are_two_events(stage: Stage, other: FakeProvider) -> None:
    paid_at(stage, stage.provider)
    paid_at(stage, other)
    stage.db.rollback()
    seen = stage.db.query(ProviderEvent.provider).filter_by(event_id="evt_1")
    assert sorted(name for (name,) in seen) == ["other", "stripe"]


def test_the_ledger_keeps_their_balances_apart(stage: Stage, other: FakeProvider) -> None:
    for provider in (stage.provider, other):
        paid_at(stage, provider)
        provider.account.settle()
        deliver(stage, provider)
    stage.db.rollback()
    owned = stage.db.execute(
        text("SELECT owner, sum(amount) FROM ledger_entries WHERE account = 'provider_balance' GROUP BY 1 ORDER BY 1")
    )
    assert [tuple(row) for row in owned] == [("other", 2395), ("stripe", 2395)]
    shown = stage.admin().get("/api/v1/admin/ledger/balances").json()["items"]
    assert {"account": "provider_balance", "currency": "USD", "amount": 4790} in shown


def test_each_is_reconciled_with_its_own_part_of_the_ledger(stage: Stage, other: FakeProvider) -> None:
    paid_at(stage, stage.provider)
    stage.provider.account.settle()
    deliver(stage, stage.provider)
    checkout = payments.checkout(stage.db)
    unknown = other.account.open(checkout.total_amount, checkout.currency)
    other.account.pay(unknown.id)  # with the id of the other provider's charge, which the ledger has
    other.account.settle()
    assert reconciliations.reconcile(tomorrow(), lambda: True).open_differences == 2
    listed = stage.admin().get("/api/v1/admin/reconciliations").json()["items"]
    assert {(one["provider"], one["open_differences"]) for one in listed} == {("stripe", 0), ("other", 2)}
    closed = stage.db.execute(text("SELECT account, owner, amount FROM ledger_closings ORDER BY 1, 2"))
    assert ("provider_balance", "stripe", 2395) in {tuple(row) for row in closed}
    assert {one["amount"] for one in stage.admin().get("/api/v1/admin/ledger/balances").json()["items"]} == {
        2395, 102, -2497,
    }  # fmt: skip


def test_evidence_goes_to_the_provider_of_the_dispute(stage: Stage, other: FakeProvider) -> None:
    paid_at(stage, other, "pm_card_createDispute")
    other.account.settle()
    deliver(stage, other)
    dispute = stage.db.query(Dispute).one()
    body = {"evidence": {"uncategorized_text": "winning_evidence"}, "submit": True}
    assert stage.admin().post(f"/api/v1/admin/disputes/{dispute.id}/evidence", json=body).status == 200
    assert (stage.provider.effects, other.effects) == ([], ["submit_evidence"])


def test_a_checkout_whose_payment_is_at_another_provider_is_paid_there(stage: Stage, other: FakeProvider) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    intent = other.account.open(checkout.total_amount, checkout.currency, checkout.id, other.environment)
    payments.payment(stage.db, checkout, intent.id, provider="other")
    opened = stage.open_intent(stage.as_user(user), checkout).json()
    assert (opened["provider"], opened["publishable_key"]) == ("other", "pk_of_other")
    assert opened["client_secret"] == intent.client_secret
    assert stage.provider.effects == []


def test_every_provider_that_knows_an_erased_person_is_told(stage: Stage, other: FakeProvider) -> None:
    user = identity.user(stage.db)
    for provider in (stage.provider, other):
        customer_id = provider.account.add_customer(user.email)
        stage.db.add(ProviderCustomer(user_id=user.id, provider=provider.name, provider_customer_id=customer_id))
    stage.db.commit()
    assert erased(user) == {"batchItemFailures": []}
    assert (stage.provider.account.customers, other.account.customers) == ({}, {})
    stage.db.rollback()
    assert stage.db.query(ProviderCustomer).count() == 0


def test_a_name_that_is_not_registered_is_no_provider() -> None:
    with pytest.raises(providers.UnknownProviderError, match="nobody"):
        providers.of("nobody")
