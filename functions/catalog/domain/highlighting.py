"""Texts in which what met the query is marked with `<mark>`, and all else is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from shared.search.query import Matcher, Part, Span
from shared.search.segments import normal

_FRAGMENT: Final = 160
"""Characters of a fragment, about."""
_BEFORE: Final = 40
_ELLIPSIS: Final = "…"


def marked(text: str, parts: Sequence[Part]) -> str:
    """The whole text, with what met the query marked."""
    text = normal(text)
    return _mark(text, list(_spans(text, Matcher(parts))))


def fragment(text: str, parts: Sequence[Part]) -> str | None:
    """Some of a long text around what met the query first; None where nothing did."""
    text = normal(text)
    matcher = Matcher(parts)
    first = matcher.first(text)
    if first is None:
        return None
    start = max(0, first[0] - _BEFORE)
    if start:
        space = text.find(" ", start, first[0])
        start = space + 1 if space >= 0 else start
    end = max(start + _FRAGMENT, first[1])
    if end < len(text):
        space = text.rfind(" ", first[1], end)
        end = space if space >= 0 else end
    shown = text[start:end]
    before, after = _ELLIPSIS if start else "", _ELLIPSIS if end < len(text) else ""
    return f"{before}{_mark(shown, list(_spans(shown, matcher)))}{after}"


def _spans(text: str, matcher: Matcher) -> Iterator[Span]:
    """Places in the text, in order; what touches is one."""
    current: Span | None = None
    for low, high in sorted(matcher.spans(text)):
        if current is not None and low <= current[1]:
            current = current[0], max(current[1], high)
            continue
        if current is not None:
            yield current
        current = low, high
    if current is not None:
        yield current


def _mark(text: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    done = 0
    for low, high in spans:
        pieces += [escape(text[done:low]), "<mark>", escape(text[low:high]), "</mark>"]
        done = high
    return "".join([*pieces, escape(text[done:])])
