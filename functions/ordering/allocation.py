"""Whole minor units: rounding them, and sharing them out without losing or making one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BASIS_POINTS: Final = 10_000
"""So many make the whole: 1900 are 19 %."""


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two amounts that are not negative, rounded to the nearest unit, a half upwards."""
    return (2 * numerator + denominator) // (2 * denominator)


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Share `amount` in proportion to the weights, by the method of largest remainders; of equal ones the first.

    The shares add up to the amount. As long as the amount is not above the sum of the weights, none is above its own.
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    shares = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: amount * weights[n] % total, reverse=True)
    for n in by_remainder[: amount - sum(shares)]:
        shares[n] += 1
    return shares
