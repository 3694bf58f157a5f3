"""Phrases as regular expressions over folded text: what filters of words and searches for a phrase go by.

PostgreSQL and Python read a pattern alike: it has the ranges below instead of `\\w` and `\\b`, which depend on the
collation of the one and on the Unicode version of the other.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from shared.graphemes import without_ignorable

_WORD_RANGES: Final = (
    "0-9_a-z"
    "\u00e0-\u00f6\u00f8-\u02c1\u0300-\u0373\u0376-\u03ff\u0400-\u0481\u0483-\u0559\u0560-\u0588\u058b\u058c"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7-\u05f2"  # Hebrew
    "\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u06ff\u0710-\u07f5\u07fa-\u0963"  # Arabic, Syriac, Thaana, N'Ko
    "\u0966-\u096f\u0971-\u0df3"  # scripts of India
    "\u10a0-\u10fa\u10fc-\u10ff\u1200-\u135f\u1369-\u1399\u13a0-\u13fd\u1401-\u166c\u1810-\u18af"  # Georgian and on
    "\u1c80-\u1c8a\u1c90-\u1cbf\u1d00-\u1fff\u2c00-\u2ce4\u2d00-\u2d67\u2d80-\u2dff\ua640-\ua672\ua674-\ua67d\ua67f-\ua69f"
    "\ua722-\ua788\ua78b-\ua7ff\uab30-\uab6f"  # more of Cyrillic, Latin, Greek, Georgian
)
"""Letters, marks and digits of scripts whose words are parted by spaces. Not those of Han, kana, Hangul, Thai, Lao,
Khmer and Burmese, of which a phrase is a part of a longer run."""

_IN_WORD: Final = re.compile(f"[{_WORD_RANGES}]")


def folded(text: str) -> str:
    """The text without differences that readers do not mean: compatible forms, case, what is invisible
    (NFKC_Casefold of the Unicode Standard, section 3.13); white space is one space.
    """
    compatible = unicodedata.normalize("NFKC", text)
    plain = unicodedata.normalize("NFKC", without_ignorable(compatible).casefold())
    return " ".join(plain.split())


def phrase_pattern(phrase: str) -> str:
    """A regular expression of PostgreSQL and of Python's `re` for a phrase that stands in a `folded` text.

    Where the phrase begins or ends with a letter or digit of a spaced script, so does a word there: `and` is not in
    `sand`, but it is in `看and看`. Han, kana, Hangul, emoji and signs are found wherever they stand.

    Raises `ValueError` where nothing of the phrase is left.
    """
    plain = folded(phrase)
    if not plain:
        raise ValueError("nothing of the phrase can be seen")
    before = f"(?<![{_WORD_RANGES}])" if _IN_WORD.match(plain[0]) else ""
    behind = f"(?![{_WORD_RANGES}])" if _IN_WORD.match(plain[-1]) else ""
    return f"{before}{re.escape(plain)}{behind}"
