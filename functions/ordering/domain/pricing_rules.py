"""What prices a cart besides its lines: coupons, shipping rates, tax rates. Amounts are in minor units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from functions.ordering.domain.places import Place


class CouponKind(StrEnum):
    PERCENTAGE = "percentage"
    FIXED = "fixed"
    FREE_SHIPPING = "free_shipping"
    BUY_X_GET_Y = "buy_x_get_y"


class ShippingRateKind(StrEnum):
    FLAT = "flat"
    BY_WEIGHT = "by_weight"
    BY_SUBTOTAL = "by_subtotal"


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponRow:
    """A coupon's terms, and the `problem` that it has whatever is in the cart (None, or one of `CouponProblem`)."""

    id: UUID
    code: str
    description: str
    kind: CouponKind
    percent_basis_points: int | None
    amount: int | None
    buy_quantity: int | None
    get_quantity: int | None
    currency: str | None
    minimum_subtotal_amount: int | None
    category_ids: frozenset[UUID]
    product_ids: frozenset[UUID]
    is_combinable: bool
    problem: str | None

    @property
    def set_size(self) -> int:
        """Of buy-x-get-y: the units to buy and the free ones, together."""
        return (self.buy_quantity or 0) + (self.get_quantity or 0)


@dataclass(frozen=True, slots=True)
class Band:
    """Up to so many grams or minor units, the end included (None has no end), delivery costs so much."""

    up_to: int | None
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """A shipping rate, in minor units of the cart's currency."""

    id: UUID
    name: str
    kind: ShippingRateKind
    amount: int | None
    bands: tuple[Band, ...]
    free_from_amount: int | None
    min_days: int | None
    max_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRateRow:
    """The tax of the destination."""

    rate_basis_points: int
    prices_include_tax: bool
    shipping_taxable: bool
    category_rates: Mapping[UUID, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What prices a cart for one buyer and one destination."""

    account_email: str | None
    """The buyer's; None for guests, and for a deleted account."""
    language: str | None
    coupons: Sequence[CouponRow]
    """In the order in which they were entered."""
    has_zones: bool
    rates: Sequence[RateRow] | None
    """Of the destination's zone; None where no zone names it."""
    has_taxes: bool
    tax: TaxRateRow | None
    has_other_currencies: bool = False
    """Whether the destination's zone has rates, of which none is in the cart's currency."""
    rates_need_region: bool = False
    """Whether a zone names a part of the destination's country."""
    tax_needs_region: bool = False

    def is_shipping_known(self, place: Place | None) -> bool:
        """Whether the place tells what delivery there costs."""
        return place is not None and (not self.rates_need_region or bool(place.region_codes))

    def is_tax_known(self, place: Place | None) -> bool:
        """Whether the place tells what is taxed there."""
        if place is None:
            return not self.has_taxes
        return not self.tax_needs_region or bool(place.region_codes)
