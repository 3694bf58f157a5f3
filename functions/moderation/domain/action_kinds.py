"""What moderators do, and to what."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ActionKind(StrEnum):
    HIDE = "hide"
    """Until somebody shows it again; its author reads it with the reason."""
    UNHIDE = "unhide"
    REMOVE = "remove"
    """For good: only an accepted appeal or an administrator shows it again."""
    WARN = "warn"
    SUSPEND = "suspend"
    """Reads and does not write, until a date."""
    BAN = "ban"
    """Neither writes nor is shown; signed out everywhere."""
    LIFT = "lift"
    """The end of suspensions and bans."""


HIDING: Final = frozenset({ActionKind.HIDE, ActionKind.REMOVE})
SANCTIONS: Final = frozenset({ActionKind.WARN, ActionKind.SUSPEND, ActionKind.BAN})
RESTRICTING: Final = frozenset({ActionKind.SUSPEND, ActionKind.BAN})
"""Sanctions that change somebody's standing."""
CONCERNING_PEOPLE: Final = SANCTIONS | {ActionKind.LIFT}
APPEALABLE: Final = HIDING | SANCTIONS
MAX_SUSPENSION_DAYS: Final = 365
APPEAL_DAYS: Final = 30
