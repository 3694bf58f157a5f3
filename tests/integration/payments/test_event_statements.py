"""How much work a payment's events and its mail are: what the capacity model is computed with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from infra.capacity.scenario import EVENT, EVENTS_PER_PAYMENT, MAIL
from tests.integration.payments.stage import StripeStage
from tests.support import triggers
from tests.support.lambda_client import Context
from tests.support.statements import recorded


@pytest.fixture
def stage(stripe_stage: StripeStage) -> StripeStage:
    """Only Stripe does what is tested here."""
    return stripe_stage


ROOT = Path(__file__).parents[3]


def test_a_payment_s_events_take_the_statements_that_capacity_is_computed_with(stage: StripeStage) -> None:
    stage.deliver(*_events_of_a_payment(stage))  # what a process reads once
    events = _events_of_a_payment(stage)
    assert len(events) == EVENTS_PER_PAYMENT
    with recorded() as statements:
        assert stage.deliver(*events) == []
    assert len(statements) / len(events) == pytest.approx(EVENT.trips, abs=0.5)


def test_a_mail_takes_the_statements_that_capacity_is_computed_with(stage: StripeStage) -> None:
    handler = triggers.handler("notifications.on_order_events")
    event = json.loads((ROOT / "events/notifications/on_order_events.json").read_text())
    handler(event, Context())  # what a process reads once
    [record] = event["Records"]
    body = json.loads(record["body"])
    body["detail"]["data"]["order_id"] = "01990000-0000-7000-8000-0000000000ff"
    record["body"] = json.dumps(body)
    with recorded() as statements:
        assert handler(event, Context()) == {"batchItemFailures": []}
    assert len(statements) == MAIL.trips


def _events_of_a_payment(stage: StripeStage) -> list[dict[str, object]]:
    known = {event["id"] for event in stage.events()}
    stage.a_payment()
    stage.settle()
    return [event for event in stage.events() if event["id"] not in known]
