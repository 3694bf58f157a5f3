"""What texts are found by: the terms that the index has of them.

Spaced scripts: every word, without an English plural. A word of letters and digits (`iPhone15`) has its parts as well,
and what is joined by hyphens and the like, or written apart (`Wi-Fi`, `T Shirt`), is also one word (`wifi`): these
count less than what is written. Unspaced scripts: every pair of neighbours, and the last character alone. So a query of
one character is the prefix of a pair, and a longer one is pairs that follow each other: any part of a run is found, and
nothing else. (Segmentation into words misses what its dictionary cuts differently.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from shared.search.segments import APART, COMMA, POINT, SLASH, SPACE, TIGHT, Segment, normal, segments

MAX_WORD: Final = 64
"""Characters of a word that count."""
STEP: Final = 3
"""Positions from one word to the next, so that pairs of a run never follow each other across its end."""
MAX_PIECES: Final = 8
"""Pieces of a word, or of words that are joined, that count."""
_MAX_POSITION: Final = 16_383
"""PostgreSQL's, in a tsvector; what lies beyond is left out."""
_SHORT: Final = 2
_MIN_DIGITS: Final = 5
GTIN: Final = 8
"""Digits of the shortest Global Trade Item Number."""
_ES_PLURALS: Final = ("sses", "xes", "ches", "shes", "zzes")
_ASCII_COMPOUND: Final = re.compile(r"[a-z0-9]+(?:[-_&+:.,/][a-z0-9]+)*")
"""Words that nothing but what joins them parts (`segments`)."""
_PIECE: Final = re.compile(r"\d+|\D+")


class Apart(Enum):
    """Which neighbours are one word as well, though there is a space between them."""

    NONE = "none"
    SHORT = "short"
    ALL = "all"


class Form(NamedTuple):
    """A word that a text is found by, and the segments (from `first` to `last`) that it is made of; within the first,
    it begins at the piece `piece`. `is_written`: the text has it in just this form.
    """

    text: str
    first: int
    last: int
    piece: int = 0
    is_written: bool = False


class _Piece(NamedTuple):
    """Letters or digits, what is before them, the segment that they are of, and how many are before them in it."""

    text: str
    joint: str
    segment: int
    number: int


@lru_cache(maxsize=4_096)
def term(word: str) -> str:
    """What a folded word is indexed as: cut, and without an English plural (after Harman's S-stemmer, 1991); a trade
    item's number without leading zeros, which its shorter forms lack (GS1 General Specifications, section 3.3.2).
    """
    word = word[:MAX_WORD]
    if len(word) >= GTIN and word.isdigit():
        return word.lstrip("0") or word
    return _singular(word)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.isascii():
        return word
    if len(word) > 4 and word.endswith(("ie", "ies")):  # cookie as cookies, which could be of cooky
        return word.removesuffix("s")[:-2] + "y"
    if not word.endswith("s"):
        return word
    if word.endswith(_ES_PLURALS):
        return word[:-2]
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


def pieces(word: str) -> list[str]:
    """The letters and the digits of a word, one after the other."""
    return [word] if _is_plain(word) else _PIECE.findall(word)


def joined(left: str, joint: str, right: str) -> str | None:
    """Two neighbours as one word; None where nobody would write them so. Numbers keep what is between them: 1/2 is
    not 12.
    """
    if joint == APART:
        return None
    if not (left[-1].isdigit() and right[0].isdigit()):
        return None if joint == COMMA else left + right
    if joint in (POINT, COMMA):
        return f"{left}.{right}"
    if joint == SPACE:
        return None
    return f"{left}/{right}" if joint == SLASH else left + right


def says_something(joint_word: str) -> bool:
    """Whether a word that was joined can be meant: 1-2 is not 12, but 0707-60 may be written as 070760."""
    return len(joint_word) >= _MIN_DIGITS or not joint_word.isdigit()


def forms(found: Sequence[Segment], apart: Apart) -> Iterator[Form]:
    """The words of segments, about in the order of their beginnings: as they are written, in pieces, and joined.

    `apart`: which words that are written apart are joined as well.
    """
    start = 0
    while start < len(found):
        end = start + 1
        if found[start].unspaced:
            start = end
            continue
        while end < len(found) and not found[end].unspaced and found[end].joint not in (APART, SPACE):
            end += 1
        for index in range(start, end):
            yield Form(found[index].text, index, index, is_written=True)
        if end - start > 1 or not _is_plain(found[start].text):
            yield from _of_compound(found, start, end)
        if end < len(found) and not found[end].unspaced and found[end].joint == SPACE:
            yield from _written_apart(found[end - 1].text, found[end].text, end - 1, apart)
        start = end


def _of_compound(found: Sequence[Segment], start: int, end: int) -> Iterator[Form]:
    """Of a word with several pieces, or of words that nothing but hyphens and the like part: every piece, every two
    neighbours, and everything from each piece on, so that a part of a code finds it.
    """
    parts = [
        _Piece(text, segment.joint if number == 0 else TIGHT, index, number)
        for index, segment in enumerate(found[start:end], start)
        for number, text in enumerate(pieces(segment.text))
    ][:MAX_PIECES]
    for place, part in enumerate(parts):
        if part.text != found[part.segment].text:
            yield Form(part.text, part.segment, part.segment, part.number)
        word = part.text
        for other in parts[place + 1 :]:
            longer = joined(word, other.joint, other.text)
            if longer is None:
                break
            word = longer
            if (other is parts[place + 1] or other is parts[-1]) and says_something(word):
                yield Form(word, part.segment, other.segment, part.number)
    for index in range(start, end - 1) if len(parts) > end - start else ():
        pair = joined(found[index].text, found[index + 1].joint, found[index + 1].text)
        if pair and says_something(pair):
            yield Form(pair, index, index + 1)


