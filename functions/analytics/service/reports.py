"""What the views say about a range of days, with every period in it, and currencies kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from typing import Final

from functions.analytics import repository
from functions.analytics.errors import InvalidRangeError
from functions.analytics.periods import Period
from functions.analytics.repository import Range, RankedProduct, SalesRow
from shared.clients.database import Connection

DEFAULT_DAYS: Final = 30
MAX_PERIODS: Final = 400
"""More than a year of days, and many years of weeks and months."""
_YEARS: Final = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class CurrencySales:
    """What was sold in one currency: in every period, and together."""

    currency: str
    together: SalesRow
    periods: Sequence[SalesRow]


@dataclass(frozen=True, slots=True)
class Overview:
    """The shop in a range of days."""

    asked: Range
    refreshed_at: datetime | None
    sales: Sequence[CurrencySales]
    customers: Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best products of one period."""

    starts_on: date
    ends_on: date
    refreshed_at: datetime | None
    products: Sequence[RankedProduct]


def overview(
    connection: Connection, period: Period, first: date | None, last: date | None, currency: str | None
) -> Overview:
    """The periods that the days from `first` to `last` are in, as a whole: today and the 29 days before by default.

    A currency that is asked for is there even if nothing was sold in it. Raises InvalidRangeError.
    """
    asked = _range(period, first, last, currency)
    starts = list(islice(period.starts(asked.first, asked.last), MAX_PERIODS + 1))
    if len(starts) > MAX_PERIODS:
        raise InvalidRangeError(f"A range has at most {MAX_PERIODS} periods; ask for longer periods, or fewer days")
    rows = repository.sales(connection, asked)
    found = {of: _filled(of, list(sold), starts) for of, sold in groupby(rows, lambda row: row.currency)}
    if currency is not None:
        found.setdefault(currency, _filled(currency, [], starts))
    joined = repository.new_customers(connection, asked)
    return Overview(
        asked,
        repository.refreshed_at(connection, "daily_sales", "daily_customers"),
        [CurrencySales(of, _together(of, periods), periods) for of, periods in found.items()],
        [(start, joined.get(start, 0)) for start in starts],
    )


def ranking(
    connection: Connection, period: Period, day: date | None, *, currency: str, by_units: bool, limit: int
) -> Ranking:
    """The best products of the period that `day` (today by default) is in. Raises InvalidRangeError."""
    day = day or datetime.now(UTC).date()
    _check(day)
    start = period.start(day)
    products = repository.ranking(
        connection, period=period.value, starts_on=start, currency=currency, by_units=by_units, limit=limit
    )
    return Ranking(start, period.end(day), repository.refreshed_at(connection, "top_products"), products)


def _range(period: Period, first: date | None, last: date | None, currency: str | None) -> Range:
    last = last or datetime.now(UTC).date()
    _check(last)
    first = first or last - timedelta(days=DEFAULT_DAYS - 1)
    _check(first)
    if first > last:
        raise InvalidRangeError("`from` is after `to`")
    return Range(period=period.value, first=period.start(first), last=period.end(last), currency=currency)


def _check(day: date) -> None:
    if day.year not in _YEARS:
        raise InvalidRangeError(f"Days are those of the years {_YEARS[0]} to {_YEARS[-1]}")


def _filled(currency: str, rows: list[SalesRow], starts: Sequence[date]) -> list[SalesRow]:
    known = {row.starts_on: row for row in rows}
    return [known.get(start) or SalesRow(currency, start) for start in starts]


def _together(currency: str, rows: Sequence[SalesRow]) -> SalesRow:
    return SalesRow(
        currency,
        rows[0].starts_on,
        orders=sum(row.orders for row in rows),
        units=sum(row.units for row in rows),
        gross_amount=sum(row.gross_amount for row in rows),
        refunds=sum(row.refunds for row in rows),
        refunded_amount=sum(row.refunded_amount for row in rows),
        checkouts=sum(row.checkouts for row in rows),
        checkouts_ordered=sum(row.checkouts_ordered for row in rows),
        checkouts_paid=sum(row.checkouts_paid for row in rows),
    )
