"""Figures of people and of the community, read from the materialized views of migration 0043. What each means stands in
`functions.analytics.domain.definitions`.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Final, TypeVar

from psycopg.rows import class_row

from functions.analytics.domain.metric_reports import ErrorCounts, Presence, TrendingPost, TrendingTicker
from functions.analytics.domain.metrics import Cohort, EngagementDay, UserDay
from shared.clients.database import Connection

T = TypeVar("T")

USER_COLUMNS: Final = ", ".join(field.name for field in fields(UserDay))
ENGAGEMENT_COLUMNS: Final = ", ".join(field.name for field in fields(EngagementDay))
COHORT_COLUMNS: Final = ", ".join(field.name for field in fields(Cohort))

_USER_DAYS: Final = f"""
SELECT {USER_COLUMNS} FROM daily_metrics WHERE day BETWEEN %(first)s AND %(last)s ORDER BY day
"""
_ENGAGEMENT_DAYS: Final = f"""
SELECT {ENGAGEMENT_COLUMNS} FROM engagement_metrics WHERE day BETWEEN %(first)s AND %(last)s ORDER BY day
"""
_COHORTS: Final = f"""
SELECT {COHORT_COLUMNS} FROM user_cohorts WHERE day BETWEEN %(first)s AND %(last)s ORDER BY day
"""
# What the view holds may have been deleted or hidden since, or its author banned: it is checked here again.
_TRENDING_POSTS: Final = """
SELECT t.rank, t.people, p.id AS post_id, p.author_id, a.username, left(p.body, 280) AS excerpt, p.published_at
FROM trending_content t
JOIN community_posts p ON p.id = t.subject_id AND p.is_live AND p.visibility = 'public'
JOIN profiles_people a ON a.user_id = p.author_id AND a.standing = 'good' AND NOT a.is_private
WHERE t.period = %(period)s AND t.kind = 'post' ORDER BY t.rank LIMIT %(limit)s
"""
# A scalar subquery is not planned as a join with all posts there are.
_TRENDING_TICKERS: Final = """
SELECT t.rank, t.people, s.id AS ticker_id, s.symbol, s.name FROM trending_content t
JOIN community_tickers s ON s.id = t.subject_id
WHERE t.period = %(period)s AND t.kind = 'ticker' AND coalesce((
    SELECT true FROM community_post_tickers n
    JOIN community_posts p ON p.id = n.post_id AND p.is_live AND p.visibility = 'public'
    JOIN profiles_people a ON a.user_id = p.author_id AND a.standing = 'good' AND NOT a.is_private
    WHERE n.ticker_id = t.subject_id
        AND n.published_at > now() - CASE t.period WHEN 'day' THEN interval '1 day' ELSE interval '7 days' END LIMIT 1
), false)
ORDER BY t.rank LIMIT %(limit)s
"""
_ACTIVE_NOW: Final = """
SELECT count(DISTINCT user_id) FILTER (WHERE last_active_at > now() - interval '5 minutes') AS active_now,
    count(DISTINCT user_id) AS active_last_hour
FROM user_sessions WHERE last_active_at > now() - interval '1 hour'
"""
_ERRORS: Final = """
SELECT (SELECT count(*) FROM operations_errors WHERE status = 'open') AS open_errors,
    count(*) FILTER (WHERE first_seen_at > now() - interval '1 day') AS new_errors, count(*) AS recent_errors
FROM operations_errors WHERE last_seen_at > now() - interval '1 day'
"""


def user_days(connection: Connection, first: date, last: date) -> list[UserDay]:
    """The days of the range that the view has."""
    return _rows(connection, UserDay, _USER_DAYS, {"first": first, "last": last})


def engagement_days(connection: Connection, first: date, last: date) -> list[EngagementDay]:
    """The days of the range on which something was done."""
    return _rows(connection, EngagementDay, _ENGAGEMENT_DAYS, {"first": first, "last": last})


def cohorts(connection: Connection, first: date, last: date) -> list[Cohort]:
    """Of the days of the range on which somebody registered."""
    return _rows(connection, Cohort, _COHORTS, {"first": first, "last": last})


def trending_posts(connection: Connection, period: str, limit: int) -> list[TrendingPost]:
    return _rows(connection, TrendingPost, _TRENDING_POSTS, {"period": period, "limit": limit})


def trending_tickers(connection: Connection, period: str, limit: int) -> list[TrendingTicker]:
    return _rows(connection, TrendingTicker, _TRENDING_TICKERS, {"period": period, "limit": limit})


def presence(connection: Connection) -> Presence:
    """Who is there now."""
    [row] = _rows(connection, Presence, _ACTIVE_NOW, {})
    return row


def errors(connection: Connection) -> ErrorCounts:
    [row] = _rows(connection, ErrorCounts, _ERRORS, {})
    return row


def _rows(connection: Connection, kind: type[T], statement: str, parameters: dict[str, object]) -> list[T]:
    with connection.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(statement, parameters).fetchall()
