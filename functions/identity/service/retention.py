"""Forgetting what was kept about people for long enough (`docs/decisions/personal-data.md` says how long, and why)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from functions.identity.repository import requests, sessions
from functions.identity.session_lifetime import LIFETIME_SECONDS
from shared.clients import database
from shared.clients.database import Connection
from shared.transactions import retention

BATCH: Final = 500


def _sessions(connection: Connection, batch: int) -> int:
    return sessions.remove_unused(connection, lifetime=LIFETIME_SECONDS, batch=batch)


_RULES: Final[Mapping[str, Callable[[Connection, int], int]]] = {
    "sessions": _sessions,
    "account_requests": requests.remove_expired,
    "payment_checks": retention.forget_payment_traces,
    "mails": retention.forget_mails,
    "checkouts": retention.forget_checkouts,
}


def forget_old(has_time: Callable[[], bool]) -> dict[str, int]:
    """Forget, in small transactions, until nothing is left or the time is over; returns how many rows of each sort."""
    return {name: _forget(rule, has_time) for name, rule in _RULES.items()}


def _forget(rule: Callable[[Connection, int], int], has_time: Callable[[], bool]) -> int:
    total = 0
    while has_time():
        with database.transaction() as connection:
            forgotten = rule(connection, BATCH)
        total += forgotten
        if forgotten < BATCH:
            break
    return total
