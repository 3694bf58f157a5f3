"""Every 15 minutes: marks abandoned carts, and reminds the customers who agreed to marketing."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.ordering.service import abandoned_carts
    from shared import metrics
    from shared.schedule import HasTime, schedule

    startup.connect()


def notice(has_time: HasTime) -> dict[str, int]:
    """The numbers of abandoned carts, and of reminders."""
    run = abandoned_carts.notice(has_time)
    metrics.count("CartsAbandoned", run.carts)
    metrics.count("CartNotices", run.notices)
    return {"carts": run.carts, "notices": run.notices}


handler = schedule(notice, message="noticed", reserve=5)
