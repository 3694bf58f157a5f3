"""What of a text met the query: marked with `<mark>`, all else escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from shared.search_terms import Part, normal, segments, term

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
    if not _may_meet(text, parts):
        return None
    first = next(_matches(text, parts), None)
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
    return (
        f"{_ELLIPSIS if start else ''}{_mark(shown, list(_spans(shown, parts)))}{_ELLIPSIS if end < len(text) else ''}"
    )


def _may_meet(text: str, parts: Sequence[Part]) -> bool:
    """False for most texts that nothing of them meets, in a fraction of the time that looking at their words takes.

    A word that meets a part begins like the part's term, but for the end that a plural changes.
    """
    if not text.isascii():
        return True
    folded = text.lower()
    return "'" in folded or any(term(part.text)[:-1] in folded for part in parts if not part.unspaced)


def _matches(text: str, parts: Sequence[Part]) -> Iterator[Span]:
    """Places in the text; those of one word or run in the order of the parts."""
    for segment in segments(text):
        for part in parts:
            for low, high in part.matches(segment):
                yield segment.origins[low], segment.origins[high - 1] + 1


def _spans(text: str, parts: Sequence[Part]) -> Iterator[Span]:
    """Places in the text, in order; what touches is one."""
    current: Span | None = None
    for low, high in sorted(_matches(text, parts)):
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
