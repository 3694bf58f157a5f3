"""community: posts, comments, reactions, polls, tickers, groups, feeds."""

from shared.manifest import Api, Manifest, Schedule

MANIFEST = Manifest(
    about="posts, comments, reactions, polls, tickers, groups, feeds",
    tags={
        "posts": "Posts, what people say of them, and what they do with them.",
        "feed": "Posts at their places: in feeds, and on people's pages.",
    },
    functions=(
        Api(
            layers=("texts",),
            snap_start=True,
            publishes_events=True,
            prefixes=("/api/v1/posts", "/api/v1/feed"),
            paths=("/api/v1/users/me/pinned-post", "/api/v1/users/{user}/posts"),
        ),
        Schedule(name="publish_due_posts", layers=("texts",), timeout=50, publishes_events=True),
    ),
)
