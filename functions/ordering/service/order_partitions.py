"""Creation of the monthly partitions of future orders."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import psycopg

from functions.ordering.repository import order_partitions
from shared.clients import database
from shared.log import logger

MONTHS_AHEAD: Final = 3
ATTEMPTS: Final = 10
PAUSE_SECONDS: Final = 1.0


def prepare(*, sleep: Callable[[float], None] = time.sleep) -> int:
    """Create the next partitions; returns how many were missing. Retries while other transactions lock orders.

    Raises psycopg.Error after the last attempt: a function that raises is an alarm.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with database.transaction() as connection:
                return order_partitions.extend(connection, months_ahead=MONTHS_AHEAD)
        except psycopg.errors.LockNotAvailable:
            if attempt == ATTEMPTS:
                raise
            logger().warning("orders are locked, trying again", extra={"attempt": attempt})
            sleep(PAUSE_SECONDS)
    raise AssertionError("the last attempt returns or raises")
