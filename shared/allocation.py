"""Rounding amounts of minor units, and allocating them in proportion without a remainder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BASIS_POINTS: Final = 10_000
"""So many make the whole: 1900 are 19 %."""


def half_up(numerator: int, denominator: int, step: int = 1) -> int:
    """The quotient of two amounts that are not negative, rounded to the nearest multiple of `step`, a half upwards."""
    return (2 * numerator + denominator * step) // (2 * denominator * step) * step


def spread(amount: int, weights: Sequence[int], step: int = 1) -> list[int]:
    """Share `amount` in proportion to the weights, by the method of largest remainders; of equal ones the first.

    The shares add up to the amount. As long as the amount is not above the sum of the weights, none is above its own.
    Where amount and weights are multiples of `step`, the shares are, too.
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    if any(number % step for number in (amount, *weights)):
        step = 1
    steps = amount // step
    shares = [steps * weight // total * step for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: steps * weights[n] % total, reverse=True)
    for n in by_remainder[: (amount - sum(shares)) // step]:
        shares[n] += step
    return shares
