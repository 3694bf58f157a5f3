"""What a query asks for, by the terms that the index has (`terms`): groups of alternatives, all of which have
to be met.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from shared.search.segments import (
    APART,
    COMMA,
    POINT,
    SLASH,
    SPACE,
    Segment,
    letters_of,
    normal,
    segments,
)
from shared.search.terms import (
    GTIN,
    MAX_PIECES,
    MAX_WORD,
    STEP,
    Apart,
    Form,
    forms,
    joined,
    pairs,
    pieces,
    says_something,
    term,
)

MAX_QUERY_PARTS: Final = 16
_MIN_PREFIX: Final = 3
_MIN_PREFIX_OF_JOINED: Final = 4
_MIN_PREFIX_OF_DIGITS: Final = 5
"""A number asks for longer ones only where it looks like the beginning of a code."""

_BEHIND: Final = 40
"""Characters behind what reads like the beginning of a word: other words that it may be joined with."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a run. `prefix`: it may be the beginning of a longer word."""

    text: str
    unspaced: bool = False
    prefix: bool = False


Group = list[Part]
"""Alternatives: first what is written, then in which other words it may be."""


def query(text: str) -> list[Group]:
    """What a text asks for. The last word may be one that is still being written, where it is long enough."""
    return _groups(text, short=False)


def beginning(text: str) -> list[Group]:
    """What a text asks for of which the end may be missing, however short the last word is."""
    return _groups(text, short=True)


def _groups(text: str, *, short: bool) -> list[Group]:
    found = list(segments(normal(text)))
    groups: dict[Part, Group] = {}
    for index, segment in enumerate(found):
        follower = found[index + 1] if index + 1 < len(found) else None
        if _are_one_number(segment, follower):
            assert follower is not None
            group = [_part(str(joined(segment.text, follower.joint, follower.text)), found, index + 1, short=short)]
        elif index and _are_one_number(found[index - 1], segment):
            continue  # is in the group of the one before
        elif segment.unspaced:
            group = [Part(segment.text, unspaced=True)]
        else:
            group = [_part(segment.text, found, index, short=short), *_joined_parts(found, index, short=short)]
        # Of a word that is there twice, the last one may be half written.
        groups = {part: old for part, old in groups.items() if part.text != group[0].text}
        groups[group[0]] = list(dict.fromkeys(group))
    return list(groups.values())[:MAX_QUERY_PARTS]


def _are_one_number(left: Segment, right: Segment | None) -> bool:
    """1/2, 3.5: their digits by themselves say something else."""
    return (
        right is not None
        and not left.unspaced
        and not right.unspaced
        and right.joint in (POINT, COMMA, SLASH)
        and left.text[-1].isdigit()
        and right.text[0].isdigit()
    )


def _joined_parts(found: Sequence[Segment], index: int, *, short: bool) -> Iterator[Part]:
    """The words that this one makes with its neighbours, if they are written as one."""
    for first in (index - 1, index):
        if first >= 0 and first + 1 < len(found) and (word := _joined(found[first : first + 2])):
            yield _part(word, found, first + 1, short=short, is_joined=True)
    for are_one in (_are_compound, _are_digits):
        first, last = _reach(found, index, are_one)
        word = _joined(found[first : last + 1]) if are_one is _are_compound else _number(found[first : last + 1])
        if last - first > 1 and word:
            yield _part(word, found, last, short=short, is_joined=True)


def _joined(found: Sequence[Segment]) -> str | None:
    word: str | None = found[0].text
    for left, right in itertools.pairwise(found):
        if word is None or left.unspaced or right.unspaced or _are_one_number(left, right):
            return None
        word = joined(word, right.joint, right.text)
    return word if word is not None and says_something(word) else None


def _number(found: Sequence[Segment]) -> str | None:
    """Digits in groups, as they are printed below a bar code."""
    digits = "".join(segment.text for segment in found)
    return digits if len(digits) >= GTIN else None


def _reach(found: Sequence[Segment], index: int, are_one: Callable[[Segment, Segment], bool]) -> tuple[int, int]:
    """The first and the last of the words around this one of which each two neighbours belong together."""
    first = last = index
    while first > 0 and are_one(found[first - 1], found[first]):
        first -= 1
    while last + 1 < len(found) and are_one(found[last], found[last + 1]):
        last += 1
    return (first, last) if last - first < MAX_PIECES else (index, index)


def _are_compound(left: Segment, right: Segment) -> bool:
    return right.joint not in (SPACE, APART) and not left.unspaced and not right.unspaced


def _are_digits(left: Segment, right: Segment) -> bool:
    return right.joint == SPACE and left.text.isdigit() and right.text.isdigit()


def _part(text: str, found: Sequence[Segment], last: int, *, short: bool, is_joined: bool = False) -> Part:
    """A word that ends with the segment `last`."""
    prefix = last == len(found) - 1 and (short or len(text) >= _least(text, is_joined=is_joined))
    return Part(text[:MAX_WORD], prefix=prefix)


def _least(text: str, *, is_joined: bool) -> int:
    if text.isalpha():
        return _MIN_PREFIX
    if is_joined:
        return _MIN_PREFIX_OF_JOINED
    return _MIN_PREFIX if any(map(str.isalpha, text)) else _MIN_PREFIX_OF_DIGITS


