"""Retention: what was kept about people for long enough ends (`docs/decisions/0036-personal-data.md`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from shared import privacy
from shared.clients import database
from shared.privacy import Expiry

BATCH: Final = 500


def expire(has_time: Callable[[], bool]) -> dict[str, int]:
    """Apply every context's rules, in small transactions, until nothing is left or the time is over; returns how many
    rows of each kind.
    """
    return {
        name: _apply(expiry, has_time)
        for contract in privacy.contracts().values()
        for name, expiry in contract.retention.items()
    }


def _apply(expiry: Expiry, has_time: Callable[[], bool]) -> int:
    total = 0
    while has_time():
        with database.transaction() as connection:
            expired = expiry(connection, BATCH)
        total += expired
        if expired < BATCH:
            break
    return total
