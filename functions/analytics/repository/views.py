"""The refresh of the materialized views."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from psycopg import sql

from functions.analytics.domain.reports import Freshness
from shared.clients.database import Connection

VIEWS: Final = ("daily_sales", "daily_customers", "top_products")
USER_VIEWS: Final = ("daily_metrics", "user_cohorts")
ENGAGEMENT_VIEWS: Final = ("engagement_metrics",)
TRENDING_VIEWS: Final = ("trending_content",)

_REFRESH_LOCK: Final = 7_021_113
_LOCKS: Final = {VIEWS: _REFRESH_LOCK, USER_VIEWS: 7_021_115, ENGAGEMENT_VIEWS: 7_021_116, TRENDING_VIEWS: 7_021_117}
"""What is refreshed together has a lock."""
_REFRESH: Final = sql.SQL("REFRESH MATERIALIZED VIEW CONCURRENTLY {}")
_RECORD_REFRESH: Final = """
INSERT INTO view_refreshes (view, refreshed_at, time_zone) SELECT unnest(%s::text[]), now(), %s
ON CONFLICT (view) DO UPDATE SET refreshed_at = excluded.refreshed_at, time_zone = excluded.time_zone
"""
_REFRESHED: Final = """
SELECT min(refreshed_at) AS refreshed_at, min(time_zone) AS time_zone FROM view_refreshes WHERE view = ANY(%s)
"""


def lock_refresh(connection: Connection, views: tuple[str, ...]) -> bool:
    """Whether this transaction holds the lock of the refresh of these views; false while another one does."""
    lock = _LOCKS.get(views, _REFRESH_LOCK)
    row = connection.execute("SELECT pg_try_advisory_xact_lock(%s) AS locked", (lock,)).fetchone()
    return row is not None and bool(row["locked"])


def allow_seconds(connection: Connection, seconds: int) -> None:
    """Let the statements of this transaction take longer than the role's limit, which is made for requests."""
    connection.execute("SELECT set_config('statement_timeout', %s, true)", (f"{seconds}s",))


def refresh(connection: Connection, views: Sequence[str], time_zone: str) -> None:
    """Compute the views again with the days of this zone (IANA), while others can read them, and record the time."""
    connection.execute("SELECT set_config('sharestack.time_zone', %s, true)", (time_zone,))
    for view in views:
        connection.execute(_REFRESH.format(sql.Identifier(view)))
    connection.execute(_RECORD_REFRESH, (list(views), time_zone))


def refreshed(connection: Connection, *views: str) -> Freshness | None:
    """Since when the oldest of the views is as it is; None before the first refresh."""
    row = connection.execute(_REFRESHED, (list(views),)).fetchone()
    return Freshness(row["refreshed_at"], row["time_zone"]) if row and row["refreshed_at"] else None


def each_refreshed(connection: Connection) -> dict[str, tuple[datetime, str]]:
    """Since when each view is as it is, and in which zone; those that were never refreshed are left out."""
    rows = connection.execute("SELECT view, refreshed_at, time_zone FROM view_refreshes")
    return {row["view"]: (row["refreshed_at"], row["time_zone"]) for row in rows}
