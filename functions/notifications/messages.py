"""Messages to people, from templates in their language. HTML is escaped by the engine; a missing value is an error."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shared.events import OrderPaid
from shared.money import to_decimal

LANGUAGES: Final = ("en", "zh-CN")
"""The first is for those whose language we do not speak."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as text and as HTML."""

    subject: str
    text: str
    html: str


def order_confirmation(order: OrderPaid) -> Message:
    """The confirmation of a paid order, in the order's language."""
    language = order.language if order.language in LANGUAGES else LANGUAGES[0]
    values = {"order": order, "language": language}
    name = f"order_confirmation.{language}"
    subject, _, text = _templates().get_template(f"{name}.txt").render(values).partition("\n")
    html = _templates().get_template(f"{name}.html").render(values)
    return Message(subject.strip(), text.strip() + "\n", html)


def money(amount: int, currency: str) -> str:
    """An amount in minor units as people read it: 129000 USD is "USD 1,290.00", 24000 JPY is "JPY 24,000"."""
    return f"{currency.upper()} {Decimal(to_decimal(amount, currency)):,}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["money"] = money
    return environment
