"""Invoked by a deployment before new code takes traffic, or by an operator: moves the schema up or down."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from functions.operations.service import migration
    from shared.log import logger

HandlerEvent = dict[str, Any] | None


def handler(event: HandlerEvent, context: object) -> dict[str, Any]:
    """`{"action": "upgrade" | "downgrade" | "status", "revision": ...}`; an empty event upgrades to the newest.

    Answers the revisions before and after. Raises whatever went wrong, so that the deployment stops.
    """
    asked = event or {}
    outcome = migration.run(str(asked.get("action", "upgrade")), asked.get("revision"))
    logger().info("migrated", extra=outcome)
    return outcome
