"""HTTP API: health, documentation, the audit log, and everything that no route matches (the gateway's `$default`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared import startup

if TYPE_CHECKING:
    from fastapi import APIRouter


def administration() -> list[APIRouter]:
    """What administrators read: most environments never see one."""
    from functions.operations.routes import admin_audit

    return [admin_audit.router]


with startup.initializing():
    from shared.web import Deferred, create_app, lambda_handler, warm_up  # isort: split

    from functions.operations.routes.system import docs, health, nowhere

    app = create_app("operations", [docs], unlimited=[health], deferred=Deferred(administration))
    app.add_exception_handler(404, nowhere)
    handler = lambda_handler(app, warm_up.Request("/health"))
