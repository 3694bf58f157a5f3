"""Which word a misspelt one may have been."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_MOST: Final = 4


def candidates(word: str, nearest: Sequence[str]) -> list[str]:
    """Those of the nearest words that a slip or two away lie, the likeliest first."""
    allowed = _allowed(len(word))
    near = [(distance(word, other), place) for place, other in enumerate(nearest) if other != word]
    return [nearest[place] for far, place in sorted(near) if far <= allowed][:_MOST]


def _allowed(length: int) -> int:
    """Slips in a word of this length (as Elasticsearch's `fuzziness: AUTO`)."""
    if length < 3:
        return 0
    return 1 if length < 6 else 2


def distance(left: str, right: str) -> int:
    """Letters put in, left out, changed, or exchanged with their neighbour (optimal string alignment)."""
    before: list[int] = []
    current = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        earlier, before, current = before, current, [row]
        for column, other in enumerate(right, start=1):
            cost = min(before[column] + 1, current[column - 1] + 1, before[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, earlier[column - 2] + 1)
            current.append(cost)
    return current[-1]
