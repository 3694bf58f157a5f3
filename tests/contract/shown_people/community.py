"""Community: feeds, pages, threads, people who did something, groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests.contract.shown_people import ADDRESSED, HIDDEN, LISTED, MUTES, PERSON, PUBLIC, WORDS, Shown
from tests.contract.shown_people.world import TAG, World

_FEED: Final = "/api/v1/feed"
_POST: Final = "/api/v1/posts/{post_id}"
_COMMENT: Final = "/api/v1/comments/{comment_id}"
_GROUP: Final = "/api/v1/groups/{slug}"
_PAGE: Final = "/api/v1/users/{user}/posts"
_REACTED: Final = PERSON | {MUTES}
_FOLLOWING: Final = {"scope": "following"}
_HOT: Final = {"order": "hot"}


def _of(parameter: str, name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {parameter: world.made[name].id}


def _slug(slug: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"slug": slug}


ROWS: list[Shown] = [
    Shown("/api/v1/posts", LISTED),
    *(Shown(_FEED, LISTED, query=query, case=str(query)) for query in ({}, _HOT, _FOLLOWING, {**_FOLLOWING, **_HOT})),
    Shown("/api/v1/bookmarks", LISTED),
    Shown("/api/v1/tickers/{symbol}/posts", LISTED, lambda world: {"symbol": "AAPL"}),
    Shown("/api/v1/hashtags/{tag}/posts", LISTED, lambda world: {"tag": "earnings"}),
    Shown(_POST, ADDRESSED, _of("post_id", "post")),
    Shown(_POST, ADDRESSED, _of("post_id", "quoting"), case="quoted"),
    Shown(f"{_POST}/edits", ADDRESSED, _of("post_id", "post")),
    Shown(f"{_POST}/quotes", LISTED, _of("post_id", "of_bob")),
    Shown(f"{_POST}/reactions", _REACTED, _of("post_id", "of_bob")),
    Shown(f"{_POST}/reposts", _REACTED, _of("post_id", "of_bob")),
    Shown(f"{_POST}/comments", ADDRESSED, _of("post_id", "of_bob")),
    Shown(f"{_POST}/comments", ADDRESSED, _of("post_id", "of_bob"), query={"order": "top"}, case="top"),
    Shown(_COMMENT, ADDRESSED, _of("comment_id", "of_eve")),
    Shown(f"{_COMMENT}/edits", ADDRESSED, _of("comment_id", "of_eve")),
    Shown(f"{_COMMENT}/replies", ADDRESSED, _of("comment_id", "comment")),
    Shown(f"{_COMMENT}/reactions", _REACTED, _of("comment_id", "comment")),
    Shown("/api/v1/polls/{poll_id}/results", ADDRESSED, _of("poll_id", "poll")),
    # One's own page shows to whom mutes one, without the words that they do not want to read.
    Shown(_PAGE, ADDRESSED | {WORDS}, lambda world: {"user": world.eve.id}),
    Shown(_PAGE, LISTED, lambda world: {"user": world.bob.id}, case="passed on"),
    Shown(f"{_GROUP}/posts", LISTED, _slug("club")),
    Shown(f"{_GROUP}/posts", LISTED, _slug("club"), query=_HOT, case="hot"),
    # Those who moderate a group decide about what they do not like to read, too.
    Shown(f"{_GROUP}/removed-posts", ADDRESSED - {HIDDEN}, _slug("club")),
    Shown(f"{_GROUP}/members", PERSON, _slug("club")),
    Shown(f"{_GROUP}/requests", PERSON, _slug("gate")),
    Shown(f"{_GROUP}/invitations", PERSON, _slug("guests")),
    Shown(f"{_GROUP}/bans", PERSON, _slug("quiet")),
    # A word that everybody may read is the same for every viewer.
    Shown("/api/v1/hashtags", PUBLIC, query={"prefix": TAG[:5]}),
    Shown("/api/v1/tickers", PUBLIC, query={"prefix": "CANA"}),
    Shown("/api/v1/tickers/trending", PUBLIC),
]
NOBODY: dict[str, str] = {
    "/api/v1/posts/drafts": "the caller's own",
    "/api/v1/bookmarks/folders": "the caller's own",
    "/api/v1/posts/imports/{import_id}": "the caller's own",
    "/api/v1/posts/imports/{import_id}/items": "the caller's own",
    "/api/v1/groups": "groups, of which each is nobody's",
    "/api/v1/groups/{slug}": "a group, and the caller in it",
    "/api/v1/tickers/{symbol}": "figures of a word that the caller names",
    "/api/v1/hashtags/{tag}": "figures of a word that the caller names",
}
