"""The text of sanitised HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.domain.html import sanitise
from functions.catalog.domain.html_text import plain_text

PIECES = (
    "<p>", "</p>", "<b>", "</b>", "<br>", "<br/>", "<ul><li>", "</li>", "<h1 id=x>", "<!-- c -->", "<script>x</script>",
    "<a href=\"https://e.com/?a=1&b=2>3\" title='x > y'>", "</a>", '<img src="https://e.com/x" alt="a<b">', "</", "<",
    ">", "&", "&amp;", "&lt;p&gt;", "&#60;", "&nbsp", "&copy", '"', "'", " ", "é", "text",
)  # fmt: skip


class Characters(HTMLParser):
    """All characters that are no markup, one after the other."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""

    def handle_data(self, data: str) -> None:
        self.found += data


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("<p>One</p><p>two</p>", "One two"),
        ("an<b>y</b>thing", "anything"),
        ("a<br>b<br/>c", "a b c"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ('<a href="https://e.com/?a>b" title="x &gt; y">link</a>', "link"),
        ("  much \n space ", "much space"),
        ("a < b", "a < b"),
        ("<p>a < b</p>", "a < b"),
    ],
)
def test_what_a_reader_sees_is_left(html: str, text: str) -> None:
    assert plain_text(html) == text


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
def test_of_whatever_was_sanitised_every_character_is_left_and_no_markup(written: str) -> None:
    html = sanitise(written)
    parser = Characters()
    parser.feed(html)
    parser.close()
    assert "".join(plain_text(html).split()) == "".join(parser.found.split())
