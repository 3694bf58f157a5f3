"""What a payment was made with, as people call it."""

from __future__ import annotations

from typing import Any

import pytest

from functions.notifications.domain.payment_methods import method_name
from tests.unit.notifications.test_messages import composed_with


def used(type_name: str, **details: Any) -> dict[str, Any]:
    return {"type": type_name, "brand": None, "last4": None, "wallet": None, **details}


VISA = used("card", brand="visa", last4="4242")
NAMES = [
    (VISA, "Visa card ending in 4242", "Visa 卡（尾号 4242）"),
    (
        used("card", brand="mastercard", last4="4444", wallet="google_pay"),
        "Google Pay (Mastercard card ending in 4444)",
        "Google Pay（Mastercard 卡，尾号 4444）",
    ),
    (used("card", brand="unionpay", last4="0005"), "UnionPay card ending in 0005", "银联卡（尾号 0005）"),
    (used("card", brand="unknown"), "card", "银行卡"),
    (used("card", wallet="apple_pay"), "Apple Pay (card)", "Apple Pay（银行卡）"),
    (used("alipay"), "Alipay", "支付宝"),
    (used("wechat_pay"), "WeChat Pay", "微信支付"),
    (used("klarna"), "Klarna", "Klarna"),
]


@pytest.mark.parametrize(("method", "english", "chinese"), NAMES)
def test_a_method_has_the_name_that_people_know_it_by(method: dict[str, Any], english: str, chinese: str) -> None:
    assert (method_name(method, "en"), method_name(method, "zh-CN")) == (english, chinese)


@pytest.mark.parametrize(("method", "english", "chinese"), NAMES)
def test_the_confirmation_of_an_order_names_it(method: dict[str, Any], english: str, chinese: str) -> None:
    for language, name in (("en", f"Paid with {english}"), ("zh-CN", f"支付方式：{chinese}")):
        mail = composed_with("order_confirmation", language, method=method)
        assert name in mail.text
        assert name in mail.html


def test_a_refund_names_where_the_money_goes_and_promises_no_bank_to_those_without_one() -> None:
    wechat, card = used("wechat_pay"), VISA
    assert "back to your WeChat Pay account" in composed_with("order_refunded", "en", method=wechat).text
    assert "退回您的微信支付账户" in composed_with("order_refunded", "zh-CN", method=wechat).html
    assert "bank" not in composed_with("order_refunded", "en", method=wechat).text
    assert "back to your Visa card ending in 4242. Depending on your bank" in (
        composed_with("order_refunded", "en", method=card).text
    )


def test_where_the_method_is_not_known_nothing_is_said_of_it() -> None:
    assert "Paid with" not in composed_with("order_confirmation", "en", method=None).text
    assert "the way it came" in composed_with("order_refunded", "en", method=None).text
