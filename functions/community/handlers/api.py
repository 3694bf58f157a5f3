"""community over HTTP."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.community.routes import (
        bookmarks,
        comments,
        feed,
        own_posts,
        posts,
        reactions,
        reposts,
        votes,
    )

    routers = (own_posts, posts, feed, comments, reactions, reposts, bookmarks, votes)
    app = create_app("community", [module.router for module in routers])
    handler = lambda_handler(app, warm_up.Request("/api/v1/posts"))
