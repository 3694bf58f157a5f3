"""The lines of a cart at today's prices, and what has changed about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from functions.ordering.domain.carts import LineRow


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
    """A cart line at today's price, in minor units. The total is what is paid for all of it."""

    row: LineRow
    problems: tuple[LineProblem, ...]
    discount_amount: int = 0
    tax_amount: int = 0
    tax_rate_basis_points: int = 0
    prices_include_tax: bool = False

    @property
    def buyable(self) -> bool:
        return not UNBUYABLE.intersection(self.problems)

    @property
    def amount(self) -> int:
        """Without discount, and without tax that is not part of the price."""
        return self.row.price_amount * self.row.quantity if self.buyable else 0

    @property
    def total_amount(self) -> int:
        return self.amount - self.discount_amount + (0 if self.prices_include_tax else self.tax_amount)


def price_lines(rows: Sequence[LineRow], currency: str | None) -> list[PricedLine]:
    """The lines of a cart of this currency, each with its problems, before discounts and taxes."""
    return [PricedLine(row, tuple(_problems(row, currency))) for row in rows]


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
