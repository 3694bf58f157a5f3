"""The worker: each event once, whatever else is in its batch."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from shared.models.catalog import StockLevel, StockMovement
from shared.models.ordering import Order
from shared.models.payments import Payment, PaymentStatusChange, ProviderEvent
from tests.factories import payments
from tests.integration.payments.function_process import all_at_once
from tests.integration.payments.stage import Stage, sqs_event
from tests.support.lambda_client import Context

SUCCEEDED = "payment_intent.succeeded"


def an_intent(stage: Stage, amount: int = 2497, currency: str = "usd", **metadata: str) -> str:
    """An intent at Stripe; its metadata is what a checkout of ours would give it, unless said otherwise."""
    made = stage.account.client.v1.payment_intents.create(
        params={"amount": amount, "currency": currency, "metadata": metadata}
    )
    return str(made.id)


def a_payment(stage: Stage, card: str | None = "pm_card_visa", **of: Any) -> Payment:
    """A checkout with its intent, recorded, and paid with this card."""
    checkout = payments.checkout(stage.db, **of)
    intent = an_intent(
        stage, checkout.total_amount, checkout.currency.lower(), checkout_id=str(checkout.id), environment="dev"
    )
    made = payments.payment(stage.db, checkout, intent)
    if card is not None:
        stage.pay(intent, card)
    return made


def outcomes(stage: Stage) -> dict[str, str]:
    stage.db.rollback()
    return {row.type: row.outcome for row in stage.db.query(ProviderEvent)}


def order_of(stage: Stage, payment: Payment) -> Order:
    stage.db.rollback()
    return stage.db.query(Order).filter_by(checkout_id=payment.checkout_id).one()


def test_the_sample_event_of_the_queue_is_understood(stage: Stage) -> None:
    sample = json.loads(Path("events/payments/on_webhook.json").read_text())
    intent = json.loads(sample["Records"][0]["body"])["data"]["object"]
    checkout = payments.checkout(stage.db, amount=intent["amount"])
    payments.payment(stage.db, checkout, intent["id"])
    assert stage.work(sample, Context()) == {"batchItemFailures": []}
    assert stage.payment(checkout).status == "succeeded"


def test_a_webhook_delivered_three_times_has_one_effect(stage: Stage) -> None:
    payment = a_payment(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    assert stage.deliver(succeeded, succeeded) == []
    assert stage.deliver(succeeded) == []
    assert [event["detail-type"] for event in stage.cloud.published()] == ["OrderPlaced", "OrderPaid"]
    assert stage.db.query(StockMovement).filter_by(reason="sale").count() == 1
    assert stage.db.query(PaymentStatusChange).filter_by(payment_id=payment.id).count() == 1
    assert order_of(stage, payment).status == "paid"


def test_workers_at_once_have_one_effect_between_them(stage: Stage) -> None:
    payment = a_payment(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    stage.account.client.v1.refunds.create(params={"payment_intent": payment.provider_payment_id, "amount": 500})
    (refunded,) = stage.events("charge.refunded")
    batches = [[succeeded, refunded], [refunded, succeeded], [succeeded], [refunded]]
    answers = all_at_once("on_webhook", [sqs_event([json.dumps(event) for event in batch]) for batch in batches])
    failed = [answer["batchItemFailures"] for answer in answers]
    assert failed == [[]] * 4

    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("partially_refunded", 500)
    assert order_of(stage, payment).status == "partially_refunded"
    assert stage.db.query(StockMovement).filter_by(reason="sale").count() == 1
    assert [event["detail-type"] for event in stage.cloud.published()].count("OrderPaid") == 1


def test_a_declined_card_leaves_a_failed_payment_that_can_still_succeed(stage: Stage) -> None:
    payment = a_payment(stage, "pm_card_visa_chargeDeclinedInsufficientFunds")
    stage.deliver(*stage.events("payment_intent.payment_failed"))
    stage.db.refresh(payment)
    assert (payment.status, payment.failure_code) == ("failed", "insufficient_funds")
    assert stage.db.query(Order).count() == 0

    stage.pay(payment.provider_payment_id)
    stage.deliver(*stage.events(SUCCEEDED))
    stage.db.refresh(payment)
    assert (payment.status, payment.failure_code) == ("succeeded", None)


def test_events_of_no_interest_are_noted_and_ignored(stage: Stage) -> None:
    stage.account.client.v1.customers.create(params={"email": "ada@example.com"})
    assert stage.deliver(*stage.events("customer.created")) == []
    assert outcomes(stage) == {"customer.created": "ignored"}


@pytest.mark.parametrize(
    "metadata", [{}, {"checkout_id": "0198c2a4-7b1e-7c3a-9d2f-5e8a41c7b6d0", "environment": "prod"}]
)
def test_intents_of_somebody_else_are_unmatched(stage: Stage, metadata: dict[str, str]) -> None:
    intent = an_intent(stage, **metadata)
    stage.pay(intent)
    stage.account.client.v1.refunds.create(params={"payment_intent": intent})
    assert stage.deliver(*stage.events(SUCCEEDED, "charge.refunded")) == []
    assert outcomes(stage) == {SUCCEEDED: "unmatched", "charge.refunded": "unmatched"}


def test_an_event_that_overtakes_the_recording_of_its_intent_is_delivered_again(stage: Stage) -> None:
    checkout = payments.checkout(stage.db)
    intent = an_intent(stage, checkout_id=str(checkout.id), environment="dev")
    stage.pay(intent)
    (succeeded,) = stage.events(SUCCEEDED)
    assert stage.deliver(succeeded) == ["0"]
    assert outcomes(stage) == {}

    payments.payment(stage.db, checkout, intent)
    assert stage.deliver(succeeded) == []
    assert stage.payment(checkout).status == "succeeded"


def test_a_poisonous_message_fails_alone(stage: Stage) -> None:
    payment = a_payment(stage)
    good = json.dumps(stage.events(SUCCEEDED)[0])
    assert stage.deliver_bodies(["not json", good, '{"id": "evt_x"}']) == ["0", "2"]
    assert order_of(stage, payment).status == "paid"


def test_a_whole_batch_of_poison_is_reported_not_raised(stage: Stage) -> None:
    assert stage.deliver_bodies(["", "{}"]) == ["0", "1"]


@pytest.mark.parametrize(("amount", "currency"), [(2496, "usd"), (2498, "usd"), (2497, "eur")])
def test_money_that_is_not_what_the_checkout_costs_is_not_taken_for_it(
    stage: Stage, amount: int, currency: str
) -> None:
    checkout = payments.checkout(stage.db, amount=2497, currency="USD")
    intent = an_intent(stage, amount, currency, checkout_id=str(checkout.id), environment="dev")
    payments.payment(stage.db, checkout, intent)
    stage.pay(intent)
    assert stage.deliver(*stage.events(SUCCEEDED)) == ["0"]
    assert (stage.payment(checkout).status, stage.order(checkout)) == ("requires_payment", None)
    assert outcomes(stage) == {}


def test_money_taken_by_a_canceled_intent_is_left_to_a_person(stage: Stage) -> None:
    payment = a_payment(stage)
    payment.status = "canceled"
    stage.db.commit()
    (succeeded,) = stage.events(SUCCEEDED)
    stage.account.client.v1.refunds.create(params={"payment_intent": payment.provider_payment_id})
    assert stage.deliver(succeeded, *stage.events("charge.refunded")) == ["0", "1"]
    assert outcomes(stage) == {}


def test_a_commit_that_fails_leaves_nothing_and_is_delivered_again(stage: Stage) -> None:
    payment = a_payment(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    stage.db.execute(
        text(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;"
            " CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON provider_events DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
    )
    stage.db.commit()
    try:
        assert stage.deliver(succeeded) == ["0"]
        stage.db.rollback()
        assert outcomes(stage) == {}
        assert stage.db.query(Order).count() == 0
        assert stage.cloud.published() == []
    finally:
        stage.db.execute(text("DROP TRIGGER refuse ON provider_events; DROP FUNCTION refuse()"))
        stage.db.commit()
    assert stage.deliver(succeeded) == []
    assert order_of(stage, payment).status == "paid"


def test_a_payment_locked_by_somebody_else_is_tried_again_later(stage: Stage, database_url: str) -> None:
    payment = a_payment(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    with psycopg.connect(database_url) as other:
        other.execute("SELECT FROM payments WHERE id = %s FOR UPDATE", (payment.id,))
        assert stage.deliver(succeeded) == ["0"]
    assert stage.deliver(succeeded) == []


def test_paid_too_late_and_sold_out_the_money_goes_back_once(stage: Stage) -> None:
    payment = a_payment(stage, expires_in=timedelta(minutes=-1))
    payments.sold_out(stage.db, stage.db.get_one(payments.Checkout, payment.checkout_id))
    (succeeded,) = stage.events(SUCCEEDED)
    assert stage.deliver(succeeded, succeeded) == []

    refunds = stage.account.client.v1.refunds.list(params={"payment_intent": payment.provider_payment_id})
    assert [refund.amount for refund in refunds.data] == [2497]
    assert order_of(stage, payment).status == "cancelled"
    assert stage.deliver(*stage.events("charge.refunded")) == []
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("refunded", 2497)
    assert order_of(stage, payment).status == "refunded"
    assert "OrderPaid" not in [event["detail-type"] for event in stage.cloud.published()]


def test_a_refund_that_stripe_could_not_take_is_asked_for_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    payment = a_payment(stage, expires_in=timedelta(minutes=-1))
    payments.sold_out(stage.db, stage.db.get_one(payments.Checkout, payment.checkout_id))
    (succeeded,) = stage.events(SUCCEEDED)
    stage.account.ask("POST", "/faults", status=500, path_prefix="/v1/refunds", applied=True)  # every try is lost
    assert stage.deliver(succeeded) == ["0"]
    assert outcomes(stage) == {SUCCEEDED: "refund_due"}

    # Units that came back meanwhile must not turn the promised refund into a sale.
    stage.db.query(StockLevel).update({"on_hand": 5})
    stage.db.commit()
    stage.account.ask("DELETE", "/faults")
    assert stage.deliver(succeeded) == []
    assert outcomes(stage) == {SUCCEEDED: "applied"}
    refunds = stage.account.client.v1.refunds.list(params={"payment_intent": payment.provider_payment_id})
    assert len(refunds.data) == 1
    assert order_of(stage, payment).status == "cancelled"


def test_a_late_refund_that_a_person_made_already_counts(stage: Stage) -> None:
    payment = a_payment(stage, expires_in=timedelta(minutes=-1))
    payments.sold_out(stage.db, stage.db.get_one(payments.Checkout, payment.checkout_id))
    stage.account.client.v1.refunds.create(params={"payment_intent": payment.provider_payment_id})
    assert stage.deliver(*stage.events(SUCCEEDED)) == []
    refunds = stage.account.client.v1.refunds.list(params={"payment_intent": payment.provider_payment_id})
    assert len(refunds.data) == 1


def test_an_expired_checkout_whose_units_are_still_there_is_sold(stage: Stage) -> None:
    payment = a_payment(stage, expires_in=timedelta(minutes=-1))
    checkout = stage.db.get_one(payments.Checkout, payment.checkout_id)
    payments.sold_out(stage.db, checkout)
    stage.db.query(StockLevel).update({"on_hand": 1})
    stage.db.commit()
    stage.deliver(*stage.events(SUCCEEDED))
    assert order_of(stage, payment).status == "paid"
    assert stage.db.query(StockLevel).one().on_hand == 0


def test_partial_and_full_refunds_move_payment_and_order(stage: Stage) -> None:
    payment = a_payment(stage)
    refund = stage.account.client.v1.refunds.create
    stage.deliver(*stage.events(SUCCEEDED))
    refund(params={"payment_intent": payment.provider_payment_id, "amount": 1000})
    stage.deliver(*stage.events("refund.created"))
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("partially_refunded", 1000)
    assert order_of(stage, payment).status == "partially_refunded"

    refund(params={"payment_intent": payment.provider_payment_id})
    stage.deliver(*stage.events("charge.refunded"))
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("refunded", 2497)
    assert order_of(stage, payment).status == "refunded"


def test_a_refund_before_its_success_applies_both(stage: Stage) -> None:
    payment = a_payment(stage)
    stage.account.client.v1.refunds.create(params={"payment_intent": payment.provider_payment_id, "amount": 1000})
    assert stage.deliver(*stage.events("charge.refunded")) == []
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_captured, payment.amount_refunded) == ("partially_refunded", 2497, 1000)
    assert order_of(stage, payment).status == "partially_refunded"
    assert stage.deliver(*stage.events(SUCCEEDED)) == []
    assert order_of(stage, payment).status == "partially_refunded"


def test_a_refund_that_fails_later_leaves_the_payment_paid(stage: Stage) -> None:
    payment = a_payment(stage, "pm_card_refundFail")
    stage.deliver(*stage.events(SUCCEEDED))
    stage.account.client.v1.refunds.create(params={"payment_intent": payment.provider_payment_id})
    stage.account.ask("POST", "/settle")
    stage.deliver(*stage.events("refund.created", "charge.refunded", "refund.failed", "charge.refund.updated"))
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("succeeded", 0)


def test_a_refund_of_a_charge_without_intent_is_unmatched(stage: Stage) -> None:
    event = {
        "id": "evt_1",
        "type": "charge.refunded",
        "created": 1_790_000_000,
        "data": {"object": {"id": "ch_1", "object": "charge", "payment_intent": None}},
    }
    assert stage.deliver(event) == []
    assert outcomes(stage) == {"charge.refunded": "unmatched"}


def test_stripe_being_down_delays_an_event_that_has_to_ask_it(stage: Stage) -> None:
    payment = a_payment(stage)
    stage.deliver(*stage.events(SUCCEEDED))
    stage.account.client.v1.refunds.create(params={"payment_intent": payment.provider_payment_id})
    (refunded,) = stage.events("charge.refunded")
    stage.account.ask("POST", "/faults", status=500)
    assert stage.deliver(refunded) == ["0"]
    stage.account.ask("DELETE", "/faults")
    assert stage.deliver(refunded) == []
    assert order_of(stage, payment).status == "refunded"


def test_lag_and_outcomes_are_counted(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    a_payment(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    capsys.readouterr()
    stage.work(sqs_event([json.dumps(succeeded), "poison"]), Context())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (metrics,) = [line for line in lines if "_aws" in line]
    assert metrics["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "ShareStack"
    assert 0 <= metrics["WebhookLag"][0] < 60
    assert (metrics["WebhooksApplied"], metrics["WebhooksFailed"]) == ([1.0], [1.0])
