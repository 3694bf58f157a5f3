"""Highlights: what met the query is marked, all else is escaped, nothing is lost."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.search.highlighting import fragment, marked
from shared.search_terms import normal, query

TEXTS = st.text(max_size=80) | st.text(alphabet="aeis 'potl<&青瓷 ", max_size=80)


def plain(html: str) -> str:
    return unescape(html.replace("<mark>", "").replace("</mark>", ""))


@given(TEXTS, TEXTS)
def test_a_marked_text_is_the_text_escaped(text: str, asked: str) -> None:
    shown = marked(text, query(asked))
    assert plain(shown) == normal(text)
    rest = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in rest
    assert shown.count("<mark>") == shown.count("</mark>")


@given(TEXTS, TEXTS)
def test_there_is_a_fragment_where_something_is_marked(text: str, asked: str) -> None:
    shown = fragment(text, query(asked))
    assert (shown is not None) == ("<mark>" in marked(text, query(asked)))
    assert shown is None or plain(shown).strip("…") in normal(text)


def test_words_are_marked_in_every_form() -> None:
    assert marked("Berries, a berry, Thé", query("berry thes")) == (
        "<mark>Berries</mark>, a <mark>berry</mark>, <mark>Thé</mark>"
    )
    assert fragment("two berries", query("berry")) == "two <mark>berries</mark>"
