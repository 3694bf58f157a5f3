"""Reports of the shop. Amounts are in minor units of the currency; currencies are never added together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from functions.analytics.domain.periods import ReportPeriod
from functions.analytics.domain.reports import CurrencySales, Overview, Ranking, SalesFigures
from shared.web import ResponseModel

Ratio = Annotated[float | None, Field(ge=0, le=1, examples=[0.4167])]
Count = Annotated[int, Field(ge=0, examples=[12])]
Zone = Annotated[
    str,
    Field(
        description="The IANA time zone that the days are those of: the shop's, as it was when this was computed",
        examples=["Asia/Shanghai"],
    ),
]
Minor = Annotated[int, Field(examples=[129900])]


class Sales(ResponseModel):
    """Counts and sums. An order counts on the day of its payment, a refund on its own day. Orders and units are what is
    sold: those that were cancelled or refunded do not count, as in the list of the best products. Amounts are what
    moved: gross is all that was paid, and the net is without all that went back.
    """

    orders: Count
    """Orders paid, of which something is neither cancelled nor refunded."""
    units: Count
    """Units paid, and neither cancelled nor refunded."""
    gross_amount: Minor
    """All that was paid, shipping and tax included."""
    refunds: Count
    refunded_amount: Minor
    net_amount: Minor
    """What was paid less what was refunded."""
    average_order_amount: Annotated[int | None, Field(examples=[10825])]
    """What was paid, and not refunded, for an order that counts, on average, rounded half up; null without any."""
    checkouts: Count
    """Carts of which a checkout was begun; each counts once a day."""
    checkouts_ordered: Count
    """Of those, the carts that were ordered."""
    checkouts_paid: Count
    """Of those, the carts that were paid."""
    conversion_rate: Ratio
    """Carts paid of the carts of which a checkout was begun, to four decimal places; null without any."""

    @classmethod
    def fields_of(cls, figures: SalesFigures) -> dict[str, int | float | None]:
        """The values of the fields above."""
        return {
            "orders": figures.orders,
            "units": figures.units,
            "gross_amount": figures.gross_amount,
            "refunds": figures.refunds,
            "refunded_amount": figures.refunded_amount,
            "net_amount": figures.net_amount,
            "average_order_amount": figures.average_order_amount,
            "checkouts": figures.checkouts,
            "checkouts_ordered": figures.checkouts_ordered,
            "checkouts_paid": figures.checkouts_paid,
            "conversion_rate": figures.conversion_rate,
        }


class SalesOfPeriod(Sales):
    """One day, week or month."""

    starts_on: date


class SalesOfCurrency(ResponseModel):
    """All that was sold in one currency."""

    currency: Annotated[str, Field(examples=["USD"])]
    total: Sales
    periods: list[SalesOfPeriod]

    @classmethod
    def of(cls, sales: CurrencySales) -> SalesOfCurrency:
        return cls.model_validate(
            {
                "currency": sales.currency,
                "total": Sales.fields_of(sales.total),
                "periods": [{**Sales.fields_of(period), "starts_on": period.starts_on} for period in sales.periods],
            }
        )


class CustomersOfPeriod(ResponseModel):
    """Customers who registered in one day, week or month."""

    starts_on: date
    new_customers: Count


class Analytics(ResponseModel):
    """The shop in a range of days."""

    first_day: date
    last_day: date
    interval: ReportPeriod
    refreshed_at: datetime | None
    """Whatever happened before is counted; null where nothing was computed yet."""
    time_zone: Zone
    sales: list[SalesOfCurrency]
    new_customers: Count
    customers: list[CustomersOfPeriod]

    @classmethod
    def of(cls, overview: Overview) -> Analytics:
        return cls(
            first_day=overview.range.first,
            last_day=overview.range.last,
            interval=overview.range.period,
            refreshed_at=overview.freshness.refreshed_at,
            time_zone=overview.freshness.time_zone,
            sales=[SalesOfCurrency.of(sales) for sales in overview.sales],
            new_customers=sum(count for _, count in overview.customers),
            customers=[CustomersOfPeriod(starts_on=start, new_customers=count) for start, count in overview.customers],
        )


class ProductSales(ResponseModel):
    """A product among the best."""

    rank: Annotated[int, Field(ge=1, examples=[1])]
    product_id: UUID
    name: str
    slug: str
    units: Count
    revenue_amount: Minor
    """What was paid for its lines, tax included and discounts taken off; refunds are not taken off."""


class TopProducts(ResponseModel):
    """The best products of one day, week or month."""

    first_day: date
    last_day: date
    interval: ReportPeriod
    currency: str
    refreshed_at: datetime | None
    time_zone: Zone
    products: list[ProductSales]

    @classmethod
    def of(cls, ranking: Ranking, interval: ReportPeriod, currency: str) -> TopProducts:
        return cls(
            first_day=ranking.starts_on,
            last_day=ranking.ends_on,
            interval=interval,
            currency=currency,
            refreshed_at=ranking.freshness.refreshed_at,
            time_zone=ranking.freshness.time_zone,
            products=[ProductSales.model_validate(product) for product in ranking.products],
        )
