"""Who gets what from community."""

from __future__ import annotations

from dataclasses import replace

from tests.contract.authorization.matrix import OK, REFUSED, Request, Row, Stage, public, signed_in
from tests.factories import community, profiles, topics

POSTS = "/api/v1/posts"
TICKERS = "/api/v1/tickers"
HASHTAGS = "/api/v1/hashtags"


def a_post(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(path={"post_id": community.post(stage.db, stage.owner).id})


def a_text_of_somebody_onboarded(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(json={"text": "Good morning"})


def a_ticker(stage: Stage) -> Request:
    return Request(path={"symbol": topics.ticker(stage.db).symbol})


def a_hashtag(stage: Stage) -> Request:
    return Request(path={"tag": topics.hashtag(stage.db).key})


def a_prefix(_: Stage) -> Request:
    return Request(query={"prefix": "a"})


ROWS: list[Row] = [
    public("GET", POSTS),
    # Of the callers only the owner has chosen a username.
    replace(signed_in("POST", POSTS, a_text_of_somebody_onboarded, outcome=REFUSED), owner=OK),
    public("GET", f"{POSTS}/{{post_id}}", a_post),
    public("GET", TICKERS, a_prefix),
    public("GET", f"{TICKERS}/trending"),
    public("GET", f"{TICKERS}/{{symbol}}", a_ticker),
    public("GET", f"{TICKERS}/{{symbol}}/posts", a_ticker),
    signed_in("PUT", f"{TICKERS}/{{symbol}}/follow", a_ticker),
    signed_in("DELETE", f"{TICKERS}/{{symbol}}/follow", a_ticker),
    public("GET", HASHTAGS, a_prefix),
    public("GET", f"{HASHTAGS}/{{tag}}", a_hashtag),
    public("GET", f"{HASHTAGS}/{{tag}}/posts", a_hashtag),
    signed_in("PUT", f"{HASHTAGS}/{{tag}}/follow", a_hashtag),
    signed_in("DELETE", f"{HASHTAGS}/{{tag}}/follow", a_hashtag),
]
