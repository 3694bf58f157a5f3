"""moderation over HTTP."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.moderation.routes import reports

    app = create_app("moderation", [reports.router])
    handler = lambda_handler(app, warm_up.Request("/api/v1/reports"))
