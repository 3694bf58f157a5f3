"""HTTP API: health, documentation, and everything that no route matches (the gateway's `$default`)."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.operations.routes import docs, health, nowhere

    app = create_app("operations", [docs], unlimited=[health])
    app.add_exception_handler(404, nowhere)
    handler = lambda_handler(app, rehearsal.Request("/health"))
