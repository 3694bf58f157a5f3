"""What a cart costs: the one place where the amounts of carts and checkouts are computed. All in minor units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from functions.ordering.repository.carts import LineRow


class LineProblem(StrEnum):
    """Why a line is not what it was when it was added."""

    PRICE_CHANGED = "price_changed"
    INSUFFICIENT_STOCK = "insufficient_stock"
    REMOVED = "removed"
    """The product or the variant is not for sale any more."""
    CURRENCY_CHANGED = "currency_changed"
    """The product is sold in another currency than the cart's now."""


UNBUYABLE: Final = frozenset({LineProblem.REMOVED, LineProblem.CURRENCY_CHANGED})
"""Lines that can only be taken out of the cart; they cost nothing meanwhile."""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A cart line at today's price."""

    row: LineRow
    problems: tuple[LineProblem, ...]

    @property
    def buyable(self) -> bool:
        return not UNBUYABLE.intersection(self.problems)

    @property
    def amount(self) -> int:
        return self.row.price_amount * self.row.quantity if self.buyable else 0


@dataclass(frozen=True, slots=True)
class Amounts:
    """The parts of a price. The total is what is paid: subtotal + shipping + tax - discount."""

    subtotal_amount: int
    shipping_amount: int = 0
    tax_amount: int = 0
    discount_amount: int = 0

    @property
    def total_amount(self) -> int:
        return self.subtotal_amount + self.shipping_amount + self.tax_amount - self.discount_amount


def priced(rows: Sequence[LineRow], currency: str | None) -> list[PricedLine]:
    """The lines of a cart of this currency, each with what has changed about it."""
    return [PricedLine(row, tuple(_problems(row, currency))) for row in rows]


def amounts(lines: Iterable[PricedLine]) -> Amounts:
    """What the lines cost together. No shipping rates, taxes and discounts are defined yet, so they are 0."""
    return Amounts(subtotal_amount=sum(line.amount for line in lines))


def _problems(row: LineRow, currency: str | None) -> Iterable[LineProblem]:
    if not row.sellable:
        yield LineProblem.REMOVED
        return
    if row.currency != currency:
        yield LineProblem.CURRENCY_CHANGED
        return
    if row.price_amount != row.price_at_time:
        yield LineProblem.PRICE_CHANGED
    if row.available is not None and row.available < row.quantity:
        yield LineProblem.INSUFFICIENT_STOCK
