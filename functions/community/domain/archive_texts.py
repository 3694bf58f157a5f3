"""Texts of other networks, which are HTML, as the plain texts that posts are here.

Nothing of the markup is stored, so there is nothing to be made harmless: what is no text is left out. A link stays an
address; a person of another network stays one (`@ada@example.social`), whoever has that name here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

MAX_HTML: Final = 200_000
"""Characters of one text."""

_BLOCKS: Final = frozenset({"p", "div", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD: Final = frozenset({"script", "style", "template", "title", "iframe", "object", "svg", "math"})
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")


class TooMuchHtmlError(ValueError):
    """Nobody writes so much in a post."""


def plain_text(markup: str) -> str:
    """What a browser shows of it. Raises TooMuchHtmlError."""
    if len(markup) > MAX_HTML:
        raise TooMuchHtmlError
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.text()


@dataclass(slots=True)
class _Link:
    address: str
    is_mention: bool
    words: list[str] = field(default_factory=list)

    def text(self) -> str:
        words = "".join(self.words)
        if self.is_mention and words.startswith("@") and "@" not in words[1:]:
            host = _host(self.address)
            return f"{words}@{host}" if host else words
        if not self.address.startswith(("https://", "http://")) or words.startswith("#"):
            return words
        shown = words.strip().removeprefix("https://").removeprefix("http://")
        if not shown or self.address.split("://", 1)[1] == shown:
            return self.address
        return f"{words} ({self.address})"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._paragraphs: list[list[str]] = [[]]
        self._link: _Link | None = None
        self._unread: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread is None and tag in _UNREAD:
            self._unread = tag
        elif tag in _BLOCKS:
            self._end_paragraph()
        elif tag == "br":
            self._write("\n")
        elif tag == "a":
            self._end_link()
            values = dict(attrs)
            classes = (values.get("class") or "").split()
            self._link = _Link(
                (values.get("href") or "").strip(), is_mention="mention" in classes and "hashtag" not in classes
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unread:
            self._unread = None
        elif tag in _BLOCKS:
            self._end_paragraph()
        elif tag == "a":
            self._end_link()

    def handle_data(self, data: str) -> None:
        if self._unread is None:
            self._write(_SPACE.sub(" ", data))

    def text(self) -> str:
        self._end_paragraph()
        paragraphs = ("".join(words) for words in self._paragraphs)
        lines = ("\n".join(line.strip(" ") for line in paragraph.split("\n")).strip() for paragraph in paragraphs)
        return "\n\n".join(line for line in lines if line)

    def _write(self, text: str) -> None:
        (self._link.words if self._link else self._paragraphs[-1]).append(text)

    def _end_link(self) -> None:
        if self._link is not None:
            self._paragraphs[-1].append(self._link.text())
            self._link = None

    def _end_paragraph(self) -> None:
        self._end_link()
        if self._paragraphs[-1]:
            self._paragraphs.append([])


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
