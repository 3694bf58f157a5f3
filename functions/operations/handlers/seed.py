"""Invoked by an operator or at a local start: puts sample products and an administrator into the database; in
development also a demo with customers and orders.
"""

from __future__ import annotations

import os
from typing import Any

from shared import startup

with startup.initializing():
    from functions.operations.errors import SeedRefusedError
    from functions.operations.service import seeding
    from shared import outbox, settings
    from shared.log import logger


def handler(event: dict[str, Any] | None, context: object) -> seeding.Seeded:
    """`{"admin_email": ..., "admin_password": ..., "demo": true}`, all optional; ADMIN_EMAIL and ADMIN_PASSWORD stand
    in for the first two. Raises SeedRefusedError where a demo is asked for outside of development.

    Answers what was added, and the administrator's credentials. The password is never logged.
    """
    asked = event or {}
    with_demo = asked.get("demo") is True
    if with_demo and settings.common().environment != "dev":
        raise SeedRefusedError("A demo has customers whose password everybody knows; it is for development only")
    with outbox.unit_of_work() as connection:
        outcome = seeding.seed(
            connection,
            email=asked.get("admin_email") or os.environ.get("ADMIN_EMAIL") or None,
            password=asked.get("admin_password") or os.environ.get("ADMIN_PASSWORD") or None,
            with_demo=with_demo,
        )
    logger().info("seeded", extra={"categories": outcome["categories"], "products": outcome["products"]})
    return outcome
