"""Every hour: counts recent sales, for the lists that are sorted by them."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.catalog.service import popularity
    from shared import metrics
    from shared.schedule import HasTime, schedule

    startup.connect()


def refresh(_has_time: HasTime) -> dict[str, int]:
    """How many products have another number now."""
    products = popularity.refresh()
    metrics.count("PopularityChanges", products)
    return {"products": products}


handler = schedule(refresh, message="popularity counted")
