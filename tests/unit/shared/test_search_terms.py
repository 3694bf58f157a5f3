"""The tokenizer of searches: what a text has, a query for any part of it asks for."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.search_terms import Document, Part, beginning, normal, pairs, query, segments, term, words

HAN = st.text(alphabet="青瓷盖碗茶具龙泉手工の한国", min_size=1, max_size=12)


def met(text: str, asked: str) -> bool:
    """Whether every part of the query is in the text."""
    found = list(segments(normal(text)))
    return all(any(any(part.matches(segment)) for segment in found) for part in query(asked))


@given(text=st.text(max_size=60))
def test_a_text_is_found_by_itself(text: str) -> None:
    assert met(text, text)


@given(before=st.text(max_size=10), run=HAN, after=st.text(max_size=10), data=st.data())
def test_any_part_of_an_unspaced_run_finds_it(before: str, run: str, after: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    assert met(f"{before}{run}{after}", run[start:end])


@given(run=HAN, asked=HAN)
def test_what_is_no_part_of_a_run_does_not_find_it(run: str, asked: str) -> None:
    assert met(run, asked) == (asked in run)


@given(st.text(alphabet=st.characters(max_codepoint=127, exclude_characters="'"), max_size=60))
def test_the_short_way_for_ascii_is_the_long_way(text: str) -> None:
    short = [(segment.text, segment.unspaced, list(segment.origins)) for segment in segments(text)]
    long = [(segment.text, segment.unspaced, segment.origins) for segment in segments(f"{text}，")]
    assert short == long


@given(st.text(max_size=80))
def test_places_of_segments_lie_in_the_text_in_order(text: str) -> None:
    text = normal(text)
    places = [place for segment in segments(text) for place in segment.origins]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert all(len(segment.text) == len(segment.origins) for segment in segments(text))


@given(st.text(max_size=40))
def test_case_width_and_accents_make_no_difference(text: str) -> None:
    assume(text.upper().lower() == text.lower())  # ß and its like have no way back
    folded = [segment.text for segment in segments(normal(text))]
    assert [segment.text for segment in segments(normal(text.lower()))] == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thé à la menthe", ["the", "a", "la", "menthe"]),
        ("ＦＵＬＬ-width №5", ["full", "width", "no5"]),
        ("Men's T恤, iPhone手机壳", ["mens", "t", "恤", "iphone", "手机壳"]),
        ("Straße İstanbul Ångström", ["strasse", "istanbul", "angstrom"]),
        ("カタカナ と 한국어", ["カタカナ", "と", "한국어"]),
        ("हिन्दी ไทย", ["हनद", "ไทย"]),
        ("a_b %s 'x' ; DROP", ["a", "b", "s", "x", "drop"]),
    ],
)
def test_texts_are_cut_into_folded_words_and_runs(text: str, found: list[str]) -> None:
    assert [segment.text for segment in segments(normal(text))] == found


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("candles", "candle"),
        ("dresses", "dress"),
        ("boxes", "box"),
        ("cookies", term("cookie")),
        ("ties", "tie"),
        ("batteries", "battery"),
        ("vases", "vase"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("gas", "gas"),
        ("shoes", "shoes"),
    ],
)
def test_english_plurals_are_their_singulars(plural: str, singular: str) -> None:
    assert term(plural) == singular


def test_the_last_word_of_a_query_may_be_half_written() -> None:
    assert query("clay pot") == [Part("clay", False), Part("pot", False, prefix=True)]
    assert query("clay po") == [Part("clay", False), Part("po", False)]
    assert query("pot 123") == [Part("pot", False), Part("123", False)]
    assert query("pot 青瓷") == [Part("pot", False), Part("青瓷", True)]
    assert query("pot pot") == [Part("pot", False, prefix=True)]
    assert query(" ?! ") == []


def test_a_run_is_indexed_by_pairs_and_its_last_character() -> None:
    document = Document()
    document.add("青瓷盖碗 Pots", "A")
    assert document.tsvector() == "'青瓷':1A '瓷盖':2A '盖碗':3A '碗':4A 'pot':7A 'pots':7A"
    assert pairs("青") == ["青"]


def test_a_document_ends_where_positions_do() -> None:
    document = Document()
    document.add("word " * 20_000, "D")
    document.add("late", "D")
    assert "late" not in document.tsvector()


def test_words_that_may_be_misspelt_have_letters_only() -> None:
    assert words("Hearth & Loom No. 12, 青瓷 R2D2") == {"hearth", "loom", "no"}


@given(word=st.text(alphabet="abeinrstuxyzhc", min_size=1, max_size=10), data=st.data())
def test_the_beginning_of_a_word_finds_it(word: str, data: st.DataObject) -> None:
    start = word[: data.draw(st.integers(1, len(word)))]
    [segment] = segments(word)
    assert list(beginning(start)[-1].matches(segment))
    assert term(term(word)) == term(word)
