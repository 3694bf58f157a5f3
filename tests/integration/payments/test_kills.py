"""The worker is killed at the worst moments; what SQS then delivers again loses nothing and repeats nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

from shared import outbox
from shared.contexts.catalog.models.products import StockLevel, StockMovement
from shared.contexts.ordering.models.orders import Checkout, Order
from shared.contexts.payments.models.payments import Payment, ProviderEvent
from shared.contexts.payments.models.refunds import Refund
from shared.tables.platform import OutboxEvent
from tests.factories import payments
from tests.integration.payments.stage import StripeStage, sqs_event


@pytest.fixture
def stage(stripe_stage: StripeStage) -> StripeStage:
    """Only Stripe does what is tested here."""
    return stripe_stage


SUCCEEDED = "payment_intent.succeeded"


def a_paid_checkout(stage: StripeStage, **options: Any) -> Checkout:
    checkout = payments.checkout(stage.db, **options)
    intent = stage.account.client.v1.payment_intents.create(
        params={"amount": checkout.total_amount, "currency": checkout.currency.lower()}
    )
    payments.payment(stage.db, checkout, str(intent.id))
    stage.pay(str(intent.id))
    return checkout


def killed(point: str, *events: dict[str, Any]) -> None:
    """Run the worker on this batch in a process that dies at the point."""
    batch = json.dumps(sqs_event([json.dumps(event) for event in events]))
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.payments.killed_worker", point],
        input=batch,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


def count(stage: StripeStage, table: type[Any], **values: Any) -> int:
    stage.db.rollback()
    return stage.db.query(table).filter_by(**values).count()


def types_published(stage: StripeStage) -> list[str]:
    return [event["detail-type"] for event in stage.cloud.published()]


def assert_paid_once(stage: StripeStage, checkout: Checkout) -> None:
    order = stage.order(checkout)
    assert order is not None
    assert (order.status, stage.payment(checkout).status) == ("paid", "succeeded")
    assert count(stage, StockMovement, reason="sale", reference=str(order.id)) == 1
    assert count(stage, OutboxEvent, type="OrderPaid") == 1
    assert count(stage, ProviderEvent, type=SUCCEEDED, outcome="applied") == 1


def test_killed_before_the_commit_nothing_happened(stage: StripeStage) -> None:
    checkout = a_paid_checkout(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    killed("before commit", succeeded)
    assert [count(stage, table) for table in (Order, ProviderEvent, OutboxEvent)] == [0, 0, 0]

    assert stage.deliver(succeeded) == []
    assert_paid_once(stage, checkout)
    assert types_published(stage) == ["OrderPlaced", "OrderPaid"]


def test_killed_between_commit_and_publish_the_sweeper_publishes_once(stage: StripeStage) -> None:
    checkout = a_paid_checkout(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    killed("between commit and publish", succeeded)
    assert_paid_once(stage, checkout)
    assert types_published(stage) == []

    assert stage.deliver(succeeded) == []
    assert_paid_once(stage, checkout)
    assert types_published(stage) == []  # a redelivery is no second effect, and not what publishes
    assert outbox.sweep(older_than_seconds=0) == 2
    assert types_published(stage) == ["OrderPlaced", "OrderPaid"]
    assert outbox.sweep(older_than_seconds=0) == 0


def test_killed_after_publishing_the_event_comes_twice_under_one_id(stage: StripeStage) -> None:
    checkout = a_paid_checkout(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    killed("between publish and its mark", succeeded)
    assert stage.deliver(succeeded) == []
    outbox.sweep(older_than_seconds=0)
    assert_paid_once(stage, checkout)
    published = [event["detail"]["id"] for event in stage.cloud.published()]
    assert (len(published), len(set(published))) == (4, 2)  # consumers know an event by its id


def test_killed_between_effect_and_acknowledgement_a_redelivery_changes_nothing(stage: StripeStage) -> None:
    checkout = a_paid_checkout(stage)
    (succeeded,) = stage.events(SUCCEEDED)
    killed("before acknowledgement", succeeded)
    assert stage.deliver(succeeded) == []
    assert_paid_once(stage, checkout)
    assert types_published(stage) == ["OrderPlaced", "OrderPaid"]


def test_killed_in_the_middle_of_a_batch_every_record_ends_with_one_effect(stage: StripeStage) -> None:
    checkouts = [a_paid_checkout(stage) for _ in range(3)]
    events = stage.events(SUCCEEDED)
    done, *rest = events
    assert stage.deliver(done) == []
    killed("in the middle of a batch", *events)  # the first is known already, the second dies at work
    assert count(stage, Payment, status="succeeded") == 1
    assert stage.deliver(*events) == []
    assert len(rest) == 2
    for checkout in checkouts:
        order = stage.order(checkout)
        assert order is not None
        assert count(stage, StockMovement, reason="sale", reference=str(order.id)) == 1
    assert sorted(types_published(stage)) == ["OrderPaid"] * 3 + ["OrderPlaced"] * 3


@pytest.mark.parametrize("point", ["between debt and refund", "between refund and its mark"])
def test_killed_while_giving_money_back_it_goes_back_once(stage: StripeStage, point: str) -> None:
    checkout = a_paid_checkout(stage, expires_in=timedelta(minutes=-1))
    payments.sold_out(stage.db, checkout)
    (succeeded,) = stage.events(SUCCEEDED)
    killed(point, succeeded)
    assert count(stage, Refund, status="pending") == 1

    stage.db.query(StockLevel).update({"on_hand": 5})  # units that came back do not undo what was decided
    stage.db.commit()
    assert stage.deliver(succeeded) == []
    stage.resolve_refunds()
    assert stage.deliver(succeeded) == []
    refunds = stage.account.client.v1.refunds.list(params={"payment_intent": stage.intent_of(checkout)})
    assert [refund.amount for refund in refunds.data] == [2497]
    order = stage.order(checkout)
    assert order is not None
    assert order.status == "refunded"
    assert count(stage, Refund, status="succeeded") == 1
