"""discovery over HTTP: recommendations."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.discovery.routes import router

    app = create_app("discovery", [router])
    handler = lambda_handler(
        app,
        rehearsal.Request("/api/v1/products/none/recommendations"),
        rehearsal.Request("/api/v1/recommendations/products"),
        rehearsal.Request("/api/v1/recommendations/products", rehearsal.NOBODY),
    )
