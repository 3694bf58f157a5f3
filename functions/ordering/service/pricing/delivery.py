"""What delivery costs: the rates of the destination's zone, as the parcel and the goods make them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from functions.ordering.repository.pricing_rules import RateKind, RateRow
from functions.ordering.service.pricing.lines import PricedLine


class ShippingState(StrEnum):
    """What is known of the shipping."""

    NOT_NEEDED = "not_needed"
    """Nothing of it is shipped."""
    FREE = "free"
    """The shop has no shipping zones."""
    UNKNOWN = "unknown"
    """It depends on a destination that nobody has named."""
    UNAVAILABLE = "unavailable"
    """Nothing is delivered there, or not this."""
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What decides over rates: grams of what is shipped, and the price of all goods after discounts."""

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
    """The ways to have it delivered, and which of them the price is made with."""

    state: ShippingState
    quotes: tuple[Quote, ...] = ()
    chosen: Quote | None = None

    @property
    def cheapest_amount(self) -> int:
        return min((quote.amount for quote in self.quotes), default=0)


def needed(lines: Iterable[PricedLine]) -> bool:
    """Whether anything of this is shipped."""
    return any(line.buyable and line.row.requires_shipping for line in lines)


def parcel(lines: Iterable[PricedLine]) -> Parcel:
    """The parcel that discounted lines make."""
    buyable = [line for line in lines if line.buyable]
    return Parcel(
        weight_grams=sum(line.row.weight_grams * line.row.quantity for line in buyable if line.row.requires_shipping),
        goods_amount=sum(line.amount - line.discount_amount for line in buyable),
    )


def quotes(rates: Sequence[RateRow], of: Parcel) -> tuple[Quote, ...]:
    """Those of the rates that take this parcel, the cheapest first."""
    found = [
        Quote(rate.id, rate.name, amount, rate.min_days, rate.max_days)
        for rate in rates
        if (amount := _amount(rate, of)) is not None
    ]
    return tuple(sorted(found, key=lambda quote: quote.amount))


def _amount(rate: RateRow, of: Parcel) -> int | None:
    """What the rate asks for this parcel; None where it does not take it."""
    if rate.free_from_amount is not None and of.goods_amount >= rate.free_from_amount:
        return 0
    if rate.kind is RateKind.FLAT:
        return rate.amount
    measure = of.weight_grams if rate.kind is RateKind.BY_WEIGHT else of.goods_amount
    return next((band.amount for band in rate.bands if band.up_to is None or measure <= band.up_to), None)
