"""Rotates the keys that sign access tokens: by schedule, at deployment, or invoked with `{"force": true}`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shared import startup

with startup.initializing():
    from functions.identity.service import key_rotation
    from shared.schedule import Run, command


def rotate(run: Run) -> dict[str, Any]:
    """Make the first keys, or rotate when due; answers what was done. Raises, and so is retried, when it fails."""
    return asdict(key_rotation.rotate(force=run.payload.get("force") is True))


handler = command(rotate, message="signing keys")
