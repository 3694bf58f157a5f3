"""analytics over HTTP: reports."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.analytics.routes.reports import router

    app = create_app("analytics", [router])
    handler = lambda_handler(app, warm_up.Request("/api/v1/admin/analytics", warm_up.UNSIGNED_TOKEN_HEADERS))
