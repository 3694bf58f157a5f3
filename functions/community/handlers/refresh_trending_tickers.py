"""Every hour: computes anew which tickers are written of more than usual, while others read the last result."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.community.service import trending
    from shared import metrics
    from shared.schedule import HasTime, schedule

    startup.connect()


def refresh(_has_time: HasTime) -> dict[str, int]:
    """How many views were refreshed, none while another run does that, and the time that it took."""
    refreshed = trending.refresh()
    metrics.milliseconds("TrendingRefreshTime", refreshed.milliseconds)
    return {"views": int(refreshed.is_done), "milliseconds": refreshed.milliseconds}


handler = schedule(refresh, message="trending tickers refreshed")
