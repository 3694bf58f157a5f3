"""The reactions that there are: a small set, whose order is that of every list of counts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class Reaction(StrEnum):
    """A word for each emoji, as the API spells it; the first is the toggle's default."""

    LIKE = "like"
    LOVE = "love"
    LAUGH = "laugh"
    ROCKET = "rocket"
    EYES = "eyes"
    SAD = "sad"


ORDER: Final = tuple(Reaction)
NUMBERS: Final = {reaction: number for number, reaction in enumerate(ORDER)}
"""As `reactions.emoji` stores them."""


def by_name(counts: Sequence[int]) -> dict[str, int]:
    """Counts of a post or comment by reaction."""
    return {reaction.value: count for reaction, count in zip(ORDER, counts, strict=True)}
