"""Who gets what from community."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shared.contexts.community.models.comments import BookmarkFolder, Comment
from shared.contexts.community.models.posts import Post
from shared.permissions import Permission
from tests.contract.authorization import community_groups, community_posts
from tests.contract.authorization.matrix import (
    OK,
    REFUSED,
    Request,
    Row,
    Stage,
    owner_only,
    permitted,
    public,
    signed_in,
)
from tests.factories import community, profiles, topics

POSTS = "/api/v1/posts"
TICKERS = "/api/v1/tickers"
HASHTAGS = "/api/v1/hashtags"


def a_post(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(path={"post_id": community.post(stage.db, stage.owner).id})


COMMENT = "/api/v1/comments/{comment_id}"
FOLDER = "/api/v1/bookmarks/folders/{folder_id}"


def on_a_post(json: Any = None) -> Callable[[Stage], Request]:
    """About a post of the owner's, who alone of the callers has chosen a username."""
    return lambda stage: replace(a_post(stage), json=json)


def commented(stage: Stage) -> Comment:
    profiles.profile(stage.db, stage.owner)
    author = profiles.person(stage.db)
    return community.comment(stage.db, community.post(stage.db, author), stage.owner)


def on_a_comment(json: Any = None) -> Callable[[Stage], Request]:
    return lambda stage: Request(path={"comment_id": commented(stage).id}, json=json)


def a_removable_comment(stage: Stage) -> Request:
    """Of somebody else's, on a post of the owner's."""
    profiles.profile(stage.db, stage.owner)
    post = community.post(stage.db, stage.owner)
    return Request(path={"comment_id": community.comment(stage.db, post, profiles.person(stage.db)).id})


def in_a_poll(json: Any = None) -> Callable[[Stage], Request]:
    def arrange(stage: Stage) -> Request:
        post = stage.db.get_one(Post, a_post(stage).path["post_id"])
        return Request(path={"poll_id": community.poll(stage.db, post).id}, json=json)

    return arrange


def a_folder(json: Any = None) -> Callable[[Stage], Request]:
    def arrange(stage: Stage) -> Request:
        folder = BookmarkFolder(user_id=stage.owner.id, name="Earnings")
        stage.db.add(folder)
        stage.db.commit()
        return Request(path={"folder_id": folder.id}, json=json)

    return arrange


def onboarded_only(method: str, path: str, arrange: Callable[[Stage], Request], **options: Any) -> Row:
    """Of those who are signed in, the owner alone may write: the others have no username yet."""
    return replace(signed_in(method, path, arrange, outcome=REFUSED, **options), owner=OK)


def a_ticker(stage: Stage) -> Request:
    return Request(path={"symbol": topics.ticker(stage.db, name="Apple Inc.").symbol})


def a_hashtag(stage: Stage) -> Request:
    tag = topics.hashtag(stage.db)
    topics.post_about(stage.db, profiles.person(stage.db), tag)
    return Request(path={"tag": tag.key})


def a_prefix(_: Stage) -> Request:
    return Request(query={"prefix": "a"})


def a_ticker_to_name(stage: Stage) -> Request:
    return replace(a_ticker(stage), json={"name": "Apple", "name_zh": "苹果"})


ROWS: list[Row] = [
    *community_posts.ROWS,
    onboarded_only("POST", f"{POSTS}/{{post_id}}/comments", on_a_post({"text": "I agree"})),
    public("GET", f"{POSTS}/{{post_id}}/comments", a_post),
    public("GET", COMMENT, on_a_comment()),
    public("GET", f"{COMMENT}/replies", on_a_comment()),
    public("GET", f"{COMMENT}/edits", on_a_comment()),
    owner_only("PATCH", COMMENT, on_a_comment({"text": "I disagree", "version": 1})),
    owner_only("DELETE", COMMENT, on_a_comment()),
    owner_only("DELETE", COMMENT, a_removable_comment, case="by the post's author"),
    *(
        row
        for path, arrange in ((f"{POSTS}/{{post_id}}", on_a_post), (COMMENT, on_a_comment))
        for row in (
            onboarded_only("POST", f"{path}/reactions", arrange({"reaction": "rocket"})),
            onboarded_only("PUT", f"{path}/reactions", arrange({"reaction": "rocket"})),
            signed_in("DELETE", f"{path}/reactions", arrange()),
            public("GET", f"{path}/reactions", arrange()),
        )
    ),
    onboarded_only("POST", f"{POSTS}/{{post_id}}/reposts", a_post),
    onboarded_only("PUT", f"{POSTS}/{{post_id}}/reposts", a_post),
    signed_in("DELETE", f"{POSTS}/{{post_id}}/reposts", a_post),
    public("GET", f"{POSTS}/{{post_id}}/reposts", a_post),
    onboarded_only("POST", f"{POSTS}/{{post_id}}/bookmarks", a_post),
    onboarded_only("PUT", f"{POSTS}/{{post_id}}/bookmarks", a_post),
    signed_in("DELETE", f"{POSTS}/{{post_id}}/bookmarks", a_post),
    signed_in("GET", "/api/v1/bookmarks"),
    signed_in("GET", "/api/v1/bookmarks/folders"),
    signed_in("POST", "/api/v1/bookmarks/folders", request=Request(json={"name": "Earnings"})),
    owner_only("PATCH", FOLDER, a_folder({"name": "Results"})),
    owner_only("DELETE", FOLDER, a_folder()),
    onboarded_only("POST", "/api/v1/polls/{poll_id}/votes", in_a_poll({"option": 1})),
    public("GET", "/api/v1/polls/{poll_id}/results", in_a_poll()),
    public("GET", TICKERS, a_prefix),
    public("GET", f"{TICKERS}/trending"),
    public("GET", f"{TICKERS}/{{symbol}}", a_ticker),
    permitted(Permission.TICKERS_WRITE, "PUT", f"{TICKERS}/{{symbol}}", a_ticker_to_name),
    public("GET", f"{TICKERS}/{{symbol}}/posts", a_ticker),
    signed_in("PUT", f"{TICKERS}/{{symbol}}/follow", a_ticker),
    signed_in("DELETE", f"{TICKERS}/{{symbol}}/follow", a_ticker),
    public("GET", HASHTAGS, a_prefix),
    public("GET", f"{HASHTAGS}/{{tag}}", a_hashtag),
    public("GET", f"{HASHTAGS}/{{tag}}/posts", a_hashtag),
    signed_in("PUT", f"{HASHTAGS}/{{tag}}/follow", a_hashtag),
    signed_in("DELETE", f"{HASHTAGS}/{{tag}}/follow", a_hashtag),
]
ROWS += community_groups.ROWS
