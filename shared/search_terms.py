"""What texts are found by: the one tokenizer, for what is indexed and for what is asked.

Latin and other spaced scripts: words, folded (case, accents, width, English plural). Chinese, Japanese and Korean: runs
without spaces, of which the index holds every pair of neighbours, and the last character alone. So a query of one
character is the prefix of a pair, and a longer one is pairs that follow each other: any part of a run is found, and
nothing else. (Segmentation into words misses what its dictionary cuts differently.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

MAX_WORD: Final = 64
"""Characters of a word that count."""
MAX_QUERY_PARTS: Final = 16
_MAX_POSITION: Final = 16_383
"""PostgreSQL's, in a tsvector; what lies beyond is left out."""
_GAP: Final = 2
"""Between two runs or words that are no neighbours, so that pairs never follow each other across it."""
_APOSTROPHES: Final = frozenset("'’ʼ＇")
_MIN_PREFIX: Final = 3
_ASCII_WORD: Final = re.compile(r"[a-z0-9]+")
_ES_PLURALS: Final = ("sses", "xes", "ches", "shes", "zzes")

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


class Segment(NamedTuple):
    """A word, or a run of an unspaced script, folded. `origins` are the places of its characters in the text."""

    text: str
    unspaced: bool
    origins: Sequence[int]


@dataclass(frozen=True, slots=True)
class Part:
    """What a query asks for: a word or a run. `prefix`: it may be the beginning of a longer word."""

    text: str
    unspaced: bool
    prefix: bool = False

    def matches(self, segment: Segment) -> Iterator[tuple[int, int]]:
        """Where in the segment's own text it is: start and end."""
        if self.unspaced != segment.unspaced:
            return
        if not self.unspaced:
            begins = self.prefix and segment.text.startswith(self.text)
            if begins or term(segment.text) == term(self.text):
                yield 0, len(segment.text)
            return
        start = segment.text.find(self.text)
        while start >= 0:
            yield start, start + len(self.text)
            start = segment.text.find(self.text, start + len(self.text))


def normal(text: str) -> str:
    """The form that segments have their places in: composed (Unicode's NFC)."""
    return unicodedata.normalize("NFC", text)


def segments(text: str) -> Iterator[Segment]:
    """The words and runs of a text that is `normal`."""
    if text.isascii() and "'" not in text:  # most texts; the same in a fraction of the time
        for found in _ASCII_WORD.finditer(text.lower()):
            yield Segment(found[0], False, range(*found.span()))
        return
    characters: list[str] = []
    origins: list[int] = []
    unspaced = False
    for place, character in enumerate(text):
        folded, kind = _fold(character)
        if not folded and (character in _APOSTROPHES or unicodedata.category(character).startswith("M")):
            continue  # don't, l'eau; marks that compose with nothing
        if characters and (not folded or kind != unspaced):
            yield Segment("".join(characters), unspaced, origins)
            characters, origins = [], []
        if folded:
            unspaced = kind
            characters += folded
            origins += [place] * len(folded)
    if characters:
        yield Segment("".join(characters), unspaced, origins)


@lru_cache(maxsize=4_096)
def term(word: str) -> str:
    """What a folded word is indexed as: cut, and without an English plural (after Harman's S-stemmer, 1991)."""
    word = word[:MAX_WORD]
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


def words(text: str) -> set[str]:
    """The spaced words of a text, without those that have digits: what may be misspelt."""
    found = (segment.text for segment in segments(normal(text)) if not segment.unspaced)
    return {word[:MAX_WORD] for word in found if word.isalpha()}


class Document:
    """Terms of several texts as a `tsvector`; texts that count more are added first."""

    def __init__(self) -> None:
        self._terms: dict[str, list[str]] = {}
        self._position = 1

    def add(self, text: str, weight: str) -> None:
        """`weight` is A, B, C or D, as PostgreSQL has them. What finds no place any more is left out."""
        for segment in segments(normal(text)):
            terms = _pairs(segment.text) if segment.unspaced else _forms(segment.text)
            for name, offset in terms:
                if (position := self._position + offset) > _MAX_POSITION:
                    return
                self._terms.setdefault(name, []).append(f"{position}{weight}")
            self._position += (len(segment.text) if segment.unspaced else 1) + _GAP

    def tsvector(self) -> str:
        """The text form of PostgreSQL's type."""
        return " ".join(f"'{name}':{','.join(positions)}" for name, positions in self._terms.items())


def query(text: str) -> list[Part]:
    """What a text asks for; all of it has to be found. The last word may be one that is still being written."""
    parts = beginning(text)
    if parts and parts[-1].prefix and (len(parts[-1].text) < _MIN_PREFIX or not parts[-1].text.isalpha()):
        parts[-1] = Part(parts[-1].text, unspaced=False)
    return parts


def beginning(text: str) -> list[Part]:
    """What a text asks for of which the end may be missing, however short the last word is."""
    found = [
        Part(segment.text if segment.unspaced else segment.text[:MAX_WORD], segment.unspaced)
        for segment in segments(normal(text))
    ]
    parts = list(dict.fromkeys(found))[:MAX_QUERY_PARTS]
    if parts and found[-1] == parts[-1] and not parts[-1].unspaced:
        parts[-1] = Part(parts[-1].text, unspaced=False, prefix=True)
    return parts


def tsquery(parts: Iterable[Part]) -> str:
    """The text form of PostgreSQL's type: all of the parts."""
    return " & ".join(_asked(part) for part in parts)


def tsquery_of_any(alternatives: Iterable[Iterable[Part]]) -> str:
    """All of the groups, each by any of its parts."""
    return " & ".join(f"({' | '.join(_asked(part) for part in group)})" for group in alternatives)


def pairs(run: str) -> list[str]:
    """The pairs of neighbours in a run; the character alone where there is one."""
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


def _pairs(run: str) -> list[tuple[str, int]]:
    """Every pair with its offset, and the last character alone."""
    last = len(run) - 1
    return [*((run[place : place + 2], place) for place in range(last)), (run[last], last)]


def _forms(word: str) -> list[tuple[str, int]]:
    """A word as it is found whole; and as it is written, for its beginning to be found."""
    whole, written = term(word), word[:MAX_WORD]
    return [(whole, 0)] if whole == written else [(whole, 0), (written, 0)]


def _asked(part: Part) -> str:
    if not part.unspaced:
        whole = term(part.text)
        if not part.prefix:
            return f"'{whole}'"
        return f"'{whole}':*" if whole == part.text else f"('{whole}' | '{part.text}':*)"
    if len(part.text) == 1:
        return f"'{part.text}':*"
    return "(" + " <-> ".join(f"'{pair}'" for pair in pairs(part.text)) + ")"


@lru_cache(maxsize=16_384)
def _fold(character: str) -> tuple[str, bool]:
    """The letters and digits that a character stands for, which may be none or several; whether they are unspaced."""
    compatible = unicodedata.normalize("NFKC", character)
    if any(map(_is_unspaced, compatible)):
        return "".join(one for one in compatible.casefold() if _is_unspaced(one)), True
    apart = unicodedata.normalize("NFKD", compatible).casefold()
    plain = unicodedata.normalize("NFKD", apart)
    return "".join(one for one in plain if one.isalnum()), False


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return code >= _UNSPACED[0][0] and character.isalnum() and any(low <= code <= high for low, high in _UNSPACED)
