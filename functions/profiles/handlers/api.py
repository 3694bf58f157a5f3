"""profiles over HTTP."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.profiles.routes import people

    app = create_app("profiles", [people.router])
    handler = lambda_handler(app, warm_up.Request("/api/v1/users/none"))
