"""Which routes show people and what they publish, a module for each context; `test_one_filter.py` walks them.

A context states its rows as `ROWS: list[Shown]`, and as `NOBODY` the paths of GET routes that show nothing of other
people, with the reason. A GET route that is in neither fails the test, so that no list comes without the one filter
(`shared/contexts/profiles/audience.py`).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.contract.shown_people.world import World

BLOCKS, BLOCKED, MUTES = "blocks", "is blocked", "mutes"
BANNED, GONE, PRIVATE, SUSPENDED = "banned", "gone", "private", "suspended"
DELETED, HIDDEN, WORDS = "deleted", "hidden", "words"

WALLS: Final = frozenset({BLOCKS, BLOCKED})
ABSENT: Final = frozenset({BANNED, GONE})
PERSON: Final = WALLS | ABSENT
"""What hides the person: nobody finds them."""
ADDRESSED: Final = PERSON | {PRIVATE, DELETED, HIDDEN}
"""What hides something that is read by its address, or inside of a thread, where a mute folds."""
LISTED: Final = ADDRESSED | {MUTES, WORDS}
"""What hides something in a list."""
PUBLIC: Final = ABSENT | {PRIVATE, SUSPENDED, DELETED, HIDDEN}
"""What takes something out of what is the same for every viewer: the suspended are read, and do not count."""
CONTEXTS: Final = ("profiles", "community", "discovery", "analytics")


@dataclass(frozen=True)
class Shown:
    """A route that shows somebody, `shows` what it has of them; `hidden_by` keeps that from the viewer."""

    path: str
    hidden_by: frozenset[str]
    parameters: Callable[[World], Mapping[str, object]] = lambda world: {}
    query: Mapping[str, Any] = field(default_factory=dict)
    case: str = ""
    is_staff: bool = False

    def __str__(self) -> str:
        return self.path + (f" ({self.case})" if self.case else "")


def rows(context: str) -> list[Shown]:
    found: list[Shown] = importlib.import_module(f"{__name__}.{context}").ROWS
    return found


def nobody(context: str) -> Mapping[str, str]:
    found: Mapping[str, str] = importlib.import_module(f"{__name__}.{context}").NOBODY
    return found
