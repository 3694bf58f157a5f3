"""The books: every movement once, each adding up to zero, and none ever changed."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.contexts.ordering.models.orders import Checkout
from tests.factories import payments
from tests.integration.payments.stage import Stage

FOLLOWED = (
    "payment_intent.succeeded",
    "charge.updated",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
CARDS = ("visa", "de", "refundFail", "pendingRefund", "createDispute", "createDisputeInquiry")


def test_a_sale_is_split_into_goods_tax_and_shipping(stage: Stage) -> None:
    checkout = payments.checkout(stage.db, amount=2497)
    checkout.total_amount, checkout.tax_amount, checkout.shipping_amount = 3297, 300, 500
    stage.db.commit()
    intent = stage.an_intent(3297, checkout_id=str(checkout.id), environment="dev")
    payments.payment(stage.db, checkout, intent)
    stage.pay(intent)
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    fee = 126
    assert stage.balances() == {
        "provider_balance": 3297 - fee, "provider_fees": fee, "sales": -2497, "tax": -300, "shipping": -500,
    }  # fmt: skip
    # Half of the money back takes half of the tax back.
    path = f"/api/v1/admin/payments/{stage.payment(checkout).id}/refunds"
    reply = stage.admin().post(
        path, json={"reason": "goodwill", "amount": 1648}, headers={"Idempotency-Key": "half-of-it"}
    )
    assert reply.json()["tax_amount"] == 149
    rest = stage.admin().post(path, json={"reason": "goodwill"}, headers={"Idempotency-Key": "the-rest-of-it"})
    assert rest.json()["tax_amount"] == 151
    assert "tax" not in stage.balances()


def test_money_that_bought_nothing_is_no_sale(stage: Stage) -> None:
    payment = stage.a_payment(expires_in=timedelta(minutes=-1))
    payments.sold_out(stage.db, stage.db.get_one(Checkout, payment.checkout_id))
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    assert stage.balances() == {"provider_fees": 102, "provider_balance": -102}


def test_administrators_read_the_books(stage: Stage) -> None:
    payment = stage.a_payment()
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    admin = stage.admin()
    listed = admin.get("/api/v1/admin/ledger", query={"limit": 2}).json()
    rest = admin.get("/api/v1/admin/ledger", query={"limit": 2, "cursor": listed["next_cursor"]}).json()
    kinds = [one["kind"] for one in listed["items"] + rest["items"]]
    assert sorted(kinds) == ["capture", "fee", "sale"]
    assert all(sum(entry["amount"] for entry in one["entries"]) == 0 for one in listed["items"])

    def count(**query: str) -> int:
        return len(admin.get("/api/v1/admin/ledger", query=query).json()["items"])

    later, earlier = datetime.now(UTC) + timedelta(hours=2), datetime.now(UTC) - timedelta(hours=2)
    assert [count(account="provider_fees"), count(account="sales"), count(account="tax")] == [1, 1, 0]
    assert [count(payment_id=str(payment.id)), count(payment_id=str(uuid.uuid4()))] == [3, 0]
    assert [count(created_from=earlier.isoformat()), count(created_from=later.isoformat())] == [3, 0]
    assert [count(created_from="1815-12-10T00:00:00Z"), count(created_before="9999-12-31T23:59:59Z")] == [3, 3]
    assert [count(created_before=later.isoformat()), count(created_before=earlier.isoformat())] == [3, 0]
    balances = admin.get("/api/v1/admin/ledger/balances").json()["items"]
    assert sum(one["amount"] for one in balances) == 0
    assert {"account": "provider_balance", "currency": "USD", "amount": 2395} in balances


@pytest.mark.parametrize("statement", ["UPDATE ledger_entries SET amount = 1", "DELETE FROM ledger_transactions"])
def test_nothing_that_was_entered_is_ever_changed(stage: Stage, statement: str) -> None:
    stage.a_payment()
    stage.deliver(*stage.events(*FOLLOWED))
    with pytest.raises(IntegrityError, match="append-only"):
        stage.db.execute(text(statement))
    stage.db.rollback()


def test_a_transaction_that_does_not_add_up_to_zero_is_refused(stage: Stage, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "INSERT INTO ledger_transactions (kind, source_id, provider, occurred_at)"
            " VALUES ('payout', 'po_1', 'stripe', now()) RETURNING id"
        ).fetchone()
        assert row is not None
        with pytest.raises(psycopg.errors.CheckViolation, match="add up to zero"):
            connection.execute(
                "INSERT INTO ledger_entries (transaction_id, account, currency, amount)"
                " VALUES (%s, 'bank', 'USD', 5), (%s, 'provider_balance', 'EUR', -5)",
                (row[0], row[0]),
            )


@settings(max_examples=6)
@given(
    card=st.sampled_from(CARDS),
    refunded=st.lists(st.integers(1, 1500), max_size=3),
    outcome=st.sampled_from(["winning_evidence", "losing_evidence", None]),
    shuffled=st.randoms(use_true_random=False),
)
def test_whatever_happens_the_books_agree_with_the_provider(
    stage: Stage, card: str, refunded: list[int], outcome: str | None, shuffled: random.Random
) -> None:
    """One payment after another, in one set of books."""
    payment = stage.a_payment(f"pm_card_{card}")
    stage.deliver(*stage.events(FOLLOWED[0]))
    admin = stage.admin()
    for number, amount in enumerate(refunded):
        admin.post(
            f"/api/v1/admin/payments/{payment.id}/refunds",
            json={"reason": "goodwill", "amount": amount},
            headers={"Idempotency-Key": f"refund-{number}"},
        )
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    for dispute in admin.get("/api/v1/admin/disputes").json()["items"]:
        if outcome:
            body = {"evidence": {"uncategorized_text": outcome}, "submit": True}
            admin.post(f"/api/v1/admin/disputes/{dispute['id']}/evidence", json=body)
    stage.settle()
    events = stage.events(*FOLLOWED)
    shuffled.shuffle(events)
    stage.deliver(*events)

    assert stage.balances().get("provider_balance", 0) == stage.balance_at_provider().get("USD", 0)
    assert sum(stage.balances().values()) == 0
    stage.db.refresh(payment)
    refunds = stage.provider.refunds(payment.provider_payment_id)
    assert payment.amount_refunded == sum(one.amount for one in refunds if one.status != "failed") <= 2497
