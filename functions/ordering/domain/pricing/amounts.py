"""The amounts of a whole cart, checkout or order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amounts:
    """The parts of a price, in minor units. Tax is a part of the other amounts, or comes on top of them."""

    subtotal_amount: int
    shipping_amount: int = 0
    tax_amount: int = 0
    discount_amount: int = 0
    prices_include_tax: bool = False
    shipping_tax_amount: int = 0
    """The part of `tax_amount` that is for shipping."""
    shipping_tax_rate_basis_points: int = 0

    @property
    def total_amount(self) -> int:
        """The amount to pay."""
        added = 0 if self.prices_include_tax else self.tax_amount
        return self.subtotal_amount + self.shipping_amount - self.discount_amount + added
