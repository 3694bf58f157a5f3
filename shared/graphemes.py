"""Characters as people count them: extended grapheme clusters (Unicode Standard Annex #29).

The tables are those of the `regex` package, not of Python's `unicodedata`, which is years older: emoji of this year are
characters, too. A page that counts with `Intl.Segmenter` comes to the same numbers.
"""

from __future__ import annotations

from typing import Final

import regex

UNICODE_VERSION: Final = "18.0"
"""Of the tables of the `regex` package that is pinned."""

_CLUSTER: Final = regex.compile(r"\X")
_VISIBLE: Final = regex.compile(r"[[\p{L}\p{N}\p{P}\p{S}\p{Co}]--[\p{Default_Ignorable_Code_Point}\u2800]]", regex.V1)
"""Something is printed for it by itself; not for marks, spaces, joiners, fillers of Hangul, and Braille's blank."""

_IGNORABLE: Final = regex.compile(r"\p{Default_Ignorable_Code_Point}+")


def grapheme_count(text: str) -> int:
    """The number of extended grapheme clusters: 1 for a family of emoji, for the flag of Scotland, for `\\r\\n`."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    return sum(1 for _ in _CLUSTER.finditer(text))


def longest_cluster(text: str) -> int:
    """The code points of the longest cluster: what is piled upon one character."""
    return max((found.end() - found.start() for found in _CLUSTER.finditer(text)), default=0)


def has_visible_character(text: str) -> bool:
    """Whether a reader sees anything of the text."""
    return _VISIBLE.search(text) is not None


def without_ignorable(text: str) -> str:
    """The text without characters that show nothing by themselves: joiners, fillers, marks of direction, selectors."""
    return text if text.isascii() else _IGNORABLE.sub("", text)
