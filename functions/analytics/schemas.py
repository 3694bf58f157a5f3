"""What analytics answers. Amounts are in minor units of the currency; currencies are never added together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from functions.analytics.periods import Period
from functions.analytics.repository import SalesRow
from functions.analytics.service.reports import CurrencySales, Overview, Ranking
from shared.web import AnswerModel

Ratio = Annotated[float | None, Field(ge=0, le=1, examples=[0.4167])]
Count = Annotated[int, Field(ge=0, examples=[12])]
Minor = Annotated[int, Field(examples=[129900])]


class Sales(AnswerModel):
    """Counts and sums. An order counts on the day of its payment, a refund on its own day."""

    orders: Count
    """Orders paid."""
    units: Count
    gross_amount: Minor
    """What was paid for the orders, shipping and tax included."""
    refunds: Count
    refunded_amount: Minor
    net_amount: Minor
    """What was paid less what was refunded."""
    average_order_amount: Annotated[int | None, Field(examples=[10825])]
    """What was paid for an order on average, rounded half up; null without orders."""
    checkouts: Count
    """Carts of which a checkout was begun; each counts once a day."""
    checkouts_ordered: Count
    """Of those, the carts that were ordered."""
    checkouts_paid: Count
    """Of those, the carts that were paid."""
    conversion_rate: Ratio
    """Carts paid of the carts of which a checkout was begun, to four decimal places; null without any."""

    @classmethod
    def figures(cls, row: SalesRow) -> dict[str, int | float | None]:
        """The values of the fields above."""
        return {
            "orders": row.orders,
            "units": row.units,
            "gross_amount": row.gross_amount,
            "refunds": row.refunds,
            "refunded_amount": row.refunded_amount,
            "net_amount": row.gross_amount - row.refunded_amount,
            "average_order_amount": (2 * row.gross_amount + row.orders) // (2 * row.orders) if row.orders else None,
            "checkouts": row.checkouts,
            "checkouts_ordered": row.checkouts_ordered,
            "checkouts_paid": row.checkouts_paid,
            "conversion_rate": round(row.checkouts_paid / row.checkouts, 4) if row.checkouts else None,
        }


class SalesOfPeriod(Sales):
    """One day, week or month."""

    starts_on: date


class SalesOfCurrency(AnswerModel):
    """All that was sold in one currency."""

    currency: Annotated[str, Field(examples=["USD"])]
    total: Sales
    periods: list[SalesOfPeriod]

    @classmethod
    def of(cls, sold: CurrencySales) -> SalesOfCurrency:
        return cls.model_validate(
            {
                "currency": sold.currency,
                "total": Sales.figures(sold.together),
                "periods": [{**Sales.figures(row), "starts_on": row.starts_on} for row in sold.periods],
            }
        )


class CustomersOfPeriod(AnswerModel):
    """Customers who registered in one day, week or month."""

    starts_on: date
    new_customers: Count


class Analytics(AnswerModel):
    """The shop in a range of days, which are those of UTC."""

    first_day: date
    last_day: date
    interval: Period
    refreshed_at: datetime | None
    """Whatever happened before is counted; null where nothing was computed yet."""
    sales: list[SalesOfCurrency]
    new_customers: Count
    customers: list[CustomersOfPeriod]

    @classmethod
    def of(cls, overview: Overview) -> Analytics:
        return cls(
            first_day=overview.asked.first,
            last_day=overview.asked.last,
            interval=Period(overview.asked.period),
            refreshed_at=overview.refreshed_at,
            sales=[SalesOfCurrency.of(sold) for sold in overview.sales],
            new_customers=sum(count for _, count in overview.customers),
            customers=[CustomersOfPeriod(starts_on=start, new_customers=count) for start, count in overview.customers],
        )


class ProductSales(AnswerModel):
    """A product among the best."""

    rank: Annotated[int, Field(ge=1, examples=[1])]
    product_id: UUID
    name: str
    slug: str
    units: Count
    revenue_amount: Minor
    """What was paid for its lines, tax included and discounts taken off; refunds are not taken off."""


class TopProducts(AnswerModel):
    """The best products of one day, week or month."""

    first_day: date
    last_day: date
    interval: Period
    currency: str
    refreshed_at: datetime | None
    products: list[ProductSales]

    @classmethod
    def of(cls, ranking: Ranking, interval: Period, currency: str) -> TopProducts:
        return cls(
            first_day=ranking.starts_on,
            last_day=ranking.ends_on,
            interval=interval,
            currency=currency,
            refreshed_at=ranking.refreshed_at,
            products=[ProductSales.model_validate(product) for product in ranking.products],
        )
