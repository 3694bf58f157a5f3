"""The port of tax calculators: a sale, and its taxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TaxedLine:
    """`amount` is the price of the whole line after discounts, in minor units."""

    amount: int
    is_taxable: bool
    category_path: Sequence[UUID]
    """The product's category and all above it, the nearest first."""


@dataclass(frozen=True, slots=True)
class Sale:
    """The taxed lines and shipping; the calculator knows the destination."""

    currency: str
    lines: Sequence[TaxedLine]
    shipping_amount: int


@dataclass(frozen=True, slots=True)
class Tax:
    """An amount of tax in minor units, and the rate that it is computed by."""

    amount: int
    rate_basis_points: int


@dataclass(frozen=True, slots=True)
class Taxes:
    """The taxes of a sale, line by line. Those that the prices include are a part of them, never added."""

    prices_include_tax: bool
    lines: Sequence[Tax]
    shipping: Tax


class TaxCalculator(Protocol):
    """Computes the taxes of one destination."""

    def taxes(self, sale: Sale) -> Taxes:
        """The taxes, in the order of the sale's lines."""
        ...
