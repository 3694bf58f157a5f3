"""Invoked by an operator or at a local start: puts sample products and an administrator into the database."""

from __future__ import annotations

import os
from typing import Any

from shared import startup

with startup.initializing():
    from functions.operations.service import seeding
    from shared import outbox
    from shared.log import logger


def handler(event: dict[str, Any] | None, context: object) -> seeding.Seeded:
    """`{"admin_email": ..., "admin_password": ...}`, both optional; ADMIN_EMAIL and ADMIN_PASSWORD stand in for them.

    Answers what was added, and the administrator's credentials. The password is never logged.
    """
    asked = event or {}
    with outbox.unit_of_work() as connection:
        outcome = seeding.seed(
            connection,
            email=asked.get("admin_email") or os.environ.get("ADMIN_EMAIL") or None,
            password=asked.get("admin_password") or os.environ.get("ADMIN_PASSWORD") or None,
        )
    logger().info("seeded", extra={"categories": outcome["categories"], "products": outcome["products"]})
    return outcome
