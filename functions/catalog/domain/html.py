"""Product descriptions are HTML that others wrote: an allow-list decides what of it is kept (ammonia, through nh3)."""

from __future__ import annotations

from typing import Final

from shared.texts import DIRECTION_CHANGES

_TEXT: Final = {"a", "abbr", "b", "br", "code", "del", "em", "i", "img", "ins", "q", "s", "small", "span"}
_MORE_TEXT: Final = {"strong", "sub", "sup", "u"}
_BLOCKS: Final = {"blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre"}
_LISTS: Final = {"dd", "dl", "dt", "li", "ol", "ul"}
_TABLES: Final = {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
_TAGS: Final = _TEXT | _MORE_TEXT | _BLOCKS | _LISTS | _TABLES
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "*": {"dir", "lang"},
}
_SCHEMES: Final = {"https", "http", "mailto", "tel"}


def sanitise(html: str) -> str:
    """`html` without anything that could run, load a frame, style the page or leave the allow-list, or turn the
    direction of what follows (`dir` does, as far as its element), and without white space at its ends; idempotent.
    """
    if "<" in html or "&" in html:
        import nh3

        html = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer")
    return (html if html.isascii() else DIRECTION_CHANGES.sub("", html)).strip()
