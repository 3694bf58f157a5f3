"""analytics over HTTP: what sells."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.analytics.routes import router

    app = create_app("analytics", [router])
    handler = lambda_handler(app, rehearsal.Request("/api/v1/admin/analytics", rehearsal.NOBODY))
