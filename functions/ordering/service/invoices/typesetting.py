"""Sets a document in type: data goes into the template `document.typ`, a PDF comes out, with subsets of its fonts.

The data is JSON, which the template reads: no text is ever taken for markup.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typst

from functions.ordering.service.invoices import fonts
from functions.ordering.service.invoices.document import Document
from functions.ordering.service.invoices.texts import is_right_to_left, printable
from shared import log, metrics

_TEMPLATE: Final = Path(__file__).with_name("document.typ")

_processes: Final[set[int]] = set()
"""The process that has loaded the typesetter; a fork of it has this too."""


def pdf(document: Document) -> bytes:
    """The same bytes for the same document. Characters that no font has become boxes, and are logged by code point."""
    prepared = _each_text(asdict(document), printable)
    stack = fonts.stack(document.reader, "".join(_texts(prepared)))
    missing: set[str] = set()
    pinned: dict[str, str] = {}

    def as_template_reads(text: str) -> dict[str, object]:
        written = stack.write(text)
        missing.update(written.missing)
        pinned.update(written.pinned)
        return {"text": written.text, "is_rtl": is_right_to_left(text), "font": stack.letters_of(text)}

    data = {**_each_text(prepared, as_template_reads), "fonts": stack.families}
    data |= {"pinned": pinned, "pins": _any_of(pinned)}
    if missing:
        _report(document.number, missing)
    return _compiled(json.dumps(data, default=str), int(document.issued_at.timestamp()))


def _any_of(letters: Iterable[str]) -> str:
    """A regular expression of the template's kind for these, the longest first; one that finds nothing without any."""
    longest_first = sorted(letters, key=lambda letter: (-len(letter), letter))
    alternatives = ("".join(f"\\x{{{ord(character):X}}}" for character in letter) for letter in longest_first)
    return "|".join(alternatives) or r"[^\s\S]"


def _each_text(part: Any, change: Callable[[str], object]) -> Any:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, dict):
        return {name: _each_text(value, change) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_each_text(value, change) for value in part]
    return part


def _texts(part: Any) -> list[str]:
    found: list[str] = []
    _each_text(part, found.append)
    return found


def _report(number: str, missing: set[str]) -> None:
    """The text itself is about a person."""
    points = [f"U+{ord(character):04X}" for character in sorted(missing)]
    log.logger().warning("no font has these characters", extra={"document": number, "code_points": points})
    with metrics.flushed():
        metrics.count("CharactersWithoutFont", len(points))


def _compiled(data: str, timestamp: int) -> bytes:
    if os.getpid() not in _processes:
        if _processes:
            raise RuntimeError(
                "typst's threads did not come along when this process was forked: it would wait for ever"
            )
        _processes.add(os.getpid())
    compiled = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=fonts.book(),
        ignore_system_fonts=True,
        sys_inputs={"document": data},
        format="pdf",
        timestamp=timestamp,
    )
    assert isinstance(compiled, bytes)
    return compiled
