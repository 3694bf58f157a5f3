"""Texts as screening compares them: without the differences by which words are hidden from it.

Width and compatible forms, case, accents, invisible characters, look-alikes of Latin letters, and traditional Han
characters make no difference. What stands between letters is set aside and remembered: so a word is still one with dots
in it, while a sentence's end is an end. Every letter knows its place in the text as stored.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from shared.contexts.moderation.homoglyphs import HOMOGLYPHS
from shared.contexts.moderation.simplified import SIMPLIFIED

MAX_GAP: Final = 3
"""Signs between two letters of one word, at most."""
LEET: Final = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "il", "|": "il", "+": "t", "€": "e", "£": "l", "¥": "y",
}  # fmt: skip
"""Letters that digits and signs are written for."""

_CLUSTER: Final = regex.compile(r"\X")
_UNSEEN: Final = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{M}]")
_BREAKS: Final = frozenset("\n，。！？；：、…—《》（）「」『』【】“”")
_LETTER_KINDS: Final = frozenset({"Ll", "Lu", "Lt", "Lm", "Lo", "Nd", "Nl", "No"})
_UNSPACED: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}\u30fc]")


class Gap(IntEnum):
    """What stands between a letter and the one before."""

    NONE = 0
    SIGNS = 1
    SPACE = 2
    BREAK = 3
    """The end of a sentence or line, or more than words are parted by."""


class Letter(NamedTuple):
    """`shape` is what is compared. `is_disguised`: it is none of ASCII, but looks like it."""

    shape: str
    start: int
    end: int
    gap: Gap
    is_disguised: bool


class ScreenedText:
    """The letters of a text. With `leet`, digits and signs that letters are written for are letters as well."""

    def __init__(self, text: str, *, leet: bool = False) -> None:
        self.letters: list[Letter] = []
        self.is_foreign = False
        """Has letters of other alphabets that look like none of ASCII: those that do may be meant as they are."""
        between = ""
        for cluster in _CLUSTER.finditer(text):
            for character, plain, is_disguised in _shapes(cluster[0]):
                shape = LEET[character][0] if leet and character in LEET else plain
                if not shape:
                    between += character
                    continue
                self.letters.append(Letter(shape, cluster.start(), cluster.end(), _gap(between), is_disguised))
                self.is_foreign |= _is_foreign(shape)
                between = ""
        self.shape = "".join(letter.shape for letter in self.letters)
        """One character for each letter."""


@lru_cache(maxsize=16_384)
def _shapes(cluster: str) -> tuple[tuple[str, str, bool], ...]:
    """Characters, with the letter that each is read as, which is empty for signs, and whether it is disguised."""
    shapes: list[tuple[str, str, bool]] = []
    for character in unicodedata.normalize("NFKC", cluster):
        if character in _BREAKS or cluster in _BREAKS:
            shapes.append(("\n", "", False))
            continue
        for plain in unicodedata.normalize("NFKD", character) if not _UNSPACED.match(character) else character:
            if _UNSEEN.match(plain):
                continue
            if disguised := HOMOGLYPHS.get(plain):
                shapes.append((plain, disguised, True))
            elif unicodedata.category(plain) in _LETTER_KINDS:
                shapes.extend((one, SIMPLIFIED.get(one, one), False) for one in plain.casefold())
            else:
                shapes.append((plain, "", False))
    return tuple(shapes)


def is_unspaced(letter: str) -> bool:
    """Whether words of its script are not parted by spaces."""
    return _UNSPACED.match(letter) is not None


def _gap(between: str) -> Gap:
    if not between:
        return Gap.NONE
    if "\n" in between or len(between) > MAX_GAP:
        return Gap.BREAK
    return Gap.SPACE if any(map(str.isspace, between)) else Gap.SIGNS


def _is_foreign(shape: str) -> bool:
    return not shape.isascii() and shape.isalpha() and not is_unspaced(shape)
