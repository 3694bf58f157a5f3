"""Every hour: reports to the shop which variants are running out."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.catalog.service import low_stock
    from shared import metrics
    from shared.schedule import HasTime, schedule

    startup.connect()


def notice(has_time: HasTime) -> dict[str, int]:
    """How many variants fell to their threshold, and how many rose above it."""
    notices = low_stock.notice(has_time)
    metrics.count("VariantsLow", notices.fallen)
    return {"fallen": notices.fallen, "risen": notices.risen}


handler = schedule(notice, message="low stock noticed", reserve=10)
