"""Money that goes back: refunds that the provider tells of, and payments that came too late to buy anything."""

from __future__ import annotations

from datetime import timedelta

from shared.contexts.catalog.models.products import StockLevel
from shared.contexts.ordering.models.orders import Checkout
from shared.contexts.payments.models.refunds import Refund
from tests.factories import payments
from tests.integration.payments.stage import Stage, StripeStage

SUCCEEDED = "payment_intent.succeeded"


def test_paid_too_late_and_sold_out_the_money_goes_back_once(stage: Stage) -> None:
    payment = stage.a_payment(expires_in=timedelta(minutes=-1))
    payments.sold_out(stage.db, stage.db.get_one(Checkout, payment.checkout_id))
    (succeeded,) = stage.events(SUCCEEDED)
    assert stage.deliver(succeeded, succeeded) == []

    assert stage.refunds_at_provider(payment) == [2497]
    assert stage.order_of(payment).status == "refunded"
    assert stage.deliver(*stage.events("charge.refunded")) == []
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("refunded", 2497)
    published = [event["detail-type"] for event in stage.cloud.published()]
    assert "OrderPaid" not in published
    assert published.count("OrderRefunded") == 1
    assert stage.db.query(Refund).one().status == "succeeded"


def test_a_refund_that_stripe_could_not_take_is_asked_for_again(stripe_stage: StripeStage) -> None:
    payment = stripe_stage.a_payment(expires_in=timedelta(minutes=-1))
    payments.sold_out(stripe_stage.db, stripe_stage.db.get_one(Checkout, payment.checkout_id))
    (succeeded,) = stripe_stage.events(SUCCEEDED)
    stripe_stage.account.ask(
        "POST", "/faults", status=500, path_prefix="/v1/refunds", applied=True
    )  # every try is lost
    assert stripe_stage.deliver(succeeded) == []
    assert stripe_stage.db.query(Refund).one().status == "pending"
    assert stripe_stage.order_of(payment).status == "cancelled"

    # Units that came back meanwhile must not turn the promised refund into a sale.
    stripe_stage.db.query(StockLevel).update({"on_hand": 5})
    stripe_stage.db.commit()
    stripe_stage.account.ask("DELETE", "/faults")
    stripe_stage.resolve_refunds()
    refunds = stripe_stage.account.client.v1.refunds.list(params={"payment_intent": payment.provider_payment_id})
    assert len(refunds.data) == 1
    stripe_stage.db.rollback()
    assert stripe_stage.db.query(Refund).one().status == "succeeded"
    assert stripe_stage.order_of(payment).status == "refunded"


def test_a_late_refund_that_a_person_made_already_counts(stage: Stage) -> None:
    payment = stage.a_payment(expires_in=timedelta(minutes=-1))
    payments.sold_out(stage.db, stage.db.get_one(Checkout, payment.checkout_id))
    stage.refund_at_dashboard(payment)
    assert stage.deliver(*stage.events(SUCCEEDED), *stage.events("charge.refunded")) == []
    assert stage.refunds_at_provider(payment) == [2497]
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("refunded", 2497)


def test_a_second_payment_of_one_order_goes_back_and_leaves_the_order_paid(stage: Stage) -> None:
    """No provider of ours lets it happen; a person at the provider's dashboard can."""
    first = stage.a_payment()
    stage.deliver(*stage.events(SUCCEEDED))
    first.status = "canceled"  # frees the checkout for another live payment
    stage.db.commit()
    second = payments.payment(stage.db, stage.db.get_one(Checkout, first.checkout_id), stage.an_intent())
    stage.pay(second.provider_payment_id)
    assert stage.deliver(*stage.events(SUCCEEDED)) == []

    assert (stage.refunds_at_provider(first), stage.refunds_at_provider(second)) == ([], [2497])
    assert stage.deliver(*stage.events("charge.refunded")) == []
    stage.db.refresh(second)
    assert second.status == "refunded"
    assert stage.order_of(first).status == "paid"


def test_an_expired_checkout_whose_units_are_still_there_is_sold(stage: Stage) -> None:
    payment = stage.a_payment(expires_in=timedelta(minutes=-1))
    checkout = stage.db.get_one(Checkout, payment.checkout_id)
    payments.sold_out(stage.db, checkout)
    stage.db.query(StockLevel).update({"on_hand": 1})
    stage.db.commit()
    stage.deliver(*stage.events(SUCCEEDED))
    assert stage.order_of(payment).status == "paid"
    assert stage.db.query(StockLevel).one().on_hand == 0


def test_partial_and_full_refunds_move_payment_and_order(stage: Stage) -> None:
    payment = stage.a_payment()
    stage.deliver(*stage.events(SUCCEEDED))
    stage.refund_at_dashboard(payment, 1000)
    stage.deliver(*stage.events("refund.created"))
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("partially_refunded", 1000)
    assert stage.order_of(payment).status == "partially_refunded"

    stage.refund_at_dashboard(payment)
    stage.deliver(*stage.events("charge.refunded"))
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("refunded", 2497)
    assert stage.order_of(payment).status == "refunded"


def test_a_refund_before_its_success_applies_both(stage: Stage) -> None:
    payment = stage.a_payment()
    stage.refund_at_dashboard(payment, 1000)
    assert stage.deliver(*stage.events("charge.refunded")) == []
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_captured, payment.amount_refunded) == ("partially_refunded", 2497, 1000)
    assert stage.order_of(payment).status == "partially_refunded"
    assert stage.deliver(*stage.events(SUCCEEDED)) == []
    assert stage.order_of(payment).status == "partially_refunded"


def test_a_refund_that_fails_later_leaves_the_payment_paid(stage: Stage) -> None:
    payment = stage.a_payment("pm_card_refundFail")
    stage.deliver(*stage.events(SUCCEEDED))
    stage.refund_at_dashboard(payment)
    stage.settle()
    stage.deliver(*stage.events("refund.created", "charge.refunded", "refund.failed", "charge.refund.updated"))
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("succeeded", 0)


def test_a_refund_of_a_charge_without_intent_is_unmatched(stripe_stage: StripeStage) -> None:
    event = {
        "id": "evt_1",
        "type": "charge.refunded",
        "created": 1_790_000_000,
        "livemode": False,
        "data": {"object": {"id": "ch_1", "object": "charge", "payment_intent": None}},
    }
    assert stripe_stage.deliver(event) == []
    assert stripe_stage.outcomes() == {"charge.refunded": "unmatched"}


def test_a_provider_that_is_away_delays_an_event_that_has_to_ask_it(stage: Stage) -> None:
    payment = stage.a_payment()
    stage.deliver(*stage.events(SUCCEEDED))
    stage.refund_at_dashboard(payment)
    (refunded,) = stage.events("charge.refunded")
    with stage.provider_away():
        assert stage.deliver(refunded) == ["0"]
    assert stage.deliver(refunded) == []
    assert stage.order_of(payment).status == "refunded"
