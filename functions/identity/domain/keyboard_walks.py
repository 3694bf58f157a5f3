"""Passwords that a hand walks over the keyboard, or that count up: long, and yet only a few choices.

zxcvbn sees each walk, but multiplies what it takes to find them, so four rows of keys one after the other seem strong.
Here a password is cut where the next character is no neighbour of the one before. What the pieces begin with is looked
at in the same way, because whoever types one column after the other walks over their first keys as well.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import Final

_FEWEST_PIECES: Final = 5
_LONGEST_PIECES: Final = 4
"""Characters that a piece has on average where a password is more walked than chosen."""


def is_walk(password: str) -> bool:
    """Whether the password consists of a few walks, sequences or repeats."""
    pieces = _starts(password.casefold())
    return len(pieces) * _LONGEST_PIECES <= len(password) or len(_starts(pieces)) < _FEWEST_PIECES


def _starts(text: str) -> str:
    """The first characters of the walks that the text consists of."""
    return text[:1] + "".join(after for before, after in itertools.pairwise(text) if not _follows(before, after))


def _follows(before: str, after: str) -> bool:
    """Whether the hand stays, moves to a neighbouring key, or counts up or down by one."""
    return abs(ord(before) - ord(after)) <= 1 or after in _neighbours().get(before, "")


@cache
def _neighbours() -> dict[str, str]:
    """The keys around each key of a US keyboard, each key with what it types with and without shift."""
    from zxcvbn.adjacency_graphs import ADJACENCY_GRAPHS

    return {
        key.casefold(): "".join(neighbour.casefold() for neighbour in around if neighbour)
        for key, around in ADJACENCY_GRAPHS["qwerty"].items()
    }
