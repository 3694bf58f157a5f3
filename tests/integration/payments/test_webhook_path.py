"""A webhook's way: ingest, queue, worker, order paid, event on the bus."""

from __future__ import annotations

import pytest

from tests.factories import identity, payments
from tests.integration.payments.stage import CORRELATION_ID, StripeStage


@pytest.fixture
def stage(stripe_stage: StripeStage) -> StripeStage:
    """Only Stripe does what is tested here."""
    return stripe_stage


def test_a_card_payment_ends_in_a_paid_order(stage: StripeStage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    opened = stage.open_intent(stage.as_user(user), checkout)
    assert opened.status == 201

    stage.pay(stage.intent_of(checkout))
    stage.account.receiver.wait_for("payment_intent.succeeded")
    for webhook in stage.account.receiver.received:
        assert stage.post_webhook(webhook.payload, webhook.signature).status == 200
    assert stage.work_off_queue() == []

    order = stage.order(checkout)
    assert order is not None
    assert (order.status, order.payment_intent_id) == ("paid", stage.intent_of(checkout))
    payment = stage.payment(checkout)
    assert (payment.status, payment.amount_captured, payment.order_id) == ("succeeded", 2497, order.id)
    published = stage.cloud.published()
    assert [event["detail-type"] for event in published] == ["OrderPlaced", "OrderPaid"]
    assert {event["detail"]["correlation_id"] for event in published} == {CORRELATION_ID}
