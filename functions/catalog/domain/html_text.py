"""The text of HTML: what a reader sees of it."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

_INLINE: Final = frozenset(
    ("a", "abbr", "b", "code", "del", "em", "i", "ins", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)
_TAG: Final = re.compile(r"""</?([a-z][a-z0-9]*)(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*|/)?>""")
"""A tag as sanitised HTML has them."""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, [])


def plain_text(html: str) -> str:
    """The text of a fragment that was sanitised, with single spaces."""
    if "<" in html:
        text = _TAG.sub(_instead, html)  # a quarter of the time that parsing takes, and a search shows many
        html = unescape(text) if "<" not in text else _parsed(html)
    elif "&" in html:
        html = unescape(html)
    return " ".join(html.split())


def _instead(tag: re.Match[str]) -> str:
    return "" if tag[1] in _INLINE else " "


def _parsed(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)
