"""discovery over HTTP: recommendations."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.discovery.routes.recommendations import router

    app = create_app("discovery", [router])
    handler = lambda_handler(
        app,
        warm_up.Request("/api/v1/products/none/recommendations"),
        warm_up.Request("/api/v1/recommendations/products"),
        warm_up.Request("/api/v1/recommendations/products", warm_up.UNSIGNED_TOKEN_HEADERS),
    )
