"""How pages feel to who reads them, as browsers measure it (web.dev, "Web Vitals"), counted in steps of 15 %.

A step is exact enough for a percentile, and a day of a page is some dozens of rows however many people came.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

VitalName = Literal["ttfb", "fcp", "lcp", "inp", "cls"]
"""Milliseconds, but for `cls`, which has no unit."""
PageKind = Literal[
    "home", "category", "search", "product", "cart", "checkout", "order", "account", "sign_in", "legal", "other"
]
VITALS: Final[tuple[VitalName, ...]] = get_args(VitalName)

_GROWTH: Final = 1.15
_CLS_UNIT: Final = 0.001
MAX_STEP: Final = 80
"""72 seconds, or a layout shift of 72; what is above counts as this."""
_PERCENTILE: Final = 0.75
GOOD: Final[dict[VitalName, float]] = {"ttfb": 800, "fcp": 1800, "lcp": 2500, "inp": 200, "cls": 0.1}
"""Up to which a value is good (web.dev, "Web Vitals", thresholds)."""


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many values were in a step."""

    step: int
    count: int


def step_of(name: VitalName, value: float) -> int:
    """The step that a value is in; 0 for less than one unit."""
    units = value / _unit(name)
    return 0 if units <= 1 else min(math.ceil(math.log(units, _GROWTH)), MAX_STEP)


def percentile(name: VitalName, counts: Sequence[StepCount]) -> float:
    """The 75th percentile of values that are counted by ascending step, to within 7 %."""
    wanted, seen = _PERCENTILE * sum(one.count for one in counts), 0
    for one in counts:
        seen += one.count
        if seen >= wanted:
            return _middle(name, one.step)
    raise ValueError("nothing was counted")


def _middle(name: VitalName, step: int) -> float:
    value = _unit(name) * math.pow(_GROWTH, max(step - 0.5, 0))
    return round(value, 3) if name == "cls" else round(value)


def _unit(name: VitalName) -> float:
    return _CLS_UNIT if name == "cls" else 1
