"""Figures of sales, customers and products, read from the materialized views."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from psycopg import sql
from psycopg.rows import class_row

from functions.analytics.domain.periods import ReportPeriod
from functions.analytics.domain.reports import RankedProduct, ReportRange, SalesFigures
from shared.clients.database import Connection

# Text, for `date_trunc`: parameters of unknown type make it ambiguous.
_SALES: Final = """
SELECT currency, date_trunc(%(period)s::text, day::timestamp)::date AS starts_on,
    sum(orders)::bigint AS orders, sum(units)::bigint AS units, sum(gross_amount)::bigint AS gross_amount,
    sum(refunds)::bigint AS refunds, sum(refunded_amount)::bigint AS refunded_amount,
    sum(checkouts)::bigint AS checkouts, sum(checkouts_ordered)::bigint AS checkouts_ordered,
    sum(checkouts_paid)::bigint AS checkouts_paid, sum(sold_amount)::bigint AS sold_amount
FROM daily_sales
WHERE day BETWEEN %(first)s AND %(last)s AND (%(currency)s::text IS NULL OR currency = %(currency)s)
GROUP BY 1, 2 ORDER BY 1, 2
"""
_CUSTOMERS: Final = """
SELECT date_trunc(%(period)s::text, day::timestamp)::date AS starts_on, sum(new_customers)::bigint AS new_customers
FROM daily_customers WHERE day BETWEEN %(first)s AND %(last)s GROUP BY 1
"""
_RANKING: Final = sql.SQL("""
SELECT t.{rank} AS rank, t.product_id, p.name, p.slug, t.units, t.revenue_amount
FROM top_products t JOIN catalog_products p ON p.id = t.product_id
WHERE t.period = %(period)s AND t.starts_on = %(starts_on)s AND t.currency = %(currency)s AND t.{rank} <= %(limit)s
ORDER BY t.{rank}
""")


def sales(connection: Connection, days: ReportRange) -> list[SalesFigures]:
    """By currency and period; periods without sales are left out."""
    with connection.cursor(row_factory=class_row(SalesFigures)) as cursor:
        return cursor.execute(_SALES, _parameters(days)).fetchall()


def new_customers(connection: Connection, days: ReportRange) -> dict[date, int]:
    """How many customers registered, by period; periods without are left out."""
    rows = connection.execute(_CUSTOMERS, _parameters(days)).fetchall()
    return {row["starts_on"]: row["new_customers"] for row in rows}


def ranking(
    connection: Connection, *, period: ReportPeriod, starts_on: date, currency: str, by_units: bool, limit: int
) -> list[RankedProduct]:
    """The best products of one period, best first."""
    rank = sql.Identifier("rank_by_units" if by_units else "rank_by_revenue")
    parameters = {"period": period.value, "starts_on": starts_on, "currency": currency, "limit": limit}
    with connection.cursor(row_factory=class_row(RankedProduct)) as cursor:
        return cursor.execute(_RANKING.format(rank=rank), parameters).fetchall()


def _parameters(days: ReportRange) -> dict[str, Any]:
    return {"period": days.period.value, "first": days.first, "last": days.last, "currency": days.currency}
