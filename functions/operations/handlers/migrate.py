"""Invoked by a deployment before new code takes traffic, or by an operator: moves the schema up or down."""

from __future__ import annotations

from typing import Any

from shared import startup

with startup.initializing():
    from functions.operations.service import migration
    from shared.schedule import Run, command


def migrate(run: Run) -> dict[str, Any]:
    """`{"action": "upgrade" | "downgrade" | "status", "revision": ...}`; an empty event upgrades to the newest.

    Answers the revisions before and after. Raises whatever went wrong, so that the deployment stops.
    """
    return migration.run(str(run.payload.get("action", "upgrade")), run.payload.get("revision"))


handler = command(migrate, message="migrated")
