"""Counting characters as people do, and telling whether there are any."""

from __future__ import annotations

import pytest

from shared.graphemes import UNICODE_VERSION, grapheme_count, has_visible_character, longest_cluster

# The page's tests have the same table, because both sides have to come to the same numbers.
COUNTS = [
    ("", 0),
    ("abc", 3),
    ("a\r\nb", 3),
    ("e\u0301", 1),
    ("é", 1),
    ("茅台", 2),
    ("がく", 2),
    ("か\u3099く", 2),
    ("ﾊﾞ", 1),
    ("한글", 2),
    ("\u1112\u1161\u11ab", 1),
    ("🚀", 1),
    ("👍🏽", 1),
    ("❤️", 1),
    ("1️⃣", 1),
    ("🇬🇧🇨🇳", 2),
    ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 1),  # the flag of Scotland
    ("👨‍👩‍👧‍👦", 1),
    ("👩🏻‍❤️‍💋‍👨🏿", 1),
    ("🏳️‍🌈🏴‍☠️", 2),
    ("\U0001fae8", 1),  # Unicode 15
    ("\U0001fae9\U0001faea", 2),  # Unicode 16 and 17
    ("नमस्ते", 3),  # a conjunct is one cluster since Unicode 15.1
    ("กำ", 1),
    ("a" + "\u0301" * 100, 1),
]


@pytest.mark.parametrize(("text", "count"), COUNTS)
def test_text_is_as_long_as_people_count_it(text: str, count: int) -> None:
    assert grapheme_count(text) == count


def test_the_tables_are_of_the_stated_version_of_unicode() -> None:
    assert UNICODE_VERSION == "18.0"
    assert has_visible_character("\u058b")  # a letter of 18.0


@pytest.mark.parametrize("text", ["a", "。", "茅", "🚀", "\u200b.\u200b", "\U0001faea", "−"])
def test_letters_signs_and_emoji_are_visible(text: str) -> None:
    assert has_visible_character(text)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "\u200b", "\u200c\u200d", "\u0301\u0302", "\u202e\u202d", "\u3164", "\uffa0", "\u115f", "\u2800",
     "\u00a0\u3000", "\ufe0f", "\U000e0041", "\u00ad", "\ufeff"],
)  # fmt: skip
def test_marks_spaces_and_what_is_ignorable_are_not(text: str) -> None:
    assert not has_visible_character(text)


def test_what_is_piled_upon_one_character_is_counted() -> None:
    assert longest_cluster("a" + "\u0301" * 50 + "b") == 51
    assert longest_cluster("") == 0
