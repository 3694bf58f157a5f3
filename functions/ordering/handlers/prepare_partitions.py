"""Every day: creates the partitions of orders for the months ahead."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.ordering.service import order_partitions
    from shared.schedule import HasTime, schedule

    startup.connect()


def prepare(_has_time: HasTime) -> dict[str, int]:
    """The number of new partitions: one a month, otherwise none."""
    return {"months": order_partitions.prepare()}


handler = schedule(prepare, message="partitions prepared")
