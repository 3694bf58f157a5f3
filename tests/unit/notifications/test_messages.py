"""What an order confirmation says."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from functions.notifications.messages import money, order_confirmation
from shared.events import OrderLine, OrderPaid


def order(**changed: object) -> OrderPaid:
    """A paid order of two pots and a candle."""
    values = {
        "order_id": uuid.uuid4(),
        "number": "SS-7F3K-92QX",
        "email": "ada@example.com",
        "currency": "USD",
        "total_amount": 4390,
        "lines": [
            OrderLine(name="Clay Pot", quantity=2, unit_amount=1290),
            OrderLine(name="Candle", quantity=1, unit_amount=1810),
        ],
        "paid_at": datetime(2026, 11, 20, 8, 15, tzinfo=UTC),
        **changed,
    }
    return OrderPaid.model_validate(values)


def test_it_names_the_order_its_lines_and_the_total() -> None:
    message = order_confirmation(order())
    assert message.subject == "Order SS-7F3K-92QX confirmed"
    for body in (message.text, message.html):
        for part in ("SS-7F3K-92QX", "20 November 2026, 08:15 UTC", "2 ×", "USD 25.80", "Candle", "USD 43.90"):
            assert part in body
    assert message.html.startswith("<!doctype html>")
    assert "<" not in message.text


def test_it_speaks_chinese_to_those_who_do() -> None:
    message = order_confirmation(order(language="zh-CN", currency="CNY"))
    assert message.subject == "订单 SS-7F3K-92QX 已确认"
    assert "合计：CNY 43.90" in message.text
    assert '<html lang="zh-CN">' in message.html
    assert "感谢您的订购" in message.html


@pytest.mark.parametrize("language", ["fr", "", "../../etc/passwd", "EN"])
def test_whoever_speaks_something_else_is_written_to_in_english(language: str) -> None:
    assert order_confirmation(order(language=language)).subject.startswith("Order ")


def test_what_a_vendor_called_the_product_is_text_and_no_markup() -> None:
    name = "<script>alert('x')</script> & {{ order.email }}"
    message = order_confirmation(order(lines=[OrderLine(name=name, quantity=1, unit_amount=100)]))
    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html
    assert "{{ order.email }}" in message.html, "values are no templates"
    assert name in message.text, "plain text stays as it was written"


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (129000, "usd", "USD 1,290.00"),
        (24000, "JPY", "JPY 24,000"),
        (1234567, "KWD", "KWD 1,234.567"),
        (0, "EUR", "EUR 0.00"),
        (5, "CNY", "CNY 0.05"),
    ],
)
def test_amounts_have_the_decimal_places_of_their_currency(amount: int, currency: str, shown: str) -> None:
    assert money(amount, currency) == shown
