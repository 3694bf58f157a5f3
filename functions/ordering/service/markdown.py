"""Markdown as HTML that can stand in a page: CommonMark with tables, without HTML of its own and without pictures."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt

_SCHEME: Final = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED: Final = frozenset({"http", "https", "mailto"})


def html(markdown: str) -> str:
    """The text; what is written as HTML is shown as it is written, and so are links that lead anywhere else than to
    the web, to mail or to this site.
    """
    parser = MarkdownIt("js-default").disable("image")
    parser.validateLink = _leads_somewhere_safe  # type: ignore[method-assign]
    rendered: str = parser.render(markdown)
    return rendered


def _leads_somewhere_safe(url: str) -> bool:
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in _ALLOWED
