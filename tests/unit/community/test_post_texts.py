"""Which texts are stored, and how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.community.domain.post_texts import MAX_POST, TextError, accepted_text

FAMILY = "👨‍👩‍👧‍👦"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize("character", ["a", "茅", "e\u0301", FAMILY, SCOTLAND, "👍🏽"])
def test_two_thousand_characters_are_taken_and_one_more_is_not(character: str) -> None:
    assert accepted_text(character * MAX_POST)
    with pytest.raises(TextError, match="more than 2,000 characters") as refusal:
        accepted_text(character * (MAX_POST + 1))
    assert refusal.value.fault == "too_long"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("\u0301\u0302", "empty"),
        ("\u200b\u200d\ufeff", "empty"),
        ("\u3164\u2800", "empty"),
        ("\u202eabc", "direction"),
        ("abc\u202c", "direction"),
        ("\u2066abc\u2069", "direction"),
        ("a\x00b", "control"),
        ("a\x1b[31m", "control"),
        ("a\ud800", "control"),
        ("a" + "\u0301" * 40, "piled_up"),
        ("a" + "\u0301" * 40_000, "too_many_bytes"),
    ],
)
def test_what_cannot_be_read_or_harms_the_text_around_it_is_refused(text: str, fault: str) -> None:
    with pytest.raises(TextError) as refusal:
        accepted_text(text)
    assert refusal.value.fault == fault


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        (" a ", "a"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("e\u0301", "é"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("a\tb", "a\tb"),
        (FAMILY, FAMILY),
    ],
)
def test_texts_are_stored_composed_and_with_one_kind_of_line_end(text: str, stored: str) -> None:
    assert accepted_text(text) == stored


def test_a_text_may_be_left_out_where_pictures_speak_but_not_be_invisible() -> None:
    assert accepted_text(" ", may_be_empty=True) == ""
    with pytest.raises(TextError, match="no visible character"):
        accepted_text("\u200b", may_be_empty=True)


@given(st.text(max_size=50))
def test_what_was_accepted_is_accepted_as_it_is(text: str) -> None:
    try:
        stored = accepted_text(text)
    except TextError:
        return
    assert accepted_text(stored) == stored
