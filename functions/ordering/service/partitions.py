"""Making the months that the orders to come will lie in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import psycopg

from functions.ordering.repository import partitions
from shared.clients import database
from shared.log import logger

MONTHS_AHEAD: Final = 3
ATTEMPTS: Final = 10
PAUSE_SECONDS: Final = 1.0


def prepare(*, sleep: Callable[[float], None] = time.sleep) -> int:
    """Make the next months; returns how many were missing. Tries again where orders are just locked by others.

    Raises psycopg.Error where it cannot be done: a function that raises is an alarm.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with database.transaction() as connection:
                return partitions.extend(connection, months_ahead=MONTHS_AHEAD)
        except psycopg.errors.LockNotAvailable:
            if attempt == ATTEMPTS:
                raise
            logger().warning("orders are locked, trying again", extra={"attempt": attempt})
            sleep(PAUSE_SECONDS)
    raise AssertionError("the last attempt returns or raises")
