"""Charges that settle in another currency than they were made in: what the books have of them."""

from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from functions.payments.service import reconciliations
from shared.contexts.payments.models.payments import Payment
from tests.integration.payments.stage import StripeStage, tomorrow
from tests.integration.payments.test_ledger import FOLLOWED as OF_CHARGES_AND_REFUNDS


@pytest.fixture
def stage(stripe_stage: StripeStage) -> StripeStage:
    """Only Stripe does what is tested here."""
    return stripe_stage


FOLLOWED = ("charge.succeeded", *OF_CHARGES_AND_REFUNDS)
USD_ONLY = {"bank_currencies": [], "exchange_rates": {"cny": "0.14", "eur": "1.1"}}


@pytest.fixture(autouse=True)
def _usd_only(stage: StripeStage) -> None:
    stage.account.ask("PUT", "/account", **USD_ONLY)


def paid(stage: StripeStage, amount: int = 10_000, currency: str = "CNY", card: str = "pm_card_visa") -> Payment:
    payment = stage.a_payment(card, amount=amount, currency=currency)
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    return payment


def give_back(stage: StripeStage, payment: Payment, amount: int) -> None:
    body = {"reason": "goodwill", "amount": amount}
    path = f"/api/v1/admin/payments/{payment.id}/refunds"
    stage.admin().post(path, json=body, headers={"Idempotency-Key": uuid.uuid4().hex})


def entries(stage: StripeStage, kind: str) -> set[tuple[str, str, int]]:
    stage.db.rollback()
    found = stage.db.execute(
        text(
            "SELECT e.account, e.currency, e.amount FROM ledger_entries e"
            " JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.kind = :kind"
        ),
        {"kind": kind},
    )
    return {(account, currency, amount) for account, currency, amount in found}


def differences(stage: StripeStage) -> list[tuple[str, int | None, int | None]]:
    found = stage.admin().get("/api/v1/admin/reconciliations/differences").json()["items"]
    return sorted((one["kind"], one["ledger_amount"], one["provider_amount"]) for one in found)


def reconcile() -> int:
    return reconciliations.reconcile(tomorrow(), lambda: True).open_differences


def test_a_charge_is_exchanged_when_its_money_has_reached_the_balance(stage: StripeStage) -> None:
    payment = stage.a_payment(amount=10_000, currency="CNY")
    stage.deliver(*stage.events(*FOLLOWED))
    assert stage.balances_by_currency() == {("provider_balance", "CNY"): 10_000, ("sales", "CNY"): -10_000}
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    assert entries(stage, "conversion") == {
        ("provider_balance", "CNY", -10_000), ("currency_exchange", "CNY", 10_000),
        ("currency_exchange", "USD", -1400), ("provider_balance", "USD", 1400),
    }  # fmt: skip
    assert stage.balances_by_currency() == {
        ("sales", "CNY"): -10_000, ("currency_exchange", "CNY"): 10_000,
        ("currency_exchange", "USD"): -1400, ("provider_balance", "USD"): 1315, ("provider_fees", "USD"): 85,
    }  # fmt: skip
    assert stage.balance_at_provider() == {"USD": 1315}
    listed = stage.admin().get("/api/v1/admin/ledger", query={"payment_id": str(payment.id)}).json()["items"]
    assert {one["kind"] for one in listed} == {"sale", "capture", "fee", "conversion"}


def test_the_fee_may_be_told_before_the_payment(stage: StripeStage) -> None:
    stage.a_payment(amount=10_000, currency="CNY")
    stage.settle()
    stage.deliver(*stage.events("charge.updated"))
    assert ("provider_balance", "CNY") in stage.balances_by_currency()
    stage.deliver(*[event for event in reversed(stage.events(*FOLLOWED)) for _ in range(3)])
    assert ("provider_balance", "CNY") not in stage.balances_by_currency()
    assert stage.balances_by_currency()[("provider_balance", "USD")] == 1315


def test_a_refund_at_another_rate_leaves_what_the_rate_made_of_it(stage: StripeStage) -> None:
    payment = paid(stage)
    stage.account.ask("PUT", "/account", bank_currencies=[], exchange_rates={"cny": "0.15"})
    give_back(stage, payment, 10_000)
    stage.deliver(*stage.events(*FOLLOWED))
    assert stage.balances_by_currency() == {
        ("sales", "CNY"): -10_000, ("refunds", "CNY"): 10_000,
        ("currency_exchange", "USD"): 100, ("provider_balance", "USD"): -185, ("provider_fees", "USD"): 85,
    }  # fmt: skip
    assert stage.balance_at_provider() == {"USD": -185}


def test_a_refund_that_fails_is_exchanged_back(stage: StripeStage) -> None:
    payment = paid(stage, card="pm_card_refundFail")
    give_back(stage, payment, 4_000)
    assert stage.balances_by_currency()[("currency_exchange", "CNY")] == 6_000
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    assert stage.balances_by_currency()[("currency_exchange", "CNY")] == 10_000
    assert stage.balances_by_currency()[("provider_balance", "USD")] == stage.balance_at_provider()["USD"]


