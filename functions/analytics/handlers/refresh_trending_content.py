"""Every hour: computes what is trending anew, while others can read them."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.analytics.service import refresh_views
    from shared import metrics
    from shared.schedule import HasTime, schedule

    startup.connect()


def refresh(_has_time: HasTime) -> dict[str, int]:
    """How many views were refreshed, none while another run does that, and the time that it took."""
    refreshed = refresh_views.refresh_trending()
    metrics.milliseconds("MetricsRefreshTime", refreshed.milliseconds)
    return {"views": refreshed.views, "milliseconds": refreshed.milliseconds}


handler = schedule(refresh, message="metrics refreshed")
