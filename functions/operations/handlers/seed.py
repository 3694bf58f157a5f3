"""Invoked by an operator or at a local start: makes the first administrator."""

from __future__ import annotations

import os

from shared import startup

with startup.initializing():
    from functions.operations.service import first_administrator
    from functions.operations.service.first_administrator import Credentials
    from shared.clients import database
    from shared.schedule import Run, command


def seed(run: Run) -> dict[str, Credentials]:
    """`{"admin_email": ..., "admin_password": ...}`, both optional; ADMIN_EMAIL and ADMIN_PASSWORD stand in for them.

    Answers the administrator's credentials under `admin`. The password is never logged.
    """
    with database.transaction() as connection:
        admin = first_administrator.seed(
            connection,
            email=run.payload.get("admin_email") or os.environ.get("ADMIN_EMAIL") or None,
            password=run.payload.get("admin_password") or os.environ.get("ADMIN_PASSWORD") or None,
        )
    return {"admin": admin}


handler = command(seed, message="seeded", logged=())
