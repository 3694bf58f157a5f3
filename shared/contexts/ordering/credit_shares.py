"""Which part of a refund falls under which tax rate: arithmetic in minor units, exact to the last one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from shared import currencies
from shared.allocation import spread


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an amount, in minor units, and the tax in it."""

    gross: int
    tax: int

    def __add__(self, other: Share) -> Share:
        return Share(self.gross + other.gross, self.tax + other.tax)

    def __sub__(self, other: Share) -> Share:
        return Share(self.gross - other.gross, self.tax - other.tax)


def split(
    amount: int, tax: int, *, lines: Mapping[int, Share], left: Mapping[int, Share], currency: str
) -> dict[int, Share]:
    """Split a refund of `amount` by the rates (basis points) of its invoice, of which so much is `left`.

    What is refunded for lines falls under their rates, as far as there is something left of those; all else is spread
    in proportion to what is left, in steps of what can be paid. No rate gets more than is left of it, and what takes
    all that is left takes exactly that. Within a rate tax is in proportion, to the unit; where rounding leaves
    the choice, the sum is `tax`, which the ledger has booked.
    """
    wanted = {rate: min(lines[rate].gross, left[rate].gross) if rate in lines else 0 for rate in left}
    room = {rate: left[rate].gross - wanted[rate] for rate in left}
    rest = min(amount - sum(wanted.values()), sum(room.values()))
    added = dict(zip(room, spread(rest, list(room.values()), currencies.of(currency).step), strict=True))
    gross = {rate: wanted[rate] + added[rate] for rate in left}
    exact = {rate: _tax(gross[rate], wanted[rate], lines.get(rate, Share(0, 0)), left[rate]) for rate in left}
    taxes = _rounded(exact, tax)
    return {rate: Share(gross[rate], taxes[rate]) for rate in left if gross[rate]}


def _tax(gross: int, wanted: int, line: Share, left: Share) -> Fraction:
    """The tax in a rate's part, before it is rounded: that of the lines, and of all else what is in proportion."""
    if gross == left.gross:
        return Fraction(left.tax)
    of_lines = Fraction(line.tax * wanted, line.gross) if line.gross else Fraction(0)
    others = Fraction(gross - wanted, left.gross - wanted) if left.gross > wanted else Fraction(0)
    tax = of_lines + max(left.tax - of_lines, Fraction(0)) * others
    # Neither more than there is, nor so little that more tax would be left than amount.
    return min(max(tax, Fraction(left.tax - (left.gross - gross))), Fraction(min(left.tax, gross)))


def _rounded(exact: Mapping[int, Fraction], total: int) -> dict[int, int]:
    """Each rounded down or up so that the sum is `total`, the largest remainders up; to the nearest unit where the sum
    cannot be `total`.
    """
    rounded = {rate: int(value) for rate, value in exact.items()}
    by_remainder = sorted(exact, key=lambda rate: exact[rate] - rounded[rate], reverse=True)
    ups = total - sum(rounded.values())
    if not 0 <= ups <= sum(exact[rate] > rounded[rate] for rate in exact):
        ups = sum(exact[rate] - rounded[rate] >= Fraction(1, 2) for rate in exact)
    for rate in by_remainder[:ups]:
        rounded[rate] += 1
    return rounded
