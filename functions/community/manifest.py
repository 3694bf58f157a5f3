"""community: posts, comments, reactions, polls, tickers, groups, feeds."""

from shared.manifest import HOUR, Api, Manifest, Schedule

MANIFEST = Manifest(
    about="posts, comments, reactions, polls, tickers, groups, feeds",
    tags={
        "posts": "Posts, what people say of them, and what they do with them.",
        "tickers": "Securities that posts are about.",
        "hashtags": "Words that posts are found by.",
    },
    functions=(
        Api(
            layers=("texts",),
            snap_start=True,
            prefixes=("/api/v1/posts", "/api/v1/tickers", "/api/v1/hashtags"),
        ),
        Schedule(name="refresh_trending_tickers", minutes=HOUR, housekeeping=True, timeout=300),
    ),
)
