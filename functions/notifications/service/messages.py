"""Messages from templates in the language of the reader. HTML is escaped by the engine; a missing value is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from functions.notifications.domain import payment_methods
from functions.notifications.domain.languages import best_match
from functions.notifications.domain.message import Message
from shared.money import to_decimal

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_GAPS: Final = re.compile("\n{3,}")
"""Where a paragraph was left out."""

TEMPLATES: Final = Path(__file__).with_name("templates")


def compose(kind: str, language: str, values: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Message:
    """The message of this kind, in the best of our languages for the reader.

    The first line of `templates/<kind>.<language>.txt` is the subject, the rest the text; `.html` is the same for
    those who see HTML.
    """
    supported = best_match(language)
    context = {"unsubscribe": None, "method": None, **values, "language": supported}
    name = f"{kind}.{supported}"
    subject, _, text = _templates().get_template(f"{name}.txt").render(context).partition("\n")
    html = _templates().get_template(f"{name}.html").render(context, subject=subject.strip())
    return Message(subject.strip(), _GAPS.sub("\n\n", text).strip() + "\n", html, headers or {})


def money(amount: int, currency: str) -> str:
    """An amount in minor units as text: 129000 USD is "USD 1,290.00", 24000 JPY is "JPY 24,000"."""
    return f"{currency.upper()} {Decimal(to_decimal(amount, currency)):,}"


def one_line(value: Any) -> Any:
    """Text that others wrote, without line breaks and other control characters: it never ends a subject or a line."""
    if type(value) is not str:  # markup of our own templates stays as it is
        return value
    return _CONTROLS.sub(" ", value).strip()


def is_web_address(value: object) -> bool:
    """Whether a link may lead there."""
    return isinstance(value, str) and value.startswith(("https://", "http://"))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        finalize=one_line,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["money"] = money
    environment.filters["method_name"] = payment_methods.method_name
    environment.tests["web_address"] = is_web_address
    return environment
