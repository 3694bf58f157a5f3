"""analytics over HTTP: reports of sales, figures of people and of the community."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared import startup

if TYPE_CHECKING:
    from fastapi import APIRouter


def figures() -> list[APIRouter]:
    """Of people and of the community: most environments see requests for sales only."""
    from functions.analytics.routes import metric_exports, metrics

    return [metrics.router, metric_exports.router]


with startup.initializing():
    from shared.web import Deferred, create_app, lambda_handler, warm_up  # isort: split

    from functions.analytics.routes.reports import router

    app = create_app("analytics", [router], deferred=Deferred(figures, "/api/v1/metrics"))
    handler = lambda_handler(app, warm_up.Request("/api/v1/admin/analytics", warm_up.UNSIGNED_TOKEN_HEADERS))
