"""The labels of invoices and credit notes, by language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from shared.money import to_decimal


@dataclass(frozen=True, slots=True)
class Labels:
    language: str
    """Of the labels, as BCP 47 has it."""
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
    total: str
    rate: str
    net: str
    gross: str
    credit_note: str
    credit_note_number: str
    of_invoice: str
    of_day: str
    refunded: str
    """Before the day."""
    credited_otherwise: str
    credited: str
    page: str
    date: str
    """As `strftime` takes it."""


_ENGLISH: Final = Labels(
    language="en",
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
    tax_on_top="Tax",
    tax_included="Tax, included",
    total="Total",
    rate="Tax rate",
    net="Net",
    gross="Gross",
    credit_note="Credit note",
    credit_note_number="Credit note number",
    of_invoice="For invoice",
    of_day="{number} of {date}",
    refunded="Refunded on",
    credited_otherwise="Other amount",
    credited="Total credited",
    page="Page {number} of {count}",
    date="%d %b %Y",
)
_CHINESE: Final = Labels(
    language="zh",
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
    tax_on_top="税费",
    tax_included="已含税费",
    total="合计",
    rate="税率",
    net="不含税金额",
    gross="含税金额",
    credit_note="红字发票",
    credit_note_number="红字发票号码",
    of_invoice="对应发票",
    of_day="{number}（{date}）",
    refunded="退款日期",
    credited_otherwise="其他金额",
    credited="退款合计",
    page="第 {number} 页，共 {count} 页",
    date="%Y-%m-%d",
)


def labels_in(language: str) -> Labels:
    """Chinese for every variant of Chinese, English for all other languages."""
    return _CHINESE if language.partition("-")[0] == "zh" else _ENGLISH


def money(amount: int, currency: str) -> str:
    """Minor units as people read them: 129000 USD is "1,290.00"."""
    return f"{Decimal(to_decimal(amount, currency)):,}"


def percentage(basis_points: int) -> str:
    """1900 is "19 %", 725 is "7.25 %"."""
    return f"{(Decimal(basis_points) / 100).normalize():f} %"


def day(date: date, labels: Labels) -> str:
    """The date. The month's name is that of the C locale: English."""
    return date.strftime(labels.date)
