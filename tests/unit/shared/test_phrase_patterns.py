"""What a word is made of, and phrases of which nothing is left."""

from __future__ import annotations

import re

import pytest
import regex

from shared.phrase_patterns import folded, phrase_pattern

_LETTERS = regex.compile(
    r"[[\p{L}\p{Nd}]&&[0-9[:Latin:][:Greek:][:Cyrillic:][:Armenian:][:Hebrew:][:Arabic:][:Devanagari:][:Bengali:]"
    r"[:Tamil:][:Telugu:][:Georgian:][:Ethiopic:]]]",
    regex.V1,
)
_OTHERS = regex.compile(r"[[\p{P}\p{Z}\p{S}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]--_]", regex.V1)


def test_letters_of_spaced_scripts_go_on_a_word_and_signs_and_han_do_not() -> None:
    word = re.compile(phrase_pattern("x"))
    # Up to U+1FFF: rarer letters are more than a filter of words has to know.
    for letter in filter(_LETTERS.match, map(chr, range(0x2000))):
        assert folded(letter) != letter or not word.search(f"x{letter}"), ascii(letter)
    signs = map(chr, (*range(0x250), *range(0x2010, 0x2C00), *range(0x3000, 0xA000), *range(0xAC00, 0xD7A4)))
    for sign in filter(_OTHERS.match, signs):
        assert folded(sign) != sign or word.search(f"x{sign}"), ascii(sign)


@pytest.mark.parametrize("phrase", ["", " ", "\u200b", "\u200d\ufe0f"])
def test_a_phrase_of_which_nothing_can_be_seen_is_no_filter(phrase: str) -> None:
    with pytest.raises(ValueError, match="nothing"):
        phrase_pattern(phrase)


@pytest.mark.parametrize("text", ["Straße ＡＢＣ", "é e\u0301", "a\u00ad\u200db \n c", "ǅ İ ſ", "ﷺ"])
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
