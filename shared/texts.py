"""What every text that people write is checked for, wherever it comes in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

DIRECTION_CHANGES: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates (Unicode Standard Annex #9, section 2): they turn the direction of what follows,
also beyond the end of the text, on labels, invoices and pages. Marks of one place (U+200E, U+200F, U+061C) and joiners
do not, and some scripts cannot do without.
"""

_DIRECTION: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS_AND_CONTROLS: Final = frozenset({"Cc", "Zl", "Zp", "Cs"})


def composed(text: str) -> str:
    """Unicode normal form C: the same letters are the same characters, whatever keyboard or program wrote them."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def refused_in_lines(character: str) -> bool:
    """Whether a line of text cannot have it: breaks, control characters, and everything about direction."""
    return unicodedata.category(character) in _BREAKS_AND_CONTROLS or character in _DIRECTION


def harmless_line(text: str) -> str:
    """The text as one line, in normal form C, without what lines cannot have."""
    return "".join(character for character in composed(text) if not refused_in_lines(character))
