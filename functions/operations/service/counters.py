"""Counters: how much waits for staff, each told to who may see what it counts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from functions.operations.repository import counters
from shared.clients.database import Connection
from shared.permissions import Permission

UP_TO: Final = 100
"""A badge says "99+" above it; counting on would cost time and tell nobody anything."""

PERMISSIONS: Final = {
    "orders_to_ship": Permission.ORDERS_READ_ALL,
    "returns_to_decide": Permission.ORDERS_READ_ALL,
    "variants_low_in_stock": Permission.CATALOG_READ_ALL,
    "disputes_to_answer": Permission.PAYMENTS_READ_ALL,
    "payments_to_review": Permission.PAYMENTS_READ_ALL,
    "reconciliation_differences": Permission.PAYMENTS_READ_ALL,
    "open_cases": Permission.REPORTS_READ,
    "open_appeals": Permission.REPORTS_READ,
    "open_errors": Permission.ERRORS_READ,
}


def count(connection: Connection, permissions: Collection[Permission]) -> dict[str, int]:
    """The counters that somebody with these permissions may see."""
    names = [name for name, needed in PERMISSIONS.items() if needed in permissions]
    return counters.count(connection, names, up_to=UP_TO)
