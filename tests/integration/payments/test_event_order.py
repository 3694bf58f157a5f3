"""Real histories of Stripe's, told in every order and more than once, end in what really happened."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from shared.contexts.catalog.models.products import StockMovement
from shared.contexts.ordering.models.orders import Order
from shared.contexts.payments.models.payments import Payment
from shared.tables.platform import OutboxEvent
from tests.factories import payments
from tests.integration.payments.stage import StripeStage


@pytest.fixture
def stage(stripe_stage: StripeStage) -> StripeStage:
    """Only Stripe does what is tested here."""
    return stripe_stage


Act = Callable[[StripeStage, str], None]

# The ledger cannot be emptied, and does not mind: what it has, it does not enter again.
FORGET = (
    "DELETE FROM provider_events",
    "DELETE FROM outbox_events",
    "UPDATE payments SET provider_payment_id = id::text",
    "UPDATE refunds SET provider_refund_id = id::text",
)
THREE_D_SECURE = "pm_card_threeDSecure2Required"
DECLINED = "pm_card_visa_chargeDeclined"


def pay_by(wallet: str, outcome: str | None = None) -> Act:
    return lambda stage, intent: stage.pay_by(intent, wallet, outcome)


def work_on_it(stage: StripeStage, intent: str) -> None:
    """As methods do that take their time."""
    about = {"type": "payment_intent.processing", "id": intent, "object": {"status": "processing"}}
    stage.account.ask("POST", "/events", **about)


def authenticate(outcome: str) -> Act:
    def act(stage: StripeStage, intent: str) -> None:
        stage.account.control.post(f"/3ds/{intent}", data={"outcome": outcome})

    return act


def pay(card: str) -> Act:
    return lambda stage, intent: stage.pay(intent, card)


def refund(amount: int) -> Act:
    def act(stage: StripeStage, intent: str) -> None:
        stage.account.client.v1.refunds.create(params={"payment_intent": intent, "amount": amount})
        stage.account.ask("POST", "/settle")

    return act


def cancel(stage: StripeStage, intent: str) -> None:
    stage.account.client.v1.payment_intents.cancel(intent)


@dataclass(frozen=True)
class History:
    """What a payer and a shop did, and where that leaves the payment (2000 USD) and its order."""

    acts: list[Act]
    payment: tuple[str, int, int]
    order: str | None

    @property
    def sales(self) -> int:
        return int(self.order is not None)


HISTORIES = {
    "paid at once": History([pay("pm_card_visa")], ("succeeded", 2000, 0), "paid"),
    "declined, challenged, paid": History(
        [pay(DECLINED), pay(THREE_D_SECURE), authenticate("complete")], ("succeeded", 2000, 0), "paid"
    ),
    "challenge failed": History([pay(THREE_D_SECURE), authenticate("fail")], ("failed", 0, 0), None),
    "declined, then challenged": History([pay(DECLINED), pay(THREE_D_SECURE)], ("requires_action", 0, 0), None),
    "scanned at the third attempt": History(
        [pay_by("alipay", "fail"), pay_by("wechat_pay", "expire"), pay_by("wechat_pay", "complete")],
        ("succeeded", 2000, 0),
        "paid",
    ),
    "not scanned": History([pay_by("alipay", "fail"), pay_by("wechat_pay")], ("requires_action", 0, 0), None),
    "code expired": History([pay_by("wechat_pay", "expire")], ("failed", 0, 0), None),
    "not scanned, canceled": History([pay_by("wechat_pay"), cancel], ("canceled", 0, 0), None),
    "worked on, paid with Alipay, refunded in part": History(
        [pay_by("alipay"), work_on_it, authenticate("complete"), refund(500)],
        ("partially_refunded", 2000, 500),
        "partially_refunded",
    ),
    "declined twice, canceled": History([pay(DECLINED), pay(DECLINED), cancel], ("canceled", 0, 0), None),
    "refunded in parts": History(
        [pay(DECLINED), pay("pm_card_visa"), refund(500), refund(300)],
        ("partially_refunded", 2000, 800),
        "partially_refunded",
    ),
    "refunded in full": History([pay("pm_card_visa"), refund(500), refund(1500)], ("refunded", 2000, 2000), "refunded"),
    "a refund failed": History([pay("pm_card_refundFail"), refund(2000)], ("succeeded", 2000, 0), "paid"),
}


def tell(stage: StripeStage, intent: str, events: list[dict[str, Any]]) -> tuple[Any, ...]:
    """Deliver to a shop that knows nothing yet but the intent, in small batches; returns what it then believes."""
    for statement in FORGET:
        stage.db.execute(text(statement))
    checkout = payments.checkout(stage.db, amount=2000)
    payments.payment(stage.db, checkout, intent)
    for start in range(0, len(events), 3):
        assert stage.deliver(*events[start : start + 3]) == []
    stage.db.rollback()
    payment = stage.db.query(Payment).filter_by(checkout_id=checkout.id).one()
    order = stage.db.query(Order).filter_by(checkout_id=checkout.id).one_or_none()
    paid_events = stage.db.query(OutboxEvent).filter_by(type="OrderPaid").count()
    sales = stage.db.query(StockMovement).filter_by(reference=str(order.id), reason="sale").count() if order else 0
    figures = (payment.status, payment.amount_captured, payment.amount_refunded)
    return figures, order.status if order else None, paid_events, sales


@pytest.mark.parametrize("name", HISTORIES)
def test_every_order_of_arrival_ends_in_what_happened(stage: StripeStage, name: str) -> None:
    history = HISTORIES[name]
    intent = str(stage.account.client.v1.payment_intents.create(params={"amount": 2000, "currency": "usd"}).id)
    for act in history.acts:
        act(stage, intent)
    events = stage.events()

    @settings(max_examples=10)
    @given(order=st.permutations(events), again=st.lists(st.sampled_from(events), max_size=3), seconds=st.data())
    def told_in_any_order(order: list[Any], again: list[Any], seconds: st.DataObject) -> None:
        told = spread(events, seconds) if seconds.draw(st.booleans(), label="spread over time") else {}
        arriving = [told.get(event["id"], event) for event in [*order, *again]]
        assert tell(stage, intent, arriving) == (history.payment, history.order, history.sales, history.sales)

    told_in_any_order()


def spread(events: list[dict[str, Any]], data: st.DataObject) -> dict[str, dict[str, Any]]:
    """The same events by id, with seconds (0 to 2) between one and the next instead of all in one second."""
    moved: dict[str, dict[str, Any]] = {}
    now = int(events[0]["created"])
    for event in events:
        now += data.draw(st.integers(0, 2))
        moved[event["id"]] = {**copy.deepcopy(event), "created": now}
    return moved
