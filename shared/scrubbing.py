"""Takes secrets and personal data out of texts that errors carry, before they leave the process.

Nobody chooses what stands in an error's message, a stack trace or an address: whatever could let somebody in or name
somebody is replaced by a word in brackets that says what it was. It is better to take out too much.
"""

from __future__ import annotations

import re
from typing import Final

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

TOKEN: Final = "[token]"  # noqa: S105 - a word
SECRET: Final = "[secret]"  # noqa: S105 - a word
EMAIL: Final = "[email]"
CARD: Final = "[card]"
PHONE: Final = "[phone]"

_WORDS: Final = (
    "password|passwd|pwd|passphrase|secret|token|api[_-]?key|apikey|access[_-]?key|auth|authorization|session|sid|"
    "signature|sig|credential|cookie|csrf|otp|jwt|card|cvc|cvv|pan|iban|ssn"
)
# A `code`, a `state` and a `key` are secrets of links; an `error_code` and a `sort_key` are none.
_SECRET_NAME: Final = re.compile(rf"(?:^|[^a-z])(?:{_WORDS})s?(?:$|[^a-z])|^(?:code|state|key)$", re.IGNORECASE)
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_RULES: Final = (
    # PostgreSQL quotes the row: `DETAIL:  Key (email)=(ada@example.com) already exists.` pydantic quotes the input.
    (re.compile(r"^(DETAIL: ).*$", re.MULTILINE), rf"\1{SECRET}"),
    (re.compile(r"input_value=.*?(?=, input_type=|$)", re.MULTILINE), f"input_value={SECRET}"),
    (re.compile(r"\b(?:Bearer|Basic|Token)\s+[A-Za-z0-9._~+/=-]+", re.IGNORECASE), TOKEN),
    (re.compile(r"\beyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){1,4}"), TOKEN),
    (re.compile(r"\b(?:sk|pk|rk|whsec|ghp|gho|xox[abp]|AKIA|ASIA|AIza)[A-Za-z0-9_-]{8,}"), TOKEN),
    (re.compile(r"(?<=://)[^/\s@]+@"), f"{SECRET}@"),
    (re.compile(r"[^\s@<>\"'(),;:=&?/\[\]]+(?:@|%40)[^\s@<>\"'(),;:=&?/\[\]]+\.[^\s@<>\"'(),;:=&?/.\[\]]{2,}"), EMAIL),
)
# A parameter of an address, a member of an object, an assignment: `token=...`, `"password": "..."`.
_PAIR: Final = re.compile(
    r"""(?P<name>["']?\b[A-Za-z][A-Za-z0-9_.-]{1,40}["']?)(?P<sep>\s*[=:]\s*)"""
    r"""(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s&;,#"'(){}\[\]]+)"""
)
_DIGITS: Final = re.compile(r"(?<![\w.-])\+?\d(?:[ -]?\d){9,18}(?![\w-])")
_LONG: Final = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{24,}(?:\.[A-Za-z0-9_-]+)*(?![A-Za-z0-9_-])")
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_LONGEST_CARD: Final = 19
_SHORTEST_CARD: Final = 13


def text(value: str, limit: int) -> str:
    """The text without secrets and personal data, at most `limit` characters of it."""
    # Before all else: what comes next must be quick for any text. Twice the limit, for replacements are short.
    value = value[: 2 * limit]
    for pattern, replacement in _RULES:
        value = pattern.sub(replacement, value)
    value = _PAIR.sub(_pair, value)
    value = _DIGITS.sub(_digits, value)
    return _LONG.sub(_long, value)[:limit]


def is_secret_name(name: str) -> bool:
    """Whether a member, parameter or variable of this name holds what must not be told."""
    return _SECRET_NAME.search(_CAMEL.sub("_", name)) is not None


def members(values: Mapping[str, object], *, limit: int, most: int) -> dict[str, object]:
    """Up to `most` members, texts as `text` returns them; those with the name of a secret hold only that they are."""
    scrubbed: dict[str, object] = {}
    for name, value in list(values.items())[:most]:
        told = text(name, limit)
        if is_secret_name(name) and value is not None:
            scrubbed[told] = SECRET
        else:
            scrubbed[told] = text(value, limit) if isinstance(value, str) else value
    return scrubbed


def _pair(match: re.Match[str]) -> str:
    value = match["value"]
    if not is_secret_name(match["name"].strip("\"'")):
        # Such a value can hold the pair that matters: `https://shop.example/?token=...`.
        value = _PAIR.sub(_pair, value)
    elif value not in (TOKEN, EMAIL):
        value = SECRET
    return f"{match['name']}{match['sep']}{value}"


def _digits(match: re.Match[str]) -> str:
    digits = [int(character) for character in match[0] if character.isdigit()]
    if _SHORTEST_CARD <= len(digits) <= _LONGEST_CARD and _luhn(digits):
        return CARD
    is_phone = match[0].startswith("+") or (len(digits) == 11 and digits[0] == 1)  # mainland China: 1xx xxxx xxxx
    return PHONE if is_phone else match[0]


def _luhn(digits: list[int]) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = [digit if index % 2 == 0 else sum(divmod(2 * digit, 10)) for index, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _long(match: re.Match[str]) -> str:
    """A long run of letters and digits is a token of ours (links, cursors, refresh tokens); a UUID or a name is not."""
    run = match[0]
    if _UUID.fullmatch(run) or not any(character.isdigit() for character in run):
        return run
    words = re.split(r"[_.-]", run)
    return run if all(word.isdigit() or word.isalpha() for word in words) else TOKEN
