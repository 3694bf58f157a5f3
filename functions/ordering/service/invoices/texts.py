"""How texts of users are prepared for print."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Controls of the Unicode bidirectional algorithm (UAX 9, section 2).
_OVERRIDES: Final = re.compile("[\u202a-\u202e]")  # and embeddings: they turn letters and digits around
_ISOLATES: Final = re.compile("[\u2066-\u2069]")

# Characters that have no shape of their own (Default_Ignorable_Code_Point, DerivedCoreProperties.txt of Unicode 16).
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def printable(text: str) -> str:
    """The text in normal form C, on one line, with its letters in the order in which they are read."""
    on_one_line = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    return unicodedata.normalize("NFC", _OVERRIDES.sub("", on_one_line))


def is_invisible(character: str) -> bool:
    """Whether it is not meant to be seen, as what joins letters or chooses a variant of the one before."""
    return character.isspace() or _INVISIBLE.match(character) is not None


def is_right_to_left(text: str) -> bool:
    """Whether its first letter with a direction goes from right to left (UAX 9, rules P2 and P3)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((found for found in directions if found in {"L", "R", "AL"}), "L") != "L"


def isolated(text: str) -> str:
    """The text for a place within another one: letters from right to left do not pull at what is around it."""
    text = _ISOLATES.sub("", text)
    turns = any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text)
    return f"\u2068{text}\u2069" if turns else text
