"""community over HTTP."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.community.routes import feed, own_posts, posts

    app = create_app("community", [own_posts.router, posts.router, feed.router])
    handler = lambda_handler(app, warm_up.Request("/api/v1/posts"))
