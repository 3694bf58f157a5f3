"""Errors of browsers: their stacks, as V8 and Firefox and Safari write them, and what makes two of them the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

MOST_FRAMES: Final = 30
_COMPARED_FRAMES: Final = 5

# `    at load (https://shop.example/assets/main.3f2a91bc.js?v=2:10:15)`, `    at https://shop.example/main.js:10:15`
_V8: Final = re.compile(
    r"^\s*at (?:(?:async )?(?P<function>[^\s(]{1,200})[^(]* \()?(?P<file>\S+?):(?P<line>\d+):\d+\)?$"
)
# `load@https://shop.example/assets/main.js:10:15`
_FIREFOX: Final = re.compile(r"^\s*(?P<function>[^@\s]{0,200})@(?P<file>\S+?):(?P<line>\d+):\d+$")
# `feed-3f2a91bc.js`; what several pages share has no other name: `/assets/3f2a91bc.js`.
_BUILD_HASH: Final = re.compile(r"(?:(?<=/assets/)|(?<=[.-]))[A-Za-z0-9_-]{8}(?=\.[a-z]+$)")
_VARIABLE: Final = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[0-9a-f]{8,}\b|\d+|\"[^\"]*\"|'[^']*'|`[^`]*`", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ClientFrame:
    """One call: the path of the file without its host and query."""

    file: str
    function: str
    line: int


def frames(stack: str) -> list[ClientFrame]:
    """The calls of a stack, innermost first; lines that are none are left out."""
    found = []
    for text in stack.splitlines():
        match = _V8.match(text[:2_500]) or _FIREFOX.match(text[:2_500])
        if match is not None:
            found.append(ClientFrame(_path(match["file"]), match["function"] or "?", min(int(match["line"]), 10**9)))
        if len(found) == MOST_FRAMES:
            break
    return found


def fingerprint(function: str, error_type: str, message: str, stack: Sequence[ClientFrame]) -> str:
    """The same for errors of one kind at one place, whatever the values in the message, the line, and the build."""
    place = [f"{_BUILD_HASH.sub('#', frame.file)}:{frame.function}" for frame in stack[:_COMPARED_FRAMES]]
    parts = ["client", function, error_type, _VARIABLE.sub("0", message), *place]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "?"
    return (parts.path or "?")[:200]
