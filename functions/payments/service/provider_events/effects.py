"""What became of an event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID


class Outcome(StrEnum):
    """What an event did. All but DUPLICATE are kept in the inbox."""

    APPLIED = "applied"
    IGNORED = "ignored"
    UNMATCHED = "unmatched"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event did, and the refund that it made due."""

    outcome: Outcome
    refund_id: UUID | None = None


APPLIED: Final = Effect(Outcome.APPLIED)
IGNORED: Final = Effect(Outcome.IGNORED)
UNMATCHED: Final = Effect(Outcome.UNMATCHED)
