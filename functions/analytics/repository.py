"""All SQL of analytics. The views are described in their migration, 0013."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared.clients.database import Connection

VIEWS: Final = ("daily_sales", "daily_customers", "top_products")

_REFRESH_LOCK: Final = 7_021_113
_REFRESH: Final = sql.SQL("REFRESH MATERIALIZED VIEW CONCURRENTLY {}")
_NOTE_REFRESH: Final = """
INSERT INTO view_refreshes (view, refreshed_at) SELECT unnest(%s::text[]), now()
ON CONFLICT (view) DO UPDATE SET refreshed_at = excluded.refreshed_at
"""
_REFRESHED_AT: Final = "SELECT min(refreshed_at) AS refreshed_at FROM view_refreshes WHERE view = ANY(%s)"

# Text, for `date_trunc`: parameters of unknown type make it ambiguous.
_SALES: Final = """
SELECT currency, date_trunc(%(period)s::text, day::timestamp)::date AS starts_on,
    sum(orders)::bigint AS orders, sum(units)::bigint AS units, sum(gross_amount)::bigint AS gross_amount,
    sum(refunds)::bigint AS refunds, sum(refunded_amount)::bigint AS refunded_amount,
    sum(checkouts)::bigint AS checkouts, sum(checkouts_ordered)::bigint AS checkouts_ordered,
    sum(checkouts_paid)::bigint AS checkouts_paid
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
FROM top_products t JOIN products p ON p.id = t.product_id
WHERE t.period = %(period)s AND t.starts_on = %(starts_on)s AND t.currency = %(currency)s AND t.{rank} <= %(limit)s
ORDER BY t.{rank}
""")


@dataclass(frozen=True, slots=True)
class SalesRow:
    """What was sold in one currency in one period; amounts in its minor units."""

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


@dataclass(frozen=True, slots=True)
class RankedProduct:
    """A product among the best of a period."""

    rank: int
    product_id: UUID
    name: str
    slug: str
    units: int
    revenue_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Whole periods of one length from the first day to the last, in one currency or in all (None)."""

    period: str
    first: date
    last: date
    currency: str | None = None

    def parameters(self) -> dict[str, object]:
        return {"period": self.period, "first": self.first, "last": self.last, "currency": self.currency}


def lock_refresh(connection: Connection) -> bool:
    """Whether this transaction is now the one that refreshes; false while another is at it."""
    row = connection.execute("SELECT pg_try_advisory_xact_lock(%s) AS locked", (_REFRESH_LOCK,)).fetchone()
    return row is not None and bool(row["locked"])


def allow_seconds(connection: Connection, seconds: int) -> None:
    """Let the statements of this transaction take longer than the role's limit, which is made for requests."""
    connection.execute("SELECT set_config('statement_timeout', %s, true)", (f"{seconds}s",))


def refresh(connection: Connection, views: Sequence[str]) -> None:
    """Compute the views anew, while others go on reading them, and note when."""
    for view in views:
        connection.execute(_REFRESH.format(sql.Identifier(view)))
    connection.execute(_NOTE_REFRESH, (list(views),))


def refreshed_at(connection: Connection, *views: str) -> datetime | None:
    """When the oldest of the views was computed; None before the first refresh."""
    row = connection.execute(_REFRESHED_AT, (list(views),)).fetchone()
    return row["refreshed_at"] if row else None


def sales(connection: Connection, asked: Range) -> list[SalesRow]:
    """By currency and period; periods without sales are left out."""
    with connection.cursor(row_factory=class_row(SalesRow)) as cursor:
        return cursor.execute(_SALES, asked.parameters()).fetchall()


def new_customers(connection: Connection, asked: Range) -> dict[date, int]:
    """How many registered, by period; those without are left out."""
    rows = connection.execute(_CUSTOMERS, asked.parameters()).fetchall()
    return {row["starts_on"]: row["new_customers"] for row in rows}


def ranking(
    connection: Connection, *, period: str, starts_on: date, currency: str, by_units: bool, limit: int
) -> list[RankedProduct]:
    """The best products of one period, best first."""
    rank = sql.Identifier("rank_by_units" if by_units else "rank_by_revenue")
    values = {"period": period, "starts_on": starts_on, "currency": currency, "limit": limit}
    with connection.cursor(row_factory=class_row(RankedProduct)) as cursor:
        return cursor.execute(_RANKING.format(rank=rank), values).fetchall()
