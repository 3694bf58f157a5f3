"""What of a name counts when it is compared: letters and digits, without case and accents."""

from __future__ import annotations

import unicodedata
from typing import Final

# Letters that no normal form takes apart.
_PLAIN: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """The text in lower case, without accents, blanks and punctuation; equal for all normal forms of it."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(character for character in decomposed if character.isalnum()).translate(_PLAIN)