def _written_apart(left: str, right: str, index: int, apart: Apart) -> Iterator[Form]:
    """`sun screen` as one word; or short words only: `t shirt`, `wi fi`."""
    if apart is Apart.SHORT:
        short = 1 in (len(left), len(right)) or (len(left) <= _SHORT and len(right) <= _SHORT)
        if not short or not (left[-1].isalpha() and right[0].isalpha()):
            return
    if apart is not Apart.NONE and (word := joined(left, SPACE, right)):
        yield Form(word, index, index + 1)


def _is_plain(word: str) -> bool:
    return word.isalpha() or word.isdigit()


def words(text: str) -> set[str]:
    """The spaced words of a text, as written and as hyphens join them, without those that have digits: what may be
    misspelt.
    """
    plain = text.lower().split()
    if text.isascii() and all(word.isalpha() and _SHORT < len(word) <= MAX_WORD for word in plain):
        return set(plain)  # the same, in a fraction of the time
    found = list(segments(normal(text)))
    return {form.text[:MAX_WORD] for form in forms(found, Apart.SHORT) if form.text.isalpha()}


@lru_cache(maxsize=8_192)
def _names(word: str) -> tuple[str, ...]:
    """A word as it is found whole; and as it is written, for its beginning to be found."""
    whole, written = term(word), word[:MAX_WORD]
    return (whole,) if whole == written else (whole, written)


class Document:
    """Terms of several texts as a `tsvector`; texts that count more are added first."""

    def __init__(self) -> None:
        self._terms: dict[str, list[str]] = {}
        self._position = 1

    def add(self, text: str, weight: str, *, apart: Apart | None = None) -> None:
        """`weight` is A, B, C or D, as PostgreSQL has them. What finds no place any more is left out.

        Forms that are not the text's own weigh C, or D as the text does. `apart`: as for `forms`; short words where
        it is left out, and none in what weighs D, which is prose.
        """
        text = normal(text)
        apart = apart or (Apart.NONE if weight == "D" else Apart.SHORT)
        if not text.isascii() or "'" in text:
            self._add_segments(list(segments(text)), weight, apart)
        elif apart is Apart.NONE:
            self._add_prose(text.lower(), weight)
        else:
            self._add_ascii(text.lower(), weight, apart)

    def _add_prose(self, text: str, weight: str) -> None:
        """The same as `_add_segments` in a fraction of the time: most words are nothing but letters."""
        terms = self._terms
        for word in _ASCII_COMPOUND.findall(text):
            if not word.isalpha():
                self._add_segments(list(segments(word)), weight, Apart.NONE)
                continue
            place = f"{self._position}{weight}"
            if self._position > _MAX_POSITION:
                return
            self._position += STEP
            for name in _names(word):
                if (places := terms.get(name)) is None:
                    terms[name] = [place]
                else:
                    places.append(place)

    def _add_ascii(self, text: str, weight: str, apart: Apart) -> None:
        """As `_add_prose`, with what is written apart."""
        end, last, last_position = 0, "", 0
        for found in _ASCII_COMPOUND.finditer(text):
            word = first = tail = found[0]
            position = self._position
            if _is_plain(word):
                self._put(word, position, weight)
                self._position += STEP
            else:
                compound = list(segments(word))
                first, tail = compound[0].text, compound[-1].text
                position = self._add_segments(compound, weight, apart)
            if last and text[end : found.start()].isspace():
                for form in _written_apart(last, first, 0, apart):
                    self._put(form.text, last_position, max(weight, "C"))
            end, last, last_position = found.end(), tail, position

    def _add_segments(self, found: Sequence[Segment], weight: str, apart: Apart) -> int:
        """Returns the position of the last one."""
        begins = self._begins(found, weight)
        other = max(weight, "C")
        for form in forms(found, apart):
            self._put(form.text, begins[form.first] + STEP * form.piece, weight if form.is_written else other)
        return begins[-1] if begins else self._position

    def _begins(self, found: Sequence[Segment], weight: str) -> list[int]:
        """The position of each segment; those of unspaced scripts are added."""
        begins: list[int] = []
        for segment in found:
            begins.append(self._position)
            if not segment.unspaced:
                self._position += STEP * min(len(pieces(segment.text)), MAX_PIECES)
                continue
            for name, offset in _pairs(segment.text):
                if self._position + offset <= _MAX_POSITION:
                    self._terms.setdefault(name, []).append(f"{self._position + offset}{weight}")
            self._position += len(segment.text) + STEP - 1
        return begins

    def _put(self, word: str, position: int, weight: str) -> None:
        if position <= _MAX_POSITION:
            for name in _names(word):
                self._terms.setdefault(name, []).append(f"{position}{weight}")

    def tsvector(self) -> str:
        """The text form of PostgreSQL's type."""
        return " ".join(f"'{name}':{','.join(positions)}" for name, positions in self._terms.items())


def pairs(run: str) -> list[str]:
    """The pairs of neighbours in a run; the character alone where there is one."""
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


def _pairs(run: str) -> list[tuple[str, int]]:
    """Every pair with its offset, and the last character alone."""
    last = len(run) - 1
    return [*((run[place : place + 2], place) for place in range(last)), (run[last], last)]
