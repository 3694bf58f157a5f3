"""The state of a variant's stock as shoppers see it."""

from __future__ import annotations

from shared.contexts.catalog.stock import FEW_UNITS


def stock_state(available: int, *, allow_backorder: bool) -> tuple[str, int | None]:
    """`in_stock`, `low` or `out`, and the number of units left where it is shown."""
    if available > FEW_UNITS or (allow_backorder and available <= 0):
        return "in_stock", None
    if available <= 0:
        return "out", 0
    return "low", available
