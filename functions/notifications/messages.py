"""Messages to people, from templates in their language. HTML is escaped by the engine; a missing value is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from functions.notifications import payment_methods
from shared.money import to_decimal

LANGUAGES: Final = ("en", "zh-CN")
"""The first is for those whose language we do not speak."""

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_GAPS: Final = re.compile("\n{3,}")
"""Where a paragraph was left out."""

TEMPLATES: Final = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as text and as HTML."""

    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


def compose(kind: str, language: str, values: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Message:
    """The message of this kind, in the language if we speak it.

    The first line of `templates/<kind>.<language>.txt` is the subject, the rest the text; `.html` is the same for
    those who see HTML.
    """
    spoken = understood(language)
    told = {"unsubscribe": None, "method": None, **values, "language": spoken}
    name = f"{kind}.{spoken}"
    subject, _, text = _templates().get_template(f"{name}.txt").render(told).partition("\n")
    html = _templates().get_template(f"{name}.html").render(told, subject=subject.strip())
    return Message(subject.strip(), _GAPS.sub("\n\n", text).strip() + "\n", html, headers or {})


def understood(language: str) -> str:
    """Of the languages that we speak, the one that somebody with this BCP 47 tag reads."""
    primary = language.partition("-")[0].lower()
    return next((spoken for spoken in LANGUAGES if spoken.partition("-")[0] == primary), LANGUAGES[0])


def money(amount: int, currency: str) -> str:
    """An amount in minor units as people read it: 129000 USD is "USD 1,290.00", 24000 JPY is "JPY 24,000"."""
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
    environment.filters["method_name"] = payment_methods.named
    environment.tests["web_address"] = is_web_address
    return environment
