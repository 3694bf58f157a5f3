"""The refresh of the materialized views."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from functions.analytics.repository import views
from shared import days
from shared.clients import database

STATEMENT_SECONDS: Final = 270
"""Less than the function has, so that it ends with an error of the database's, and not in the middle of one."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The result of one run."""

    views: int
    milliseconds: int


def refresh() -> Refreshed:
    """Refresh every view, with the days of the shop's time zone, unless another run is doing that.

    Functions log in as the role that owns the views (migrations run as that role as well), so it may.
    """
    started = time.monotonic()
    names = views.VIEWS
    with database.transaction() as connection:
        if not views.lock_refresh(connection):
            return Refreshed(0, 0)
        views.allow_seconds(connection, STATEMENT_SECONDS)
        views.refresh(connection, names, days.zone_name())
    return Refreshed(len(names), round((time.monotonic() - started) * 1000))
