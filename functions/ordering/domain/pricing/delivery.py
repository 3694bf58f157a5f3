"""The price of delivery: the rates of the destination's zone, by the parcel and its goods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from functions.ordering.domain.pricing.lines import PricedLine
from functions.ordering.domain.pricing_rules import RateRow, Rules, ShippingRateKind


class ShippingState(StrEnum):
    """Whether a cart is shipped, and whether the price of it is known."""

    NOT_NEEDED = "not_needed"
    """Nothing of it is shipped."""
    FREE = "free"
    """The shop has no shipping zones."""
    UNKNOWN = "unknown"
    """It depends on a destination that the caller has not named."""
    UNAVAILABLE = "unavailable"
    """There is no delivery to the destination, or not of this parcel."""
    QUOTED = "quoted"


class ShippingProblem(StrEnum):
    """Why there is no delivery."""

    DESTINATION = "destination"
    """No zone names the destination, or the one that does has no rates."""
    CURRENCY = "currency"
    """Rates for the destination are in other currencies than the cart's."""
    PARCEL = "parcel"
    """None of the rates takes so much weight, or goods of this price."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a rate depends on: the weight of the shipped goods in grams, and the price of all goods after discounts."""

    weight_grams: int
    goods_amount: int


@dataclass(frozen=True, slots=True)
class Quote:
    """One way to have it delivered, in minor units and days."""

    rate_id: UUID
    name: str
    amount: int
    min_days: int | None
    max_days: int | None


@dataclass(frozen=True, slots=True)
class Shipping:
    """The ways of delivery, and the one that the cart is priced with."""

    state: ShippingState
    quotes: tuple[Quote, ...] = ()
    chosen: Quote | None = None
    problem: ShippingProblem | None = None
    """Set where it is unavailable."""

    @property
    def cheapest_amount(self) -> int:
        return min((quote.amount for quote in self.quotes), default=0)


def available(rules: Rules, parcel: Parcel) -> Shipping:
    """The quotes of a known destination, or why there are none."""
    found = quotes(rules.rates or (), parcel)
    if found:
        return Shipping(ShippingState.QUOTED, found)
    if rules.has_other_currencies:
        problem = ShippingProblem.CURRENCY
    else:
        problem = ShippingProblem.PARCEL if rules.rates else ShippingProblem.DESTINATION
    return Shipping(ShippingState.UNAVAILABLE, problem=problem)


def needed(lines: Iterable[PricedLine]) -> bool:
    """Whether anything of this is shipped."""
    return any(line.buyable and line.row.requires_shipping for line in lines)


def parcel_of(lines: Iterable[PricedLine]) -> Parcel:
    """The parcel of discounted lines."""
    buyable = [line for line in lines if line.buyable]
    return Parcel(
        weight_grams=sum(line.row.weight_grams * line.row.quantity for line in buyable if line.row.requires_shipping),
        goods_amount=sum(line.amount - line.discount_amount for line in buyable),
    )


def quotes(rates: Sequence[RateRow], parcel: Parcel) -> tuple[Quote, ...]:
    """The quotes of the rates that apply to this parcel, the cheapest first."""
    applicable = [
        Quote(rate.id, rate.name, amount, rate.min_days, rate.max_days)
        for rate in rates
        if (amount := _amount(rate, parcel)) is not None
    ]
    return tuple(sorted(applicable, key=lambda quote: quote.amount))


def _amount(rate: RateRow, parcel: Parcel) -> int | None:
    """The rate's price of this parcel; None where it does not apply."""
    if rate.free_from_amount is not None and parcel.goods_amount >= rate.free_from_amount:
        return 0
    if rate.kind is ShippingRateKind.FLAT:
        return rate.amount
    measure = parcel.weight_grams if rate.kind is ShippingRateKind.BY_WEIGHT else parcel.goods_amount
    return next((band.amount for band in rate.bands if band.up_to is None or measure <= band.up_to), None)
