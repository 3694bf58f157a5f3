"""Ordering asks for money back over the bus; each request is acted on once, whatever else happens meanwhile."""

from __future__ import annotations

import importlib
import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from shared.contexts.ordering.models.orders import OrderItem
from shared.contexts.payments.models.payments import Payment
from shared.contexts.payments.models.refunds import Refund
from tests.integration.payments.stage import Stage, StripeStage, sqs_event
from tests.support.contenders import at_once
from tests.support.lambda_client import Context

SUCCEEDED = "payment_intent.succeeded"


def requested(stage: Stage, payment: Payment, **changed: Any) -> str:
    """The message of a cancelled order; `changed` replaces members of the request."""
    message = json.loads(Path("events/domain/RefundRequested.json").read_text())
    message["detail"]["data"] |= {
        "request_id": str(uuid.uuid4()),
        "order_id": str(stage.order_of(payment).id),
        "amount": payment.amount,
        "reason": "cancelled",
        "lines": [],
        **changed,
    }
    return json.dumps(message)


def deliver(*bodies: str) -> list[str]:
    handler = importlib.import_module("functions.payments.handlers.on_order_events").handler
    answer = handler(sqs_event(list(bodies)), Context())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def a_captured_payment(stage: Stage, **of: Any) -> Payment:
    payment = stage.a_payment(**of)
    stage.deliver(*stage.events(SUCCEEDED))
    stage.db.refresh(payment)
    return payment


def refunds_at_provider(stage: Stage) -> list[int]:
    return stage.refunds_at_provider()


def test_a_cancelled_order_is_refunded_once_however_often_it_is_asked_for(stage: Stage) -> None:
    payment = a_captured_payment(stage)
    body = requested(stage, payment)
    assert deliver(body, body) == []
    assert deliver(body) == []
    assert refunds_at_provider(stage) == [2497]
    stage.db.refresh(payment)
    assert payment.status == "refunded"
    row = stage.db.query(Refund).one()
    assert (row.status, row.actor, row.reason) == ("succeeded", "ordering", "cancelled")
    types = [event["detail-type"] for event in stage.cloud.published()]
    assert types.count("OrderRefunded") == 1


def test_workers_at_once_refund_a_request_once(stripe_stage: StripeStage) -> None:
    payment = a_captured_payment(stripe_stage)
    body = requested(stripe_stage, payment)
    stripe_stage.db.rollback()
    assert at_once(4, lambda _: deliver(body)) == [[]] * 4
    assert refunds_at_provider(stripe_stage) == [2497]


def test_units_that_an_administrator_refunded_meanwhile_are_not_refunded_again(stage: Stage) -> None:
    payment = a_captured_payment(stage, amount=3000, quantity=3)
    item = str(stage.db.query(OrderItem.id).scalar())
    stage.admin().post(
        f"/api/v1/admin/payments/{payment.id}/refunds",
        json={"reason": "damaged", "lines": [{"order_item_id": item, "quantity": 2}]},
        headers={"Idempotency-Key": "two-of-three"},
    )
    lines = [{"order_item_id": item, "quantity": 3, "amount": 3000}]
    assert deliver(requested(stage, payment, amount=3000, reason="returned", lines=lines)) == []
    assert refunds_at_provider(stage) == [1000, 2000]
    again = requested(stage, payment, amount=3000, reason="returned", lines=lines)
    assert deliver(again) == []
    assert refunds_at_provider(stage) == [1000, 2000]


def test_a_provider_that_is_away_delays_the_refund_and_loses_nothing(stage: Stage) -> None:
    payment = a_captured_payment(stage)
    with stage.provider_away():
        assert deliver(requested(stage, payment)) == []
    assert stage.db.query(Refund).one().status == "pending"
    stage.resolve_refunds()
    assert refunds_at_provider(stage) == [2497]


@pytest.mark.parametrize("body", ["", "{}", '{"detail-type": "OrderPaid"}'])
def test_what_is_no_request_fails_alone(stage: Stage, body: str) -> None:
    payment = a_captured_payment(stage)
    assert deliver(body, requested(stage, payment)) == ["0"]
    assert refunds_at_provider(stage) == [2497]


def test_a_request_for_an_order_that_nobody_paid_is_delivered_again(stage: Stage) -> None:
    payment = a_captured_payment(stage)
    assert deliver(requested(stage, payment, order_id=str(uuid.uuid4()))) == ["0"]


def test_the_sample_event_is_understood(stage: Stage) -> None:
    handler = importlib.import_module("functions.payments.handlers.on_order_events").handler
    sample = json.loads(Path("events/payments/on_order_events.json").read_text())
    [failed] = handler(sample, Context())["batchItemFailures"]  # there is no such order
    assert failed["itemIdentifier"] == sample["Records"][0]["messageId"]
