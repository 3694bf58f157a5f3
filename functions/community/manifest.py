"""community: posts, comments, reactions, polls, tickers, groups, feeds."""

from shared.contexts.media.uploads import UPLOADS
from shared.manifest import HOUR, Api, Bucket, Invoked, Manifest, Objects, Schedule

_ARCHIVES = "archives/"


def _archives(*actions: str) -> Objects:
    """Files of posts from elsewhere, deleted as soon as they are read."""
    return Objects(bucket="imports", prefix=_ARCHIVES, actions=actions)


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
            buckets=("imports",),
            # A signed form may do what its signer may.
            objects=(_archives("s3:PutObject"),),
        ),
        Bucket(
            name="import_archive",
            bucket="imports",
            prefix=_ARCHIVES,
            # An outbox of 96 MiB is in memory as a whole.
            memory=1024,
            timeout=900,
            layers=("texts",),
            publishes_events=True,
            buckets=("media",),
            objects=(_archives("s3:DeleteObject"), Objects(bucket="media", prefix=UPLOADS, actions=("s3:PutObject",))),
        ),
        Schedule(name="publish_due_posts", housekeeping=True, layers=("texts",), timeout=50, publishes_events=True),
        Schedule(name="refresh_trending_tickers", minutes=HOUR, housekeeping=True, timeout=300),
        Invoked(name="rebuild_search", timeout=900),
    ),
)
