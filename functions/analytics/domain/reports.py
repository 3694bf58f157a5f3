"""Figures of the shop and the reports made of them. Amounts are in minor units; currencies are never added together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from functions.analytics.domain.periods import ReportPeriod


@dataclass(frozen=True, slots=True)
class SalesFigures:
    """Sales in one currency in one period that begins on `starts_on`."""

    currency: str
    starts_on: date
    orders: int = 0
    units: int = 0
    gross_amount: int = 0
    refunds: int = 0
    refunded_amount: int = 0
    checkouts: int = 0
    checkouts_ordered: int = 0
    checkouts_paid: int = 0
    sold_amount: int = 0
    """What was paid, and not refunded, for the orders that count."""

    @property
    def net_amount(self) -> int:
        return self.gross_amount - self.refunded_amount

    @property
    def average_order_amount(self) -> int | None:
        """Rounded half up; None without orders."""
        return (2 * self.sold_amount + self.orders) // (2 * self.orders) if self.orders else None

    @property
    def conversion_rate(self) -> float | None:
        """Carts paid of the carts with a checkout, to four decimal places; None without any."""
        return round(self.checkouts_paid / self.checkouts, 4) if self.checkouts else None


def total(currency: str, periods: Sequence[SalesFigures]) -> SalesFigures:
    """The sum of the figures of at least one period."""
    return SalesFigures(
        currency,
        periods[0].starts_on,
        orders=sum(figures.orders for figures in periods),
        units=sum(figures.units for figures in periods),
        gross_amount=sum(figures.gross_amount for figures in periods),
        refunds=sum(figures.refunds for figures in periods),
        refunded_amount=sum(figures.refunded_amount for figures in periods),
        checkouts=sum(figures.checkouts for figures in periods),
        checkouts_ordered=sum(figures.checkouts_ordered for figures in periods),
        checkouts_paid=sum(figures.checkouts_paid for figures in periods),
        sold_amount=sum(figures.sold_amount for figures in periods),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRange:
    """Whole periods of one length from the first day to the last, in one currency or in all (None)."""

    period: ReportPeriod
    first: date
    last: date
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class CurrencySales:
    """Sales in one currency: in every period, and their sum."""

    currency: str
    total: SalesFigures
    periods: Sequence[SalesFigures]


@dataclass(frozen=True, slots=True)
class Freshness:
    """When figures were computed (None: nothing was, yet), and in which time zone days were told then."""

    refreshed_at: datetime | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The shop in a range of days; `customers` are the new ones of each period."""

    range: ReportRange
    freshness: Freshness
    sales: Sequence[CurrencySales]
    customers: Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class RankedProduct:
    """A product among the best of a period."""

    rank: int
    product_id: UUID
    name: str
    slug: str
    units: int
    revenue_amount: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best products of one period."""

    starts_on: date
    ends_on: date
    freshness: Freshness
    products: Sequence[RankedProduct]
