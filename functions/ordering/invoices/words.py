"""The words on an invoice, in the languages that it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from shared.money import to_decimal


@dataclass(frozen=True, slots=True)
class Words:
    invoice: str
    number: str
    issued: str
    order: str
    paid: str
    tax_id: str
    bill_to: str
    item: str
    quantity: str
    unit_price: str
    discount: str
    tax: str
    amount: str
    subtotal: str
    shipping: str
    tax_on_top: str
    tax_included: str
    tax_on_shipping: str
    total: str
    refunded: str
    remaining: str
    page: str
    date: str
    """As `strftime` takes it."""


_ENGLISH: Final = Words(
    invoice="Invoice",
    number="Invoice number",
    issued="Date of issue",
    order="Order",
    paid="Paid on",
    tax_id="Tax ID",
    bill_to="Bill to",
    item="Item",
    quantity="Qty",
    unit_price="Unit price",
    discount="Discount",
    tax="Tax",
    amount="Amount",
    subtotal="Subtotal",
    shipping="Shipping",
    tax_on_top="Tax {rate}",
    tax_included="Tax {rate}, included",
    tax_on_shipping="on shipping",
    total="Total",
    refunded="Refunded on {date}",
    remaining="Paid after refunds",
    page="Page {number}",
    date="%d %b %Y",
)
_CHINESE: Final = Words(
    invoice="发票",
    number="发票号码",
    issued="开票日期",
    order="订单号",
    paid="付款日期",
    tax_id="税号",
    bill_to="购买方",
    item="商品",
    quantity="数量",
    unit_price="单价",
    discount="优惠",
    tax="税额",
    amount="金额",
    subtotal="商品小计",
    shipping="运费",
    tax_on_top="税费 {rate}",
    tax_included="已含税费 {rate}",
    tax_on_shipping="运费部分",
    total="合计",
    refunded="{date} 退款",
    remaining="退款后实付",
    page="第 {number} 页",
    date="%Y-%m-%d",
)


def words(language: str) -> Words:
    """Chinese for every kind of Chinese, English for everybody else."""
    return _CHINESE if language.partition("-")[0] == "zh" else _ENGLISH


def money(amount: int, currency: str) -> str:
    """Minor units as people read them: 129000 USD is "1,290.00"."""
    return f"{Decimal(to_decimal(amount, currency)):,}"


def percentage(basis_points: int) -> str:
    """1900 is "19 %", 725 is "7.25 %"."""
    return f"{(Decimal(basis_points) / 100).normalize():f} %"


def day(moment: datetime, spoken: Words) -> str:
    """The date in UTC. The month's name is that of the C locale: English."""
    return moment.astimezone(UTC).strftime(spoken.date)
