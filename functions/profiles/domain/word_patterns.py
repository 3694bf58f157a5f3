"""What a word filter searches for: a regular expression of PostgreSQL over folded text.

Letters of alphabets are words of their own (`and` is not in `sand`, and is in `看and看`). Scripts that are written
without blanks, or that join particles to words (Han, kana, Hangul, Thai and its neighbours), and signs are found
everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Alphabets of which words are separated by blanks: Latin to Syriac, Devanagari and its neighbours, Georgian, Ethiopic,
# their extensions. PostgreSQL's own classes count Han as letters, and depend on the locale.
_LETTERS: Final = (
    r"0-9a-z_\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0dff\u10a0-\u10ff\u1200-\u139f\u1c80-\u1cbf\u1e00-\u1fff"
)
_IS_LETTER: Final = re.compile(f"[{_LETTERS}]")
_BEFORE: Final = f"(?<![{_LETTERS}])"
_AFTER: Final = f"(?![{_LETTERS}])"
# What makes an emoji coloured is left out by some keyboards.
_VARIATION: Final = "\ufe0f"


def folded(text: str) -> str:
    """Text as filters and search compare it: NFKC, without case, one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def pattern_of(phrase: str) -> str | None:
    """The pattern of a phrase; None where nothing of it can be searched for."""
    text = folded(phrase).replace(_VARIATION, "")
    if not any(unicodedata.category(character)[0] in "LNPS" for character in text):
        return None
    pattern = "".join(_escaped(character) for character in text)
    before = _BEFORE if _IS_LETTER.match(text[0]) else ""
    after = _AFTER if _IS_LETTER.match(text[-1]) else ""
    return f"{before}{pattern}{after}"


def _escaped(character: str) -> str:
    if character == " ":
        return r"\s+"
    if character.isascii() and not character.isalnum() and character != "_":
        return f"\\{character}"
    is_sign = unicodedata.category(character)[0] == "S" and not character.isascii()
    return f"{character}{_VARIATION}?" if is_sign else character