def tsquery(groups: Iterable[Iterable[Part]]) -> str:
    """The text form of PostgreSQL's type: all of the groups, each by any of its parts."""
    return " & ".join(f"({' | '.join(_tsquery_term(part) for part in group)})" for group in groups)


def _tsquery_term(part: Part) -> str:
    if part.unspaced:
        if len(part.text) == 1:
            return f"'{part.text}':*"
        return "(" + " <-> ".join(f"'{pair}'" for pair in pairs(part.text)) + ")"
    whole, beginning_of = term(part.text), ":*" if part.prefix else ""
    terms = [f"'{whole}'{beginning_of}"]
    if part.prefix and whole != part.text:
        terms = [f"'{whole}'", f"'{part.text}':*"]
    if split := _split(part.text):
        *before, last = split
        terms.append(f" <{STEP}> ".join([*(f"'{piece}'" for piece in before), f"'{last}'{beginning_of}"]))
    return terms[0] if len(terms) == 1 else f"({' | '.join(terms)})"


def _split(word: str) -> list[str]:
    """The pieces of a word of letters and digits, as it may be written apart; empty for others."""
    split = pieces(word)
    return split if 1 < len(split) <= MAX_PIECES and word.isalnum() else []


class Matcher:
    """Finds in texts what meets any of the parts."""

    def __init__(self, parts: Iterable[Part]) -> None:
        unique = dict.fromkeys(parts)
        spaced = [part for part in unique if not part.unspaced]
        self._runs = [part for part in unique if part.unspaced]
        self._terms = frozenset(term(part.text) for part in spaced)
        self._prefixes = tuple(part.text for part in spaced if part.prefix)
        self._splits = [split for part in spaced if (split := _split(part.text))]
        # A word that meets a part begins like the part's term, but for the end that a plural changes.
        self._beginnings = [term(part.text)[:-1].translate(_NO_WORDS) for part in spaced]
        likely = [*(term(part.text)[:-1] or part.text for part in spaced), *(part.text for part in self._runs)]
        self._likely = re.compile("|".join(map(re.escape, likely)) or "(?!)")

    def first(self, text: str) -> Span | None:
        """A place in a text that is `normal`, of the first ones; None where there is none.

        Looks at the words around what reads like the beginning of a part, which is there in nearly all texts that have
        one. Reading every word of a text takes several times as long.
        """
        lowered = text.lower()
        if len(lowered) == len(text):  # else places would be others
            seen = 0
            for found in self._likely.finditer(lowered):
                if found.start() < seen:
                    continue
                start, seen = _words_around(lowered, found.start(), found.end())
                if place := next(self.spans(text[start:seen]), None):
                    return place[0] + start, place[1] + start
            if not self._may_meet(lowered):
                return None
        return next(self.spans(text), None)

    def _may_meet(self, text: str) -> bool:
        """False for most texts that nothing of them meets; what parts words is left out of what is looked at."""
        letters = text.translate(_NO_WORDS) if text.isascii() else letters_of(text)
        beginnings = (*self._beginnings, *(run.text for run in self._runs))
        return letters is None or any(beginning in letters for beginning in beginnings)

    def spans(self, text: str) -> Iterator[Span]:
        """Places in a text that is `normal`: start and end."""
        found = list(segments(text))
        if self._terms:
            for form in forms(found, Apart.ALL):
                if term(form.text) in self._terms or self._begins(form, found):
                    yield _place(found, form.first, form.last, form.piece, form.text)
        yield from self._written_apart(found)
        for segment in found if self._runs else ():
            for part in self._runs:
                start = segment.text.find(part.text) if segment.unspaced else -1
                while start >= 0:
                    end = start + len(part.text)
                    yield segment.origins[start], segment.origins[end - 1] + 1
                    start = segment.text.find(part.text, end)

    def _begins(self, form: Form, found: Sequence[Segment]) -> bool:
        """Whether it begins like a part that is being written; of two words, if the first does not by itself."""
        if not form.text.startswith(self._prefixes):
            return False
        return form.first == form.last or not found[form.first].text.startswith(self._prefixes)

    def _written_apart(self, found: Sequence[Segment]) -> Iterator[Span]:
        """Words of letters and digits, of which the text has the pieces one after the other."""
        if not self._splits:
            return
        parts = [
            (text, index, number)
            for index, segment in enumerate(found)
            for number, text in enumerate((segment.text,) if segment.unspaced else pieces(segment.text))
        ]
        texts = [text for text, _, _ in parts]
        for split in self._splits:
            for place in range(len(texts) - len(split) + 1):
                if texts[place : place + len(split)] == split:
                    (_, first, number), (last_text, last, last_number) = parts[place], parts[place + len(split) - 1]
                    yield (
                        _place(found, first, first, number, texts[place])[0],
                        _place(found, last, last, last_number, last_text)[1],
                    )


def _place(found: Sequence[Segment], first: int, last: int, piece: int, text: str) -> Span:
    start = sum(map(len, pieces(found[first].text)[:piece]))
    if first == last:
        return found[first].origins[start], found[first].origins[start + len(text) - 1] + 1
    return found[first].origins[start], found[last].origins[-1] + 1


def _words_around(text: str, start: int, end: int) -> Span:
    """From two words before a place to some words behind it."""
    for _ in range(2):
        start = max(text.rfind(" ", 0, start), 0)
    space = text.find(" ", end + _BEHIND)
    return start, len(text) if space < 0 else space


_NO_WORDS: Final = {code: None for code in range(128) if not chr(code).isalnum()}
