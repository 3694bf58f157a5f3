"""community over HTTP."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.community.routes import (
        bookmarks,
        comment_edits,
        comments,
        feed,
        group_bans,
        group_members,
        group_moderation,
        group_posts,
        group_requests,
        groups,
        hashtags,
        own_posts,
        post_imports,
        posts,
        reactions,
        reposts,
        tickers,
        votes,
    )

    app = create_app(
        "community",
        [
            # Addresses of one's own are below those of posts and people: they are asked first.
            own_posts.router,
            post_imports.router,
            posts.router,
            comments.router,
            comment_edits.router,
            reactions.router,
            reposts.router,
            bookmarks.router,
            votes.router,
            groups.router,
            group_members.router,
            group_requests.router,
            group_bans.router,
            group_posts.router,
            group_moderation.router,
            tickers.router,
            hashtags.router,
            feed.router,
        ],
    )
    handler = lambda_handler(app, warm_up.Request("/api/v1/posts"))
