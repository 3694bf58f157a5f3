"""The refresh of the materialized views."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from functions.analytics.repository import sessions, views
from shared import days
from shared.clients import database

STATEMENT_SECONDS: Final = 270
"""Less than the function has, so that it ends with an error of the database's, and not in the middle of one."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The result of one run."""

    views: int
    milliseconds: int


def refresh_users() -> Refreshed:
    """Refresh the figures of people, after those sessions have been ended that nobody goes on with."""
    with database.transaction() as connection:
        sessions.end_idle(connection)
    return refresh(views.USER_VIEWS)


def refresh_engagement() -> Refreshed:
    """Refresh the figures of what people do."""
    return refresh(views.ENGAGEMENT_VIEWS)


def refresh_trending() -> Refreshed:
    """Refresh what is trending."""
    return refresh(views.TRENDING_VIEWS)


def refresh(names: tuple[str, ...] | None = None) -> Refreshed:
    """Refresh these views, those of sales by default, with the days of the shop's time zone, unless another run does.

    Functions log in as the role that owns the views (migrations run as that role as well), so it may.
    """
    started = time.monotonic()
    names = names or views.VIEWS
    with database.transaction() as connection:
        if not views.lock_refresh(connection, names):
            return Refreshed(0, 0)
        views.allow_seconds(connection, STATEMENT_SECONDS)
        views.refresh(connection, names, days.zone_name())
    return Refreshed(len(names), round((time.monotonic() - started) * 1000))
