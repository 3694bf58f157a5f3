"""Mails about an order name what it was paid with, as soon as that is known."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.ordering.models.orders import Order
from shared.contexts.payments.models.payments import Payment
from tests.factories import payments
from tests.integration.notifications.stage import NOBODY_FAILED, deliver, message, placed

pytestmark = pytest.mark.usefixtures("aws")

WECHAT = {"type": "wechat_pay", "brand": None, "last4": None, "wallet": None}
APPLE = {"type": "card", "brand": "visa", "last4": "4242", "wallet": "apple_pay"}


def paid_order(db: Session, method: dict[str, Any] | None) -> str:
    """The id of a guest's order, paid with this; an attempt that was given back is of another."""
    order = db.get_one(Order, placed(db, None))
    order.payment_intent_id = "pi_that_paid"
    for intent, used in (("pi_that_paid", method), ("pi_given_back", APPLE)):
        made: Payment = payments.payment(db, payments.checkout(db), intent, status="succeeded")
        made.order_id, made.method = order.id, used
    db.commit()
    return str(order.id)


@pytest.mark.parametrize(
    ("event", "method", "language", "told"),
    [
        ("OrderPaid", WECHAT, "zh-CN", "支付方式：微信支付"),
        ("OrderPaid", {**APPLE, "last4": "0007"}, "en", "Paid with Apple Pay (Visa card ending in 0007)"),
        ("OrderRefunded", WECHAT, "zh-CN", "退回您的微信支付账户"),
        ("OrderRefunded", WECHAT, "en", "back to your WeChat Pay account"),
    ],
)
def test_a_mail_names_what_paid_the_order(
    *, db: Session, asked: list[dict[str, Any]], event: str, method: dict[str, Any], language: str, told: str
) -> None:
    about = message(event, order_id=paid_order(db, method), language=language)
    assert deliver(about) == NOBODY_FAILED
    [sent] = asked
    assert told in sent["text"]


def test_a_mail_that_comes_before_it_is_known_says_nothing_of_it(db: Session, asked: list[dict[str, Any]]) -> None:
    assert deliver(message("OrderPaid", order_id=paid_order(db, None), language="en")) == NOBODY_FAILED
    [sent] = asked
    assert "Paid with" not in sent["text"]
