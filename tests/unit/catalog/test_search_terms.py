"""The tokenizer of searches: what a text has, a query for any part of it asks for."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.search.query import Matcher, Part, beginning, query
from shared.search.segments import normal, segments
from shared.search.terms import Apart, Document, pairs, term, words

HAN = st.text(alphabet="青瓷盖碗茶具龙泉手工の한国", min_size=1, max_size=12)


def met(text: str, asked: str) -> bool:
    """Whether something of every group of the query is in the text."""
    return all(list(Matcher(group).spans(normal(text))) for group in query(asked))


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
    short = [(segment.text, segment.joint, list(segment.origins)) for segment in segments(text)]
    long = [(segment.text, segment.joint, segment.origins) for segment in segments(f"{text}，")]
    assert short == long


@given(st.text(alphabet="abC012 -./,;&", max_size=30), st.sampled_from(Apart))
def test_the_short_way_to_a_document_is_the_long_way(text: str, apart: Apart) -> None:
    documents = []
    for same in (text, f"{text}，"):
        document = Document()
        document.add(same, "A", apart=apart)
        terms = (term.partition(":") for term in document.tsvector().split())
        documents.append({word: set(places.split(",")) for word, _, places in terms})
    assert documents[0] == documents[1]


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
        ("カタカナ と 한국어", ["カタカナ", "ト", "한국어"]),
        ("ひらがな ﾃﾞｼﾞｶﾒ・ﾊﾟﾋﾟ", ["ヒラガナ", "デジカメパピ"]),
        ("½ 3¾㎏ ٣٤", ["1", "2", "3", "3", "4", "kg", "34"]),
        ("Widget™ Wi\u00adFi Øre Łódź Æbler", ["widget", "wifi", "ore", "lodz", "aebler"]),
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


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("clay pot", Part("pot", prefix=True)),
        ("clay po", Part("po")),
        ("pot 123", Part("123")),
        ("pot 12345", Part("12345", prefix=True)),
        ("pot vl5", Part("vl5", prefix=True)),
        ("pot 青瓷", Part("青瓷", unspaced=True)),
        ("pot pot", Part("pot", prefix=True)),
    ],
)
def test_the_last_word_of_a_query_may_be_half_written(asked: str, last: Part) -> None:
    groups = query(asked)
    assert groups[-1][0] == last
    assert not any(group[0].prefix for group in groups[:-1])
    assert query(" ?! ") == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hi-Fi", ["hifi", "hi fi", "HI-FI", "hi‑fi"]),
        ("hifi", ["hi-fi", "hi fi"]),
        ("V Neck", ["vneck", "v-neck"]),
        ("Book Shelf", ["bookshelf", "book-shelf"]),
        ("bookshelf", ["book shelf"]),
        ("Pixel 9a", ["pixel9a", "pixel9", "9a", "pixel 9"]),
        ("Pixel9a", ["pixel 9a", "pixel-9a", "pixel"]),
        ("KX.4410/B-7", ["kx.44", "kx4410", "4410/b", "kx4410b7", "kx-4410", "b7", "4410"]),
        ("M6 × 30", ["m6x30", "6x30"]),
        ("M6x30", ["m6x30", "m6 x 30", "30"]),
        ("¼ Zoll", ["1/4", "¼", "1/4 zoll", "¼ zoll"]),
        ("2 1/4 inch", ["2¼", "2 ¼ inch"]),
        ("750 ㎖", ["750ml", "750 ml"]),
        ("750ml", ["750 ml", "750ｍｌ"]),
        ("№ 9", ["no 9", "no9", "№9"]),
        ("4012345678901", ["4 012345 678901", "4012345", "4 012345 67"]),
        ("00614141007349", ["614141007349", "0614141007349", "0 614141 007349"]),
        ("5,5", ["5.5"]),
    ],
)
def test_other_spellings_of_a_text_find_it(text: str, asked: list[str]) -> None:
    assert [one for one in asked if not met(text, one)] == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [("12 inch", "1/2"), ("12", "1-2"), ("1-2", "12"), ("5.5", "55"), ("1.2", "1/2"), ("red, blue", "redblue")],
)
def test_what_means_something_else_does_not_find_it(text: str, asked: str) -> None:
    assert not met(text, asked)


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
    assert words("Hearth & Loom No. 12, 青瓷 R2D2, Wi-Fi") == {"hearth", "loom", "no", "r", "d", "wi", "fi", "wifi"}


@given(word=st.text(alphabet="abeinrstuxyzhc", min_size=1, max_size=10), data=st.data())
def test_the_beginning_of_a_word_finds_it(word: str, data: st.DataObject) -> None:
    start = word[: data.draw(st.integers(1, len(word)))]
    assert list(Matcher(beginning(start)[-1]).spans(word))
    assert term(term(word)) == term(word)