def test_a_dispute_costs_what_was_paid_in_its_currency_and_the_fee_in_ours(stage: StripeStage) -> None:
    paid(stage, card="pm_card_createDispute")
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    assert entries(stage, "dispute") == {
        ("disputes", "CNY", 10_000), ("currency_exchange", "CNY", -10_000),
        ("currency_exchange", "USD", 1400), ("provider_fees", "USD", 1500), ("provider_balance", "USD", -2900),
    }  # fmt: skip
    [dispute] = stage.admin().get("/api/v1/admin/disputes").json()["items"]
    body = {"evidence": {"uncategorized_text": "winning_evidence"}, "submit": True}
    stage.admin().post(f"/api/v1/admin/disputes/{dispute['id']}/evidence", json=body)
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    assert ("disputes", "CNY") not in stage.balances_by_currency()
    assert stage.balances_by_currency()[("provider_balance", "USD")] == stage.balance_at_provider()["USD"]


def test_a_day_of_exchanges_agrees_with_the_provider(stage: StripeStage) -> None:
    payment = paid(stage)
    paid(stage, currency="EUR", card="pm_card_createDispute")
    paid(stage, currency="USD")
    give_back(stage, payment, 700)
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    stage.account.client.v1.payouts.create(params={"amount": 500, "currency": "usd"})
    assert (reconcile(), differences(stage)) == (0, [])
    assert stage.balances_by_currency()[("bank", "USD")] == 500
    [listed] = stage.admin().get("/api/v1/admin/reconciliations").json()["items"]
    assert (listed["provider_transactions"], listed["open_differences"]) == (6, 0)


def test_an_exchange_that_the_books_lack_is_listed_until_its_event_comes(stage: StripeStage) -> None:
    stage.a_payment(amount=10_000, currency="CNY")
    stage.settle()
    stage.deliver(*stage.events("payment_intent.succeeded"))
    assert reconcile() == 2
    assert differences(stage) == [("fee", None, -85), ("missing_here", None, 1400)]
    stage.deliver(*stage.events("charge.updated"))
    assert (reconcile(), differences(stage)) == (0, [])


def test_an_exchange_of_what_the_books_do_not_have_is_a_difference(stage: StripeStage) -> None:
    stage.a_payment(amount=10_000, currency="CNY")
    stage.settle()
    stage.deliver(*stage.events("charge.updated"))
    assert reconcile() == 1
    assert differences(stage) == [("missing_here", None, 1400)]
    stage.deliver(*stage.events("payment_intent.succeeded"))
    assert (reconcile(), differences(stage)) == (0, [])


_CHARGES = st.tuples(
    st.sampled_from(["CNY", "EUR", "USD"]),
    st.sampled_from(["visa", "de", "refundFail", "createDispute", "createDisputeInquiry"]),
    st.integers(1_000, 50_000),
    st.lists(st.integers(1, 20_000), max_size=2),
)


@settings(max_examples=6)
@given(
    charges=st.lists(_CHARGES, min_size=1, max_size=3),
    rates=st.lists(st.decimals("0.05", "3", places=3), min_size=2, max_size=2),
    payout=st.integers(0, 5_000),
    shuffled=st.randoms(use_true_random=False),
)
def test_whatever_happens_in_several_currencies_the_books_agree_with_the_provider(
    stage: StripeStage, charges: list[Any], rates: list[Any], payout: int, shuffled: random.Random
) -> None:
    """One sequence after another, in one set of books: charges, refunds, disputes and a payout, told in any order."""
    stage.account.ask("PUT", "/account", **USD_ONLY)
    for currency, card, amount, refunds in charges:
        payment = stage.a_payment(f"pm_card_{card}", amount=amount, currency=currency)
        stage.deliver(*stage.events("payment_intent.succeeded"))
        now = {"cny": str(rates[0]), "eur": str(rates[1])}
        stage.account.ask("PUT", "/account", bank_currencies=[], exchange_rates=now)
        for given_back in refunds:
            give_back(stage, payment, given_back)
    stage.settle()
    if payout:
        stage.account.client.v1.payouts.create(params={"amount": payout, "currency": "usd"})
    events = stage.events(*FOLLOWED)
    shuffled.shuffle(events)
    stage.deliver(*events)
    for table in ("reconciliation_differences", "reconciliations"):  # the same day again
        stage.db.execute(text(f"DELETE FROM {table}"))
    stage.db.commit()
    assert reconcile() == 0

    held = {
        currency: amount
        for (account, currency), amount in stage.balances_by_currency().items()
        if account == "provider_balance"
    }
    assert held == stage.balance_at_provider()
    unbalanced = stage.db.execute(
        text("SELECT 1 FROM ledger_entries GROUP BY transaction_id, currency HAVING sum(amount) <> 0")
    )
    assert unbalanced.first() is None
