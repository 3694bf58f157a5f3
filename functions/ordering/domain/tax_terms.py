"""The tax rate of a place, as administrators set it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRateTerms:
    """The names are the columns'; `category_rates` hold `category_id` and `rate_basis_points`."""

    name: str
    country: str
    region: str
    rate_basis_points: int
    prices_include_tax: bool
    shipping_taxable: bool
    category_rates: list[dict[str, Any]]
    is_active: bool
