"""community over HTTP."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.community.routes import hashtags, posts, tickers

    app = create_app("community", [posts.router, tickers.router, hashtags.router])
    handler = lambda_handler(app, warm_up.Request("/api/v1/posts"))
