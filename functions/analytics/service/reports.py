"""Reports: sales and new customers of a range of days, with every period in it; the best products of a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Final

from functions.analytics.domain.periods import ReportPeriod
from functions.analytics.domain.reports import (
    CurrencySales,
    Freshness,
    Overview,
    Ranking,
    ReportRange,
    SalesFigures,
    total,
)
from functions.analytics.errors import InvalidRangeError
from functions.analytics.repository import reports as repository
from functions.analytics.repository import views
from shared import days
from shared.clients.database import Connection

DEFAULT_DAYS: Final = 30
MAX_PERIODS: Final = 400
"""More than a year of days, and many years of weeks and months."""
_YEARS: Final = range(2000, 2200)


def overview(
    connection: Connection, period: ReportPeriod, first: date | None, last: date | None, currency: str | None
) -> Overview:
    """The periods that the days from `first` to `last` are in, as a whole: today and the 29 days before by default.

    A currency that is named is there even if nothing was sold in it. Raises InvalidRangeError.
    """
    chosen = _range(period, first, last, currency)
    starts = list(islice(period.starts(chosen.first, chosen.last), MAX_PERIODS + 1))
    if len(starts) > MAX_PERIODS:
        raise InvalidRangeError(f"A range has at most {MAX_PERIODS} periods; ask for longer periods, or fewer days")
    rows = repository.sales(connection, chosen)
    by_currency = {code: _filled(code, list(sales), starts) for code, sales in groupby(rows, lambda row: row.currency)}
    if currency is not None:
        by_currency.setdefault(currency, _filled(currency, [], starts))
    customers = repository.new_customers(connection, chosen)
    return Overview(
        chosen,
        views.refreshed(connection, "daily_sales", "daily_customers") or _never(),
        [CurrencySales(code, total(code, periods), periods) for code, periods in by_currency.items()],
        [(start, customers.get(start, 0)) for start in starts],
    )


def ranking(
    connection: Connection, period: ReportPeriod, day: date | None, *, currency: str, by_units: bool, limit: int
) -> Ranking:
    """The best products of the period that `day` (today by default) is in. Raises InvalidRangeError."""
    day = day or days.today()
    _check(day)
    start = period.start(day)
    products = repository.ranking(
        connection, period=period, starts_on=start, currency=currency, by_units=by_units, limit=limit
    )
    return Ranking(start, period.end(day), views.refreshed(connection, "top_products") or _never(), products)


def _never() -> Freshness:
    return Freshness(None, days.zone_name())


def _range(period: ReportPeriod, first: date | None, last: date | None, currency: str | None) -> ReportRange:
    last = last or days.today()
    _check(last)
    first = first or last - timedelta(days=DEFAULT_DAYS - 1)
    _check(first)
    if first > last:
        raise InvalidRangeError("`from` is after `to`")
    return ReportRange(period=period, first=period.start(first), last=period.end(last), currency=currency)


def _check(day: date) -> None:
    if day.year not in _YEARS:
        raise InvalidRangeError(f"Days are those of the years {_YEARS[0]} to {_YEARS[-1]}")


def _filled(currency: str, rows: list[SalesFigures], starts: Sequence[date]) -> list[SalesFigures]:
    by_start = {row.starts_on: row for row in rows}
    return [by_start.get(start) or SalesFigures(currency, start) for start in starts]
