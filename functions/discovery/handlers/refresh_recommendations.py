"""Every day: computes again which products go together."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.discovery.service.refresh_neighbours import refresh
    from shared import metrics
    from shared.schedule import HasTime, schedule

    startup.connect()


def run(_has_time: HasTime) -> dict[str, int]:
    """How many products there are, how many of them have neighbours, and the time that it took; zeros while another
    run computes them.
    """
    refreshed = refresh()
    metrics.milliseconds("RecommendationRefreshTime", refreshed.milliseconds)
    metrics.count("RecommendedProducts", refreshed.with_neighbours)
    return {
        "products": refreshed.products,
        "with_neighbours": refreshed.with_neighbours,
        "milliseconds": refreshed.milliseconds,
    }


handler = schedule(run, message="recommendations refreshed")
