"""Taxes by a table of rates that administrators keep: one rate for a place, and others for some categories there.

Each line is rounded by itself, to the nearest minor unit, a half upwards: the Streamlined Sales and Use Tax Agreement,
section 324, asks for this rounding, "on an item or an invoice basis"; HMRC's VAT Notice 700, "Calculation of VAT at
retailers", allows it for VAT at line level. On top of a price it is rounded to what can be paid (`shared.currencies`).
Delivery is taxed at the place's own rate, where it is taxed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from functions.ordering.domain.pricing_rules import TaxRateRow
from functions.ordering.domain.tax import Sale, Tax, TaxedLine, Taxes
from shared import currencies
from shared.allocation import BASIS_POINTS, half_up

_NONE: Final = Tax(0, 0)


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of one place; None is a place without taxes."""

    place: TaxRateRow | None

    def taxes(self, sale: Sale) -> Taxes:
        """As `TaxCalculator` says."""
        place = self.place
        if place is None:
            return Taxes(prices_include_tax=False, lines=[_NONE] * len(sale.lines), shipping=_NONE)
        step = 1 if place.prices_include_tax else currencies.of(sale.currency).step
        shipping_rate = place.rate_basis_points if place.shipping_taxable else 0
        return Taxes(
            prices_include_tax=place.prices_include_tax,
            lines=[_tax(place, line.amount, _rate(place, line), step) for line in sale.lines],
            shipping=_tax(place, sale.shipping_amount, shipping_rate, step),
        )


def _tax(place: TaxRateRow, amount: int, rate: int, step: int) -> Tax:
    whole = BASIS_POINTS + rate if place.prices_include_tax else BASIS_POINTS
    return Tax(half_up(amount * rate, whole, step), rate)


def _rate(place: TaxRateRow, line: TaxedLine) -> int:
    """That of the nearest category that has one, or the place's own."""
    if not line.is_taxable:
        return 0
    return next(
        (place.category_rates[category] for category in line.category_path if category in place.category_rates),
        place.rate_basis_points,
    )
