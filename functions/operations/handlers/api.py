"""HTTP API: health, documentation, the audit log, the error log, and all that no route matches (`$default`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared import startup

if TYPE_CHECKING:
    from fastapi import APIRouter


def administration() -> list[APIRouter]:
    """What administrators read, and what clients tell of errors and pages: most environments never see either."""
    from functions.operations.routes import admin_audit, counters, errors, web_vitals

    return [admin_audit.router, counters.router, errors.router, web_vitals.router]


with startup.initializing():
    from shared.web import Deferred, create_app, lambda_handler, warm_up  # isort: split

    from functions.operations.routes.system import docs, health, nowhere
    from shared.web.middleware import BodyLimit

    app = create_app(
        "operations",
        [docs],
        unlimited=[health],
        body_limits={"/api/v1/errors/log": BodyLimit(32 * 1024), "/api/v1/web-vitals": BodyLimit(1024)},
        deferred=Deferred(administration, ("/api/v1/admin/", "/api/v1/errors", "/api/v1/web-vitals")),
    )
    app.add_exception_handler(404, nowhere)
    handler = lambda_handler(app, warm_up.Request("/health"))
