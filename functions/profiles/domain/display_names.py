"""Display names: any script, and something to see."""

from __future__ import annotations

import unicodedata
from typing import Final

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"})
# Letters and signs by their category that show nothing: fillers of Hangul, and the empty braille pattern.
_BLANKS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def visible(name: str | None) -> str | None:
    """The name, or None where nobody could see it: then the username is shown."""
    if name is None or all(_is_unseen(character) for character in name):
        return None
    return name


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in _BLANKS
