"""Rotates the keys that sign access tokens: by schedule, at deployment, or invoked with `{"force": true}`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shared import startup

with startup.initializing():
    from functions.identity.service import key_rotation
    from shared.log import logger


def handler(event: dict[str, Any] | None, context: Any) -> dict[str, Any]:
    """Make the first keys, or rotate when due; answers what was done. Raises, and so is retried, when it fails.

    A deployment's trigger sends no event.
    """
    done = asdict(key_rotation.rotate(force=(event or {}).get("force") is True))
    logger().info("signing keys", extra=done)
    return done
