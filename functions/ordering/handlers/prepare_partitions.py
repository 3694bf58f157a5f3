"""Every day: make the months ahead that orders will lie in."""

from typing import Any

from shared import startup

with startup.initializing():
    from functions.ordering.service.partitions import prepare
    from shared.correlation import correlated
    from shared.log import logger

    startup.connect()


def handler(event: dict[str, Any], _context: Any) -> dict[str, int]:
    """How many months were made: one a month, otherwise none."""
    with correlated(event.get("id")):
        summary = {"months": prepare()}
        logger().info("partitions prepared", extra=summary)
        return summary
