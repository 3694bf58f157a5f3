"""discovery over HTTP: search, recommendations."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.discovery.routes import recommendations, search

    app = create_app("discovery", [search.router, recommendations.router])
    handler = lambda_handler(
        app,
        warm_up.Request("/api/v1/search?q=warm"),
        warm_up.Request("/api/v1/products/none/recommendations"),
        warm_up.Request("/api/v1/recommendations/products"),
        warm_up.Request("/api/v1/recommendations/products", warm_up.UNSIGNED_TOKEN_HEADERS),
    )
