"""community: posts, comments, reactions, polls, tickers, groups, feeds."""

from shared.manifest import Api, Manifest

MANIFEST = Manifest(
    about="posts, comments, reactions, polls, tickers, groups, feeds",
    tags={
        "posts": "Posts, what people say of them, and what they do with them.",
    },
    functions=(Api(snap_start=True, layers=("texts",), prefixes=("/api/v1/posts",)),),
)
