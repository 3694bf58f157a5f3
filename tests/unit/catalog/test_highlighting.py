"""Highlights: what met the query is marked, all else is escaped, nothing is lost."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.domain.highlighting import fragment, marked
from shared.search import query as search_query
from shared.search.query import Part
from shared.search.segments import normal

TEXTS = st.text(max_size=80) | st.text(alphabet="aeis 'potl<&青瓷 ", max_size=80)
LONG_TEXTS = st.lists(st.sampled_from(("pot", "wi-fi", "sun screen", "4½", "青瓷", "カフェ", "t")), max_size=60).map(
    " ".join
)


def query(asked: str) -> list[Part]:
    return [part for group in search_query.query(asked) for part in group]


def plain(html: str) -> str:
    return unescape(html.replace("<mark>", "").replace("</mark>", ""))


@given(TEXTS, TEXTS)
def test_a_marked_text_is_the_text_escaped(text: str, asked: str) -> None:
    shown = marked(text, query(asked))
    assert plain(shown) == normal(text)
    rest = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in rest
    assert shown.count("<mark>") == shown.count("</mark>")


@given(TEXTS | LONG_TEXTS, TEXTS | st.sampled_from(("wifi", "sunscreen", "かふぇ", "4 1/2", "瓷", "pots", "t pot")))
def test_there_is_a_fragment_where_something_is_marked(text: str, asked: str) -> None:
    shown = fragment(text, query(asked))
    assert (shown is not None) == ("<mark>" in marked(text, query(asked)))
    assert shown is None or plain(shown).strip("…") in normal(text)


def test_words_are_marked_in_every_form() -> None:
    assert marked("Berries, a berry, Thé", query("berry thes")) == (
        "<mark>Berries</mark>, a <mark>berry</mark>, <mark>Thé</mark>"
    )
    assert marked("A Hi-Fi, a K 9 set", query("hifi k9")) == "A <mark>Hi-Fi</mark>, a <mark>K 9</mark> set"
    assert marked("strong tea, a tea strainer", query("tea strong")) == (
        "<mark>strong</mark> <mark>tea</mark>, a <mark>tea</mark> strainer"
    )
    assert fragment("two berries", query("berry")) == "two <mark>berries</mark>"
