"""How texts are read for searches: cut into words and runs, folded, with what stands between them.

Latin and other spaced scripts: words, folded (case, accents, width, compatibility characters such as № and ½).
Chinese, Japanese and Korean: runs without spaces; hiragana is read as katakana.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

TIGHT: Final = ""
SPACE: Final = " "
HYPHEN: Final = "-"
POINT: Final = "."
COMMA: Final = ","
SLASH: Final = "/"
APART: Final = "|"
"""What may be between two neighbours; `APART`, where it is something else, and they are none. `TIGHT` are letters and
digits of one word."""

_JOINTS: Final = {
    **dict.fromkeys("-_&+·:‐‑‒–—−", HYPHEN),  # hyphens of every length, and the minus sign
    ".": POINT,
    ",": COMMA,
    **dict.fromkeys("/⁄", SLASH),  # the slash of fractions
}
_APOSTROPHES: Final = frozenset("'’ʼ＇")
_UNSAID: Final = _APOSTROPHES | frozenset("™℠")
_VOICING: Final = {"ﾞ": "\u3099", "ﾟ": "\u309a", "\u3099": "\u3099", "\u309a": "\u309a"}
"""Marks of kana that are characters by themselves: the half-width ones, and those that composed with nothing."""
_MIDDLE_DOTS: Final = frozenset("・･")
_ZERO_WIDTH_SPACE: Final = "\u200b"
_ASCII_WORD: Final = re.compile(r"[a-z0-9]+")
_FRACTION_SLASH: Final = "\u2044"
_KATAKANA: Final = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
# Letters that have no decomposition, as they are typed where keyboards lack them; the sign of multiplication.
_TYPED: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "×": "x"}
)

# Scripts that are written without spaces, and Hangul, whose words take endings (Unicode's blocks of them).
_UNSPACED: Final = (
    (0x1100, 0x11FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x3041, 0x30FF),
    (0x3105, 0x312F),
    (0x3131, 0x318E),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


_NO_LETTERS: Final = dict.fromkeys(map(ord, " /"))
"""What fractions are parted by (`_fold`)."""


class Segment(NamedTuple):
    """A word, or a run of an unspaced script, folded. `origins` are the places of its characters in the text, `joint`
    is what stands between it and the segment before.
    """

    text: str
    unspaced: bool
    origins: Sequence[int]
    joint: str


def normal(text: str) -> str:
    """The form that segments have their places in: composed (Unicode's NFC)."""
    return unicodedata.normalize("NFC", text)


def segments(text: str) -> Iterator[Segment]:
    """The words and runs of a text that is `normal`."""
    if text.isascii() and "'" not in text:  # most texts; the same in a fraction of the time
        return _ascii_segments(text.lower())
    return _all_segments(text)


def letters_of(text: str) -> str | None:
    """All of a text's segments in one; None where that takes reading it, for marks of kana that are characters."""
    if not _VOICING.keys().isdisjoint(text):
        return None
    return "".join([_fold(character)[0] for character in text]).translate(_NO_LETTERS)


def _ascii_segments(text: str) -> Iterator[Segment]:
    end = 0
    for found in _ASCII_WORD.finditer(text):
        start, before = found.start(), end
        end = found.end()
        yield Segment(found[0], False, range(start, end), _joint(text[before:start]) if before else APART)


def _all_segments(text: str) -> Iterator[Segment]:
    characters: list[str] = []
    origins: list[int] = []
    between: list[str] = [APART]
    unspaced = False
    for place, character in enumerate(text):
        folded, kind = _fold(character)
        if not folded and _is_unsaid(character):
            if unspaced and characters and character in _VOICING:
                characters[-1] = _voiced(characters[-1], character)
            continue  # don't, l'eau; marks that compose with nothing
        if not folded and unspaced and characters and character in _MIDDLE_DOTS:
            continue
        for one in folded or character:
            is_break = not folded or one in " /"
            if characters and (is_break or kind != unspaced):
                yield Segment("".join(characters), unspaced, origins, _joint("".join(between)))
                characters, origins, between = [], [], []
                if not is_break:
                    between = [APART]
            if is_break:
                between.append(one)
            else:
                unspaced = kind
                characters.append(one)
                origins.append(place)
    if characters:
        yield Segment("".join(characters), unspaced, origins, _joint("".join(between)))


def _joint(between: str) -> str:
    if len(between) == 1:
        known = _JOINTS.get(between) or _JOINTS.get(unicodedata.normalize("NFKC", between))
        if known:
            return known
    return SPACE if between and (between.isspace() or between == _ZERO_WIDTH_SPACE) else APART


def _is_unsaid(character: str) -> bool:
    """Whether a word goes on behind it as if it were not there: apostrophes, marks, joiners, soft hyphens."""
    if character in _UNSAID or character in _VOICING:
        return True
    category = unicodedata.category(character)
    return category.startswith("M") or (category == "Cf" and character != _ZERO_WIDTH_SPACE)


def _voiced(kana: str, mark: str) -> str:
    composed = unicodedata.normalize("NFC", kana + _VOICING[mark])
    return composed if len(composed) == 1 else kana


@lru_cache(maxsize=16_384)
def _fold(character: str) -> tuple[str, bool]:
    """The letters and digits that a character stands for, which may be none or several; whether they are unspaced.

    A fraction is two numbers: a space before it and a slash in it part them.
    """
    if character in _UNSAID or character in _VOICING:
        return "", False
    compatible = unicodedata.normalize("NFKC", character)
    if any(map(_is_unspaced, compatible)):
        kana = compatible.casefold().translate(_KATAKANA)
        return "".join(one for one in kana if _is_unspaced(one)), True
    apart = unicodedata.normalize("NFKD", compatible).casefold()
    plain = unicodedata.normalize("NFKD", apart).translate(_TYPED)
    if len(plain) > 1 and _FRACTION_SLASH in plain:
        return f" {plain.replace(_FRACTION_SLASH, '/')} ", False
    return "".join(_digit(one) for one in plain if one.isalnum()), False


def _digit(character: str) -> str:
    """Digits of every script are the ones of ASCII."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return code >= _UNSPACED[0][0] and character.isalnum() and any(low <= code <= high for low, high in _UNSPACED)
