"""community: posts, comments, reactions, polls, tickers, groups, feeds."""

from shared.manifest import HOUR, Api, Invoked, Manifest, Schedule

MANIFEST = Manifest(
    about="posts, comments, reactions, polls, tickers, groups, feeds",
    tags={
        "posts": "Posts, what people say of them, and what they do with them.",
        "feed": "Posts at their places: in feeds, and on people's pages.",
        "comments": "Comments on posts, and answers to comments.",
        "reactions": "Reactions to posts and comments.",
        "reposts": "Posts passed on.",
        "bookmarks": "Posts kept for later, in folders or in none.",
        "polls": "Votes in the polls of posts.",
        "tickers": "Securities that posts are about.",
        "hashtags": "Words that posts are found by.",
        "groups": "Groups of people who write to each other: who is in them, and what is shown there.",
    },
    functions=(
        Api(
            layers=("texts",),
            snap_start=True,
            publishes_events=True,
            prefixes=(
                "/api/v1/posts",
                "/api/v1/comments/",
                "/api/v1/bookmarks",
                "/api/v1/polls/",
                "/api/v1/tickers",
                "/api/v1/hashtags",
                "/api/v1/groups",
            ),
            paths=("/api/v1/feed", "/api/v1/users/me/pinned-post", "/api/v1/users/{user}/posts"),
        ),
        Schedule(name="publish_due_posts", housekeeping=True, layers=("texts",), timeout=50, publishes_events=True),
        Schedule(name="refresh_trending_tickers", minutes=HOUR, housekeeping=True, timeout=300),
        Invoked(name="rebuild_search", timeout=900),
    ),
)
