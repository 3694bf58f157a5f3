"""What of a text met the query: marked with `<mark>`, all else escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from shared.search_terms import Part, normal, segments

_FRAGMENT: Final = 160
"""Characters of a fragment, about."""
_BEFORE: Final = 40
_ELLIPSIS: Final = "…"

Span = tuple[int, int]


def marked(text: str, parts: Sequence[Part]) -> str:
    """The whole text, with what met the query marked."""
    text = normal(text)
    return _mark(text, list(_spans(text, parts)))


def fragment(text: str, parts: Sequence[Part]) -> str | None:
    """Some of a long text around the first thing that met the query; None where nothing did."""
    text = normal(text)
    spans = list(_spans(text, parts))
    if not spans:
        return None
    start = max(0, spans[0][0] - _BEFORE)
    if start:
        space = text.find(" ", start, spans[0][0])
        start = space + 1 if space >= 0 else start
    end = max(start + _FRAGMENT, spans[0][1])
    if end < len(text):
        space = text.rfind(" ", spans[0][1], end)
        end = space if space >= 0 else end
    inside = [(max(low, start) - start, min(high, end) - start) for low, high in spans if low < end]
    shown = _mark(text[start:end], inside)
    return f"{_ELLIPSIS if start else ''}{shown}{_ELLIPSIS if end < len(text) else ''}"


def _spans(text: str, parts: Sequence[Part]) -> Iterator[Span]:
    """Places in the text, in order; what touches is one."""
    found = sorted(
        (segment.origins[low], segment.origins[high - 1] + 1)
        for segment in segments(text)
        for part in parts
        for low, high in part.matches(segment)
    )
    current: Span | None = None
    for low, high in found:
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
