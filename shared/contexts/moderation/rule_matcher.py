"""Finds phrases of many rules in a text, in spite of what is done to hide them. Without state: a text has the same
matches whenever and by whomever it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from shared.contexts.moderation.screening_text import LEET, Gap, Letter, ScreenedText, is_unspaced

MAX_MATCHES: Final = 10
"""Places that are told of one rule."""

_LEET_SHAPES: Final = str.maketrans({"l": "i"})  # 1, ! and | are written for both


class Match(NamedTuple):
    """A rule, and the place in the text as stored: code points, `end` behind the last, no cluster split."""

    rule_id: UUID
    start: int
    end: int


class Rule(NamedTuple):
    """A phrase that is looked for."""

    id: UUID
    shape: str
    parts: frozenset[int]
    """Letters before which the phrase itself has a space or a sign."""
    is_latin: bool


class RuleMatcher:
    """Rules by their phrases. Raises `ValueError` for a phrase without any letter or digit."""

    def __init__(self, phrases: Iterable[tuple[UUID, str]]) -> None:
        self._rules: Sequence[Rule] = [_rule(rule_id, phrase) for rule_id, phrase in phrases]

    def matches(self, text: str) -> list[Match]:
        """By their places. A text that is `NFC`, as stored."""
        found: set[Match] = set()
        plain = ScreenedText(text)
        for rule in self._rules:
            found.update(_places(rule, rule.shape, plain, plain.shape))
        if any(character in text for character in LEET):
            leet = ScreenedText(text, leet=True)
            shape = leet.shape.translate(_LEET_SHAPES)
            for rule in self._rules:
                if rule.is_latin:
                    found.update(_places(rule, rule.shape.translate(_LEET_SHAPES), leet, shape, text))
        return sorted(found, key=lambda match: (match.start, match.end, match.rule_id))


def _rule(rule_id: UUID, phrase: str) -> Rule:
    text = ScreenedText(phrase)
    if not text.letters:
        raise ValueError("the phrase has no letter")
    parts = frozenset(index for index, letter in enumerate(text.letters) if letter.gap)
    return Rule(rule_id, text.shape, parts, text.shape.isascii() and text.shape.isalpha())


def _places(rule: Rule, shape: str, text: ScreenedText, text_shape: str, raw: str | None = None) -> Iterator[Match]:
    """`raw` is the text where digits and signs were read as letters."""
    number = 0
    first = text_shape.find(shape)
    while first >= 0 and number < MAX_MATCHES:
        letters = text.letters[first : first + len(shape)]
        follower = text.letters[first + len(shape)] if first + len(shape) < len(text.letters) else None
        if (
            _is_word(text.letters[first], text.letters[first - 1] if first else None, letters[-1], follower)
            and _is_one(rule, letters)
            and _is_meant(rule, letters, text)
            and (raw is None or _reads_as(rule, letters, raw))
        ):
            number += 1
            yield Match(rule.id, letters[0].start, letters[-1].end)
        first = text_shape.find(shape, first + 1)


def _is_word(first: Letter, before: Letter | None, last: Letter, follower: Letter | None) -> bool:
    """Whether a word begins with the first letter and ends with the last; scripts without spaces have no bounds."""
    begins = before is None or first.gap > Gap.NONE or is_unspaced(first.shape) or is_unspaced(before.shape)
    ends = follower is None or follower.gap > Gap.NONE or is_unspaced(last.shape) or is_unspaced(follower.shape)
    return begins and ends


def _is_one(rule: Rule, letters: Sequence[Letter]) -> bool:
    """Whether the letters are one phrase: signs may be in it; spaces, too, where every letter of a word is by itself,
    or no script needs them. `pen is` is two words, `p e n i s` is one.
    """
    inside = [letter for index, letter in enumerate(letters) if index and index not in rule.parts]
    if any(letter.gap is Gap.BREAK for letter in letters[1:]):
        return False
    spaced = [letter for letter in inside if letter.gap is Gap.SPACE and not is_unspaced(letter.shape)]
    return not spaced or all(letter.gap for letter in inside)


def _is_meant(rule: Rule, letters: Sequence[Letter], text: ScreenedText) -> bool:
    """Whether look-alikes are: a Russian word of letters that look like Latin ones is Russian in a Russian text."""
    return not (rule.is_latin and text.is_foreign and all(letter.is_disguised for letter in letters))


def _reads_as(rule: Rule, letters: Sequence[Letter], raw: str) -> bool:
    """Whether digits and signs stand for just these letters, and for no more than half of them."""
    written = [raw[letter.start : letter.end] for letter in letters]
    real = 0
    for expected, letter, original in zip(rule.shape, letters, written, strict=True):
        if original in LEET:
            if expected not in LEET[original]:
                return False
        elif letter.shape != expected:
            return False
        else:
            real += 1
    return real * 2 >= len(letters)
