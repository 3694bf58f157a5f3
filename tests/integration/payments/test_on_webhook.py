"""The worker: each event once, whatever else is in its batch."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from shared.contexts.catalog.models.products import StockMovement
from shared.contexts.ordering.models.orders import Order
from shared.contexts.payments.models.payments import PaymentStatusChange
from tests.factories import payments
from tests.integration.payments.function_process import all_at_once
from tests.integration.payments.stage import Stage, StripeStage, sqs_event
from tests.support.lambda_client import Context

SUCCEEDED = "payment_intent.succeeded"


def test_the_sample_event_of_the_queue_is_understood(stripe_stage: StripeStage) -> None:
    sample = json.loads(Path("events/payments/on_webhook.json").read_text())
    intent = json.loads(sample["Records"][0]["body"])["data"]["object"]
    checkout = payments.checkout(stripe_stage.db, amount=intent["amount"])
    payments.payment(stripe_stage.db, checkout, intent["id"])
    assert stripe_stage.work(sample, Context()) == {"batchItemFailures": []}
    assert stripe_stage.payment(checkout).status == "succeeded"


def test_a_webhook_delivered_three_times_has_one_effect(stage: Stage) -> None:
    payment = stage.a_payment()
    (succeeded,) = stage.events(SUCCEEDED)
    assert stage.deliver(succeeded, succeeded) == []
    assert stage.deliver(succeeded) == []
    assert stage.outcomes() == {SUCCEEDED: "applied"}
    assert [event["detail-type"] for event in stage.cloud.published()] == ["OrderPlaced", "OrderPaid"]
    assert stage.db.query(StockMovement).filter_by(reason="sale").count() == 1
    assert stage.db.query(PaymentStatusChange).filter_by(payment_id=payment.id).count() == 1
    assert stage.order_of(payment).status == "paid"


def test_workers_at_once_have_one_effect_between_them(stripe_stage: StripeStage) -> None:
    payment = stripe_stage.a_payment()
    (succeeded,) = stripe_stage.events(SUCCEEDED)
    stripe_stage.account.client.v1.refunds.create(params={"payment_intent": payment.provider_payment_id, "amount": 500})
    (refunded,) = stripe_stage.events("charge.refunded")
    batches = [[succeeded, refunded], [refunded, succeeded], [succeeded], [refunded]]
    answers = all_at_once("on_webhook", [sqs_event([json.dumps(event) for event in batch]) for batch in batches])
    failed = [answer["batchItemFailures"] for answer in answers]
    assert failed == [[]] * 4

    stripe_stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("partially_refunded", 500)
    assert stripe_stage.order_of(payment).status == "partially_refunded"
    assert stripe_stage.db.query(StockMovement).filter_by(reason="sale").count() == 1
    assert [event["detail-type"] for event in stripe_stage.cloud.published()].count("OrderPaid") == 1


def test_a_declined_card_leaves_a_failed_payment_that_can_still_succeed(stage: Stage) -> None:
    payment = stage.a_payment("pm_card_visa_chargeDeclinedInsufficientFunds")
    stage.deliver(*stage.events("payment_intent.payment_failed"))
    stage.db.refresh(payment)
    assert (payment.status, payment.failure_code) == ("failed", "insufficient_funds")
    assert stage.db.query(Order).count() == 0

    stage.pay(payment.provider_payment_id)
    stage.deliver(*stage.events(SUCCEEDED))
    stage.db.refresh(payment)
    assert (payment.status, payment.failure_code) == ("succeeded", None)


def test_events_of_no_interest_are_noted_and_ignored(stripe_stage: StripeStage) -> None:
    stripe_stage.account.client.v1.customers.create(params={"email": "ada@example.com"})
    assert stripe_stage.deliver(*stripe_stage.events("customer.created")) == []
    assert stripe_stage.outcomes() == {"customer.created": "ignored"}


@pytest.mark.parametrize(
    "metadata", [{}, {"checkout_id": "0198c2a4-7b1e-7c3a-9d2f-5e8a41c7b6d0", "environment": "prod"}]
)
def test_intents_of_somebody_else_are_unmatched(stage: Stage, metadata: dict[str, str]) -> None:
    intent = stage.an_intent(**metadata)
    stage.pay(intent)
    stage.provider.account.refund(intent)
    assert stage.deliver(*stage.events(SUCCEEDED, "charge.refunded")) == []
    assert stage.outcomes() == {SUCCEEDED: "unmatched", "charge.refunded": "unmatched"}


def test_an_event_that_overtakes_the_recording_of_its_intent_is_delivered_again(stage: Stage) -> None:
    checkout = payments.checkout(stage.db)
    intent = stage.an_intent(checkout_id=str(checkout.id), environment="dev")
    stage.pay(intent)
    (succeeded,) = stage.events(SUCCEEDED)
    assert stage.deliver(succeeded) == ["0"]
    assert stage.outcomes() == {}

    payments.payment(stage.db, checkout, intent)
    assert stage.deliver(succeeded) == []
    assert stage.payment(checkout).status == "succeeded"


def test_a_poisonous_message_fails_alone(stage: Stage) -> None:
    payment = stage.a_payment()
    good = json.dumps(stage.events(SUCCEEDED)[0])
    assert stage.deliver_bodies(["not json", good, '{"id": "evt_x"}']) == ["0", "2"]
    assert stage.order_of(payment).status == "paid"


def test_a_whole_batch_of_poison_is_reported_not_raised(stage: Stage) -> None:
    assert stage.deliver_bodies(["", "{}"]) == ["0", "1"]


@pytest.mark.parametrize(("amount", "currency"), [(2496, "usd"), (2498, "usd"), (2497, "eur")])
def test_money_that_is_not_what_the_checkout_costs_is_not_taken_for_it(
    stage: Stage, amount: int, currency: str
) -> None:
    checkout = payments.checkout(stage.db, amount=2497, currency="USD")
    intent = stage.an_intent(amount, currency, checkout_id=str(checkout.id), environment="dev")
    payments.payment(stage.db, checkout, intent)
    stage.pay(intent)
    assert stage.deliver(*stage.events(SUCCEEDED)) == ["0"]
    assert (stage.payment(checkout).status, stage.order(checkout)) == ("requires_payment", None)
    assert stage.outcomes() == {}


def test_money_taken_by_a_canceled_intent_is_left_to_a_person(stage: Stage) -> None:
    payment = stage.a_payment()
    payment.status = "canceled"
    stage.db.commit()
    (succeeded,) = stage.events(SUCCEEDED)
    stage.refund_at_dashboard(payment)
    assert stage.deliver(succeeded, *stage.events("charge.refunded")) == ["0", "1"]
    assert stage.outcomes() == {}


def test_a_commit_that_fails_leaves_nothing_and_is_delivered_again(stage: Stage) -> None:
    payment = stage.a_payment()
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
        assert stage.outcomes() == {}
        assert stage.db.query(Order).count() == 0
        assert stage.cloud.published() == []
    finally:
        stage.db.execute(text("DROP TRIGGER refuse ON provider_events; DROP FUNCTION refuse()"))
        stage.db.commit()
    assert stage.deliver(succeeded) == []
    assert stage.order_of(payment).status == "paid"


def test_a_payment_locked_by_somebody_else_is_tried_again_later(stage: Stage, database_url: str) -> None:
    payment = stage.a_payment()
    (succeeded,) = stage.events(SUCCEEDED)
    with psycopg.connect(database_url) as other:
        other.execute("SELECT FROM payments WHERE id = %s FOR UPDATE", (payment.id,))
        assert stage.deliver(succeeded) == ["0"]
    assert stage.deliver(succeeded) == []


def test_lag_and_outcomes_are_counted(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.a_payment()
    (succeeded,) = stage.events(SUCCEEDED)
    capsys.readouterr()
    stage.work(sqs_event([json.dumps(succeeded), "poison"]), Context())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (metrics,) = [line for line in lines if "_aws" in line]
    assert metrics["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "ShareStack"
    assert 0 <= metrics["WebhookLag"][0] < 60
    assert (metrics["WebhooksApplied"], metrics["WebhooksFailed"]) == ([1.0], [1.0])
