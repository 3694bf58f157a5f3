"""An intent does not take any number of cards: five declined charges end the payment of a checkout."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
import stripe
from sqlalchemy import text

from shared import outbox
from shared.contexts.catalog.models.products import StockLevel
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering import orders
from shared.contexts.ordering.models.orders import Checkout, OrderStatusChange
from shared.contexts.payments.models.payments import FraudDecision, Payment
from tests.factories import identity
from tests.integration.payments.stage import StripeStage

MOST = 5
DECLINED = "pm_card_visa_chargeDeclined"
FAILED = ("charge.failed", "payment_intent.payment_failed")
SUCCEEDED = ("charge.succeeded", "payment_intent.succeeded")


def an_order(stage: StripeStage) -> Payment:
    """A customer's order that waits for its payment."""
    payment = stage.an_open_payment(user=identity.user(stage.db))
    with outbox.unit_of_work() as connection:
        orders.place(connection, payment.checkout_id, actor="customer")
    return payment


def decline(stage: StripeStage, payment: Payment, times: int) -> None:
    for _ in range(times):
        stage.pay(payment.provider_payment_id, DECLINED)


def statuses(stage: StripeStage, payment: Payment) -> tuple[str, str, str]:
    """Of the payment, of its order, and of its intent at the provider."""
    intent = stage.account.client.v1.payment_intents.retrieve(payment.provider_payment_id)
    order = stage.order_of(payment)
    stage.db.refresh(payment)
    return payment.status, order.status, intent.status


def stock(stage: StripeStage) -> tuple[int, int]:
    level = stage.db.query(StockLevel).one()
    return level.on_hand, level.reserved


def reopened(stage: StripeStage, payment: Payment) -> tuple[int, Any]:
    checkout = stage.db.get(Checkout, payment.checkout_id)
    assert checkout is not None
    assert checkout.user_id is not None
    user = stage.db.get(User, checkout.user_id)
    assert user is not None
    reply = stage.open_intent(stage.as_user(user), checkout)
    return reply.status, reply.json()["code"]


def test_after_five_declined_cards_a_good_one_is_refused_and_all_is_released(stripe_stage: StripeStage) -> None:
    payment = an_order(stripe_stage)
    decline(stripe_stage, payment, MOST)
    assert stripe_stage.deliver(*stripe_stage.events(*FAILED)) == []
    assert statuses(stripe_stage, payment) == ("canceled", "cancelled", "canceled")
    assert stock(stripe_stage) == (10, 0)
    with pytest.raises(stripe.InvalidRequestError):
        stripe_stage.account.client.v1.payment_intents.confirm(
            payment.provider_payment_id, params={"payment_method": "pm_card_visa"}
        )
    assert reopened(stripe_stage, payment) == (409, "too_many_declined_payments")
    blocked = stripe_stage.db.query(FraudDecision).filter_by(decision="block").one()
    assert (blocked.reasons[0], blocked.is_declined, blocked.payment_id) == ("declines_of_checkout", True, payment.id)
    last = stripe_stage.db.query(OrderStatusChange).order_by(OrderStatusChange.id.desc()).first()
    assert last is not None
    assert (last.after, last.actor, last.reason) == ("cancelled", "payment", "too many declined payments")
    assert stripe_stage.deliver(*stripe_stage.events()) == []  # the cancellation's own event, and all once more
    assert statuses(stripe_stage, payment) == ("canceled", "cancelled", "canceled")


def test_after_four_declined_cards_a_good_one_pays(stripe_stage: StripeStage) -> None:
    payment = an_order(stripe_stage)
    decline(stripe_stage, payment, MOST - 1)
    stripe_stage.deliver(*stripe_stage.events(*FAILED), *stripe_stage.events(*FAILED))
    stripe_stage.pay(payment.provider_payment_id)
    assert stripe_stage.deliver(*stripe_stage.events(*SUCCEEDED)) == []
    assert statuses(stripe_stage, payment) == ("succeeded", "paid", "succeeded")
    assert stock(stripe_stage) == (9, 0)
    assert [one.decision for one in stripe_stage.db.query(FraudDecision).order_by(FraudDecision.id)] == ["allow"] * 5


@pytest.mark.parametrize("first", [FAILED, SUCCEEDED])
def test_money_that_was_taken_before_the_fifth_is_known_pays(stripe_stage: StripeStage, first: tuple[str, ...]) -> None:
    payment = an_order(stripe_stage)
    decline(stripe_stage, payment, MOST)
    stripe_stage.pay(payment.provider_payment_id)
    for types in (first, SUCCEEDED if first is FAILED else FAILED):
        assert stripe_stage.deliver(*stripe_stage.events(*types)) == []
    assert statuses(stripe_stage, payment) == ("succeeded", "paid", "succeeded")
    assert (stock(stripe_stage), stripe_stage.refunds_at_provider()) == ((9, 0), [])


def test_a_good_card_at_the_moment_of_the_cancellation_pays_or_is_refused(stripe_stage: StripeStage) -> None:
    outcomes = set()
    for delay in (0, 0.01, 0.02, 0.04, 0.08):
        payment = an_order(stripe_stage)
        decline(stripe_stage, payment, MOST)
        events = stripe_stage.events("charge.failed")[-MOST:]
        assert stripe_stage.deliver(*events[:-1]) == []
        refused: list[stripe.StripeError] = []

        def confirm(intent_id: str = payment.provider_payment_id, refused: list[Any] = refused) -> None:
            try:
                stripe_stage.account.client.v1.payment_intents.confirm(
                    intent_id, params={"payment_method": "pm_card_visa", "return_url": "https://shop.example.com"}
                )
            except stripe.InvalidRequestError as error:
                refused.append(error)

        good_card = threading.Timer(delay, confirm)
        good_card.start()
        failures = stripe_stage.deliver(events[-1])
        good_card.join()
        assert failures == []
        assert stripe_stage.deliver(*stripe_stage.events(*FAILED, *SUCCEEDED, "payment_intent.canceled")) == []
        outcomes.add(statuses(stripe_stage, payment))
    assert outcomes <= {("canceled", "cancelled", "canceled"), ("succeeded", "paid", "succeeded")}
    assert stripe_stage.refunds_at_provider() == []


def test_a_cancellation_that_the_provider_does_not_answer_is_tried_again(stripe_stage: StripeStage) -> None:
    payment = an_order(stripe_stage)
    decline(stripe_stage, payment, MOST)
    told = stripe_stage.events("charge.failed")
    with stripe_stage.provider_away():
        assert stripe_stage.deliver(*told) == [str(MOST - 1)]
    assert stripe_stage.db.execute(text("SELECT status FROM orders")).scalar_one() == "pending"
    assert stripe_stage.deliver(*told) == []
    assert statuses(stripe_stage, payment) == ("canceled", "cancelled", "canceled")


def test_a_checkout_without_an_order_is_closed(stripe_stage: StripeStage) -> None:
    payment = stripe_stage.an_open_payment(user=identity.user(stripe_stage.db))
    decline(stripe_stage, payment, MOST)
    stripe_stage.deliver(*stripe_stage.events(*FAILED))
    checkout = stripe_stage.db.get(Checkout, uuid.UUID(str(payment.checkout_id)))
    assert checkout is not None
    stripe_stage.db.refresh(checkout)
    assert (checkout.status, stock(stripe_stage)) == ("abandoned", (10, 0))
