"""moderation over HTTP."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.moderation.routes import admin_actions, admin_appeals, admin_reports, appeals, keyword_rules, reports

    app = create_app(
        "moderation",
        [
            reports.router,
            appeals.router,
            admin_reports.router,
            admin_actions.router,
            admin_appeals.router,
            keyword_rules.router,
        ],
    )
    handler = lambda_handler(app, warm_up.Request("/api/v1/reports"))
