"""Attempts to pay are judged: refused before they are made, held for a person, or undone; and always written down."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from shared import process
from shared.contexts.catalog.models.products import StockLevel
from shared.contexts.identity.models.accounts import User
from shared.contexts.payments.models.payments import FraudDecision, Payment
from tests.contract.applications import entry_point
from tests.factories import identity, payments
from tests.integration.payments.stage import Stage, StripeStage
from tests.support.lambda_client import LambdaClient

FOLLOWED = ("charge.succeeded", "charge.failed", "payment_intent.succeeded")
DECISIONS = "/api/v1/admin/fraud/decisions"


@pytest.fixture
def user(stage: Stage) -> User:
    return identity.user(stage.db)


def limit(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name.upper(), value)
    process.reset()


def a_charge(stage: Stage, card: str, *, events: tuple[str, ...] = FOLLOWED) -> Payment:
    payment = stage.a_payment(card)
    stage.deliver(*sorted(stage.events(*events), key=lambda event: events.index(event["type"])))
    stage.db.refresh(payment)
    return payment


def listed(stage: Stage, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stage.admin().get(DECISIONS, query=query).json()["items"]
    return found


def refunds_at_provider(stage: Stage) -> list[int]:
    return stage.refunds_at_provider()


def test_too_many_attempts_of_a_user_are_refused_before_the_provider_hears_of_them(
    stage: Stage, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, fraud_attempts_per_user="2")
    checkouts = [payments.checkout(stage.db, user) for _ in range(3)]
    replies = [stage.open_intent(stage.as_user(user), checkout) for checkout in checkouts]
    assert [reply.status for reply in replies] == [201, 201, 403]
    assert replies[2].json()["code"] == "payment_blocked"
    assert "velocity" not in replies[2].body.decode()
    assert len(stage.provider.account.intents) == 2
    assert stage.open_intent(stage.as_user(user), checkouts[0]).status == 201  # no new attempt
    [blocked] = listed(stage, decision="block")
    assert (blocked["stage"], blocked["reasons"], blocked["user_id"]) == ("intent", ["velocity_of_user"], str(user.id))

    other = identity.user(stage.db)
    assert stage.open_intent(stage.as_user(other), payments.checkout(stage.db, other)).status == 201


def test_too_many_attempts_from_an_address_are_refused(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, fraud_attempts_per_ip="2")
    replies = []
    for _ in range(3):
        someone = identity.user(stage.db)
        replies.append(stage.open_intent(stage.as_user(someone), payments.checkout(stage.db, someone)).status)
    assert replies == [201, 201, 403]
    assert {one["ip_address"] for one in listed(stage)} == {"203.0.113.7"}


def test_every_charge_is_judged_once_with_its_reasons(stage: Stage) -> None:
    a_charge(stage, "pm_card_visa")
    stage.deliver(*stage.events(*FOLLOWED))
    [judged] = listed(stage)
    assert (judged["stage"], judged["decision"], judged["reasons"]) == ("charge", "allow", ["country_mismatch"])
    assert (judged["risk_level"], len(judged["card_fingerprint"])) == ("normal", 16)


def test_attempts_to_pay_one_checkout_are_listed(stage: Stage) -> None:
    first, second = a_charge(stage, "pm_card_visa"), a_charge(stage, "pm_card_gb")
    for payment in (first, second):
        found = listed(stage, checkout_id=payment.checkout_id)
        assert {one["payment_id"] for one in found} == {str(payment.id)}
    assert listed(stage, checkout_id=first.checkout_id, decision="block") == []


@pytest.mark.parametrize("events", [FOLLOWED, FOLLOWED[::-1]])
def test_the_highest_risk_is_undone_whatever_is_told_first(stage: Stage, events: tuple[str, ...]) -> None:
    payment = a_charge(stage, "pm_card_riskLevelHighest", events=events)
    assert payment.status == "refunded"
    assert refunds_at_provider(stage) == [2497]
    assert stage.order_of(payment).status == "refunded"
    assert stage.db.query(StockLevel).one().on_hand == 10
    stage.deliver(*stage.events(*FOLLOWED))
    assert refunds_at_provider(stage) == [2497]


def test_a_blocked_card_does_not_stain_the_next_one(stage: Stage) -> None:
    payment = stage.a_payment("pm_card_radarBlock")
    stage.pay(payment.provider_payment_id, "pm_card_gb")
    stage.deliver(*stage.events(*FOLLOWED))
    stage.db.refresh(payment)
    assert (payment.status, stage.order_of(payment).status) == ("succeeded", "paid")
    assert sorted(one["decision"] for one in listed(stage)) == ["allow", "block"]
    assert refunds_at_provider(stage) == []


def test_a_card_that_is_tried_often_is_held(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, fraud_attempts_per_card="2")
    for _ in range(3):
        a_charge(stage, "pm_card_gb")
    decisions = [one["decision"] for one in reversed(listed(stage))]
    assert decisions == ["allow", "allow", "review"]


def ship(stage: Stage, payment: Payment) -> int:
    ordering = LambdaClient(entry_point("ordering"), stage.admin().headers)
    path = f"/api/v1/admin/orders/{stage.order_of(payment).id}/shipments"
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    return ordering.post(path, json={"carrier": "dhl"}, headers=headers).status


def test_a_held_order_that_a_person_accepts_goes_on(stage: Stage) -> None:
    payment = a_charge(stage, "pm_card_riskLevelElevated")
    assert ship(stage, payment) == 409
    [held] = listed(stage, held="true")
    assert (held["payment_id"], held["order_id"]) == (str(payment.id), str(stage.order_of(payment).id))
    admin = stage.admin()
    body = {"verdict": "accepted", "note": "called back"}
    reply = admin.post(f"{DECISIONS}/{held['id']}/review", json=body)
    assert (reply.status, reply.json()["verdict"], reply.json()["note"]) == (200, "accepted", "called back")
    assert reply.json()["reviewed_by"] is not None
    assert listed(stage, held="true") == []
    again = admin.post(f"{DECISIONS}/{held['id']}/review", json={"verdict": "rejected", "note": "no"})
    assert (again.status, again.json()["code"]) == (409, "already_reviewed")
    assert ship(stage, payment) == 201
    assert stage.order_of(payment).status == "shipped"


def test_a_declined_charge_holds_nothing_up(stripe_stage: StripeStage) -> None:
    payment = a_charge(stripe_stage, "pm_card_cvcCheckFailElevatedRisk", events=("payment_intent.succeeded",))
    failed = stripe_stage.events("charge.succeeded")[0] | {"type": "charge.failed"}
    stripe_stage.deliver(failed)
    assert (listed(stripe_stage, held="true"), listed(stripe_stage)[0]["reasons"]) == (
        [],
        ["elevated_risk", "country_mismatch"],
    )
    assert ship(stripe_stage, payment) == 201


def test_a_held_order_that_a_person_rejects_is_cancelled_and_refunded(stage: Stage) -> None:
    payment = a_charge(stage, "pm_card_riskLevelElevated")
    [held] = listed(stage, held="true")
    body = {"verdict": "rejected", "note": "a stolen card"}
    assert stage.admin().post(f"{DECISIONS}/{held['id']}/review", json=body).status == 200
    assert refunds_at_provider(stage) == [2497]
    assert stage.order_of(payment).status == "refunded"
    assert stage.db.query(StockLevel).one().on_hand == 10


def test_lists_continue_where_they_ended(stage: Stage) -> None:
    for _ in range(3):
        a_charge(stage, "pm_card_gb")
    first = stage.admin().get(DECISIONS, query={"limit": 2}).json()
    rest = stage.admin().get(DECISIONS, query={"limit": 2, "cursor": first["next_cursor"]}).json()
    ids = [one["id"] for one in first["items"] + rest["items"]]
    assert len(set(ids)) == stage.db.query(FraudDecision).count() == 3
