"""The text of HTML: what a reader sees of it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_INLINE: Final = frozenset(
    ("a", "abbr", "b", "code", "del", "em", "i", "ins", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)


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
    if "<" in html or "&" in html:
        parser = _Text()
        parser.feed(html)
        parser.close()
        html = "".join(parser.parts)
    return " ".join(html.split())
