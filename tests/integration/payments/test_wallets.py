"""Alipay, WeChat Pay and cards in phones, from the intent to the books."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from shared import process
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering.models.orders import Checkout
from shared.contexts.payments.models.payments import FraudDecision
from tests.factories import identity, payments
from tests.integration.payments.stage import StripeStage


@pytest.fixture
def stage(stripe_stage: StripeStage) -> StripeStage:
    """Only Stripe does what is tested here."""
    return stripe_stage


FOLLOWED = ("charge.succeeded", "charge.updated", "payment_intent.succeeded", "refund.created", "refund.updated")
WALLETS = ("alipay", "wechat_pay")


@pytest.fixture
def user(stage: StripeStage) -> User:
    return identity.user(stage.db)


def shown(stage: StripeStage, payment_id: uuid.UUID) -> dict[str, Any]:
    found: dict[str, Any] = stage.admin().get(f"/api/v1/admin/payments/{payment_id}").json()
    return found


@pytest.mark.parametrize(("currency", "offered"), [("CNY", ["card", "alipay", "wechat_pay"]), ("EUR", ["card"])])
def test_an_intent_tells_what_it_can_be_paid_with(
    stage: StripeStage, user: User, currency: str, offered: list[str]
) -> None:
    checkout = payments.checkout(stage.db, user, currency=currency)
    first = stage.open_intent(stage.as_user(user), checkout, "the-same-key")
    again = stage.open_intent(stage.as_user(user), checkout, "the-same-key")
    assert first.json()["methods"] == offered
    assert again.json() == first.json()


@pytest.mark.parametrize("wallet", WALLETS)
def test_what_is_paid_with_a_wallet_is_sold_and_says_so(stage: StripeStage, wallet: str) -> None:
    payment = stage.an_open_payment(currency="CNY", amount=8800)
    assert shown(stage, payment.id)["method"] is None
    stage.pay_by(payment.provider_payment_id, wallet)
    stage.settle()
    assert stage.deliver(*stage.events()) == []
    assert stage.order_of(payment).status == "paid"
    told = shown(stage, payment.id)
    assert (told["status"], told["amount_captured"]) == ("succeeded", 8800)
    assert told["method"] == {"type": wallet, "brand": None, "last4": None, "wallet": None}


@pytest.mark.parametrize(
    ("card", "method"),
    [
        ("pm_card_mastercard", {"type": "card", "brand": "mastercard", "last4": "4444", "wallet": None}),
        ("pm_card_visa_applePay", {"type": "card", "brand": "visa", "last4": "4242", "wallet": "apple_pay"}),
        (
            "pm_card_mastercard_googlePay",
            {"type": "card", "brand": "mastercard", "last4": "4444", "wallet": "google_pay"},
        ),
    ],
)
def test_a_payer_sees_which_card_and_which_wallet_it_was(
    stage: StripeStage, user: User, card: str, method: dict[str, Any]
) -> None:
    payment = stage.a_payment(card, user=user)
    stage.deliver(*stage.events("charge.succeeded"))
    payer = stage.as_user(user)
    assert payer.get(f"/api/v1/payments/{payment.id}").json()["method"] == method
    assert payer.get("/api/v1/payments").json()["items"][0]["method"] == method


def test_the_method_is_that_of_the_attempt_that_took_the_money(stage: StripeStage) -> None:
    payment = stage.a_payment("pm_card_visa_chargeDeclined")
    stage.deliver(*stage.events())
    assert shown(stage, payment.id)["method"] is None
    stage.pay_by(payment.provider_payment_id, "alipay")
    stage.deliver(*reversed(stage.events()))
    assert shown(stage, payment.id)["method"]["type"] == "alipay"


def test_rules_about_cards_say_nothing_of_wallets_and_the_others_hold(
    stage: StripeStage, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wallet in WALLETS:
        for _ in range(6):  # more than a card may try
            payment = stage.an_open_payment(user=user, currency="CNY")
            stage.pay_by(payment.provider_payment_id, wallet)
    stage.deliver(*stage.events("charge.succeeded"))
    stage.db.rollback()
    decisions = stage.db.query(FraudDecision).all()
    assert len(decisions) == 12
    assert {(one.decision, one.card_fingerprint, one.risk_level) for one in decisions} == {
        ("allow", None, "not_assessed")
    }
    monkeypatch.setenv("FRAUD_ATTEMPTS_PER_USER", "12")
    process.reset()
    assert stage.open_intent(stage.as_user(user), payments.checkout(stage.db, user)).status == 403


@pytest.mark.parametrize("wallet", WALLETS)
def test_a_code_that_is_scanned_too_late_buys_what_is_left(stage: StripeStage, wallet: str) -> None:
    payment = stage.an_open_payment(expires_in=timedelta(minutes=-1), currency="CNY")
    stage.pay_by(payment.provider_payment_id, wallet)
    stage.deliver(*stage.events())
    assert stage.order_of(payment).status == "paid"


@pytest.mark.parametrize("wallet", WALLETS)
def test_a_code_that_is_scanned_when_all_is_sold_gives_the_money_back(stage: StripeStage, wallet: str) -> None:
    payment = stage.an_open_payment(expires_in=timedelta(minutes=-1), currency="CNY", amount=8800)
    stage.pay_by(payment.provider_payment_id, wallet, None)
    payments.sold_out(stage.db, stage.db.get_one(Checkout, payment.checkout_id))
    stage.authorize(payment.provider_payment_id)
    stage.deliver(*stage.events())
    assert [refund.amount for refund in stage.account.client.v1.refunds.list().data] == [8800]
    assert shown(stage, payment.id)["status"] == "refunded"  # the provider has taken it on
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    [ours] = stage.admin().get(f"/api/v1/admin/payments/{payment.id}/refunds").json()["items"]
    assert (ours["status"], ours["reason"]) == ("succeeded", "unfulfillable")
    assert stage.balances_by_currency()[("provider_balance", "CNY")] == stage.balance_at_provider()["CNY"]


@pytest.mark.parametrize("wallet", WALLETS)
def test_a_part_is_refunded_and_arrives_when_the_wallet_says_so(stage: StripeStage, wallet: str) -> None:
    payment = stage.an_open_payment(currency="CNY", amount=8800)
    stage.pay_by(payment.provider_payment_id, wallet)
    stage.deliver(*stage.events("charge.succeeded", "payment_intent.succeeded"))
    path = f"/api/v1/admin/payments/{payment.id}/refunds"
    body = {"reason": "goodwill", "amount": 800}
    asked = stage.admin().post(path, json=body, headers={"Idempotency-Key": uuid.uuid4().hex})
    assert (asked.status, asked.json()["status"]) == (201, "pending")
    assert stage.admin().get(path).json()["items"][0]["status"] == "pending"
    stage.settle()
    stage.deliver(*[event for event in reversed(stage.events(*FOLLOWED)) for _ in range(3)])
    assert stage.admin().get(path).json()["items"][0]["status"] == "succeeded"
    assert stage.order_of(payment).status == "partially_refunded"
    assert stage.balances_by_currency()[("provider_balance", "CNY")] == stage.balance_at_provider()["CNY"]


def test_nothing_but_what_can_be_used_again_is_among_the_saved_methods(stage: StripeStage, user: User) -> None:
    payer = stage.as_user(user)
    setup = payer.post("/api/v1/payment-methods/setup", headers={"Idempotency-Key": uuid.uuid4().hex}).json()
    how: Any = {"payment_method": "pm_card_visa_applePay", "return_url": "https://shop.example.com"}
    stage.account.client.v1.setup_intents.confirm(setup["client_secret"].partition("_secret_")[0], params=how)
    checkout = payments.checkout(stage.db, user, currency="CNY")
    assert stage.open_intent(payer, checkout).status == 201
    stage.pay_by(stage.intent_of(checkout), "alipay")
    [kept] = payer.get("/api/v1/payment-methods").json()["items"]
    assert (kept["kind"], kept["wallet"], kept["last4"]) == ("card", "apple_pay", "4242")
