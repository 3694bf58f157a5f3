"""Computing the views anew."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from functions.analytics import repository
from shared.clients import database

STATEMENT_SECONDS: Final = 270
"""Less than the function has, so that it ends with an error of the database's, and not in the middle of one."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What one run did."""

    views: int
    milliseconds: int


def refresh() -> Refreshed:
    """Refresh every view, unless another run is doing that.

    Functions log in as the role that owns the views (migrations run as that role as well), so it may.
    """
    started = time.monotonic()
    views = repository.VIEWS
    with database.transaction() as connection:
        if not repository.lock_refresh(connection):
            return Refreshed(0, 0)
        repository.allow_seconds(connection, STATEMENT_SECONDS)
        repository.refresh(connection, views)
    return Refreshed(len(views), round((time.monotonic() - started) * 1000))
