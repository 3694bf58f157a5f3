"""Feeds: places of posts in them, found by keys alone, and which of these the viewer is shown.

Nothing is written for a feed when somebody publishes (pull). The newest posts of many people are found by walking the
newest posts of all and asking of each whether its author is followed; those of few people by the newest of each. One
statement does either, and the second where the first finds too little (`docs/decisions/0059-feed.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from functions.community.repository import ranks
from functions.community.repository.visibility import LISTED
from shared.clients.database import Connection
from shared.contexts.profiles import audience


class FeedPlace(NamedTuple):
    """A place in a feed. `is_shown` is false for what the viewer does not want to see, or may not."""

    value: Any
    """When it was published or passed on, or its score."""
    id: UUID
    reposter: dict[str, Any] | None
    """Who passed it on: `id`, `username`, `display_name`, `picture`."""
    is_shown: bool


WINDOW: Final = 5_000
"""The newest posts that are asked for their authors."""
MANY: Final = 800
"""Who follows so many people finds them among the newest posts."""
TOPIC_DEPTH: Final = 30
"""In the order of scores, so many of the newest posts of each followed topic."""

_UNMOVED: Final = ranks.UNMOVED.format(target="p.id")
REPOSTER: Final = """(
    SELECT jsonb_build_object('id', a.user_id, 'username', a.username,
        'display_name', coalesce(a.display_name, a.username), 'picture', a.picture)
    FROM profiles_people a WHERE a.user_id = c.reposter_id) AS reposter"""
_AFTER: Final = " AND ({columns}) < (%(after)s::{kind}, %(after_id)s::uuid)"
_ME: Final = """me AS MATERIALIZED (
    SELECT coalesce((SELECT following_count FROM profiles_people WHERE user_id = %(viewer)s::uuid), 0) >= %(many)s
        AS follows_many
)"""
# The viewer's own posts are in their feed; their follows are asked by primary key.
_IS_FOLLOWED: Final = """({person} = %(viewer)s::uuid OR EXISTS (SELECT FROM profiles_follows f
    WHERE f.follower_id = %(viewer)s::uuid AND f.followed_id = {person} OFFSET 0))"""
_PEOPLE: Final = f"""recent AS MATERIALIZED (
    SELECT w.value, w.id FROM (
        SELECT p.{{value}} AS value, p.id, p.author_id FROM posts p
        WHERE p.is_live AND p.group_id IS NULL AND (SELECT follows_many FROM me){{after}}
        ORDER BY p.{{value}} DESC, p.id DESC LIMIT %(window)s) w
    WHERE {_IS_FOLLOWED.format(person="w.author_id")}
    ORDER BY w.value DESC, w.id DESC LIMIT %(limit)s
), of_people AS (
    SELECT value, id FROM recent WHERE (SELECT count(*) FROM recent) >= %(limit)s
    UNION ALL (
        SELECT x.value, x.id FROM (
            SELECT followed_id AS person FROM profiles_follows WHERE follower_id = %(viewer)s::uuid
            UNION ALL SELECT %(viewer)s::uuid) f
        CROSS JOIN LATERAL (
            SELECT p.{{value}} AS value, p.id FROM posts p
            WHERE p.author_id = f.person AND p.is_live AND p.group_id IS NULL{{after}}
            ORDER BY p.{{value}} DESC, p.id DESC LIMIT %(limit)s) x
        WHERE (SELECT count(*) FROM recent) < %(limit)s
        ORDER BY x.value DESC, x.id DESC LIMIT %(limit)s)
)"""
_TOPICS: Final = """
    SELECT x.value, x.id FROM topic_follows f CROSS JOIN LATERAL (
        SELECT t.published_at AS value, t.post_id AS id FROM post_tickers t
        WHERE t.ticker_id = f.topic_id{after_post} ORDER BY t.published_at DESC, t.post_id DESC LIMIT %(limit)s) x
    WHERE f.user_id = %(viewer)s::uuid AND f.kind = 'ticker'
    UNION ALL SELECT x.value, x.id FROM topic_follows f CROSS JOIN LATERAL (
        SELECT t.published_at AS value, t.post_id AS id FROM post_hashtags t
        WHERE t.hashtag_id = f.topic_id{after_post} ORDER BY t.published_at DESC, t.post_id DESC LIMIT %(limit)s) x
    WHERE f.user_id = %(viewer)s::uuid AND f.kind = 'hashtag'
    UNION ALL SELECT x.value, x.id FROM topic_follows f CROSS JOIN LATERAL (
        SELECT p.published_at AS value, p.id FROM posts p
        WHERE p.group_id = f.topic_id AND p.is_live{after} ORDER BY p.published_at DESC, p.id DESC LIMIT %(limit)s) x
    WHERE f.user_id = %(viewer)s::uuid AND f.kind = 'group'
"""
_REPOSTS: Final = f"""passed_on AS MATERIALIZED (
    SELECT w.value, w.id, w.reposter_id FROM (
        SELECT r.created_at AS value, r.post_id AS id, r.user_id AS reposter_id FROM reposts r
        WHERE (SELECT follows_many FROM me) AND r.created_at <= %(epoch)s::timestamptz{{after_repost}}
        ORDER BY r.created_at DESC, r.post_id DESC LIMIT %(window)s) w
    WHERE {_IS_FOLLOWED.format(person="w.reposter_id")}
    ORDER BY w.value DESC, w.id DESC LIMIT %(limit)s
), reposted AS (
    SELECT value, id, reposter_id FROM passed_on WHERE (SELECT count(*) FROM passed_on) >= %(limit)s
    UNION ALL (
        SELECT x.value, x.id, x.reposter_id FROM (
            SELECT followed_id AS person FROM profiles_follows WHERE follower_id = %(viewer)s::uuid
            UNION ALL SELECT %(viewer)s::uuid) f
        CROSS JOIN LATERAL (
            SELECT r.created_at AS value, r.post_id AS id, r.user_id AS reposter_id FROM reposts r
            WHERE r.user_id = f.person AND r.created_at <= %(epoch)s::timestamptz{{after_repost}}
            ORDER BY r.created_at DESC, r.post_id DESC LIMIT %(limit)s) x
        WHERE (SELECT count(*) FROM passed_on) < %(limit)s
        ORDER BY x.value DESC, x.id DESC LIMIT %(limit)s)
)"""
# What is in the feed by itself is not there a second time because somebody passed it on; and of several who did, the
# last counts: of those before the first page was read, or it would move while the pages are turned.
_ONCE: Final = f"""NOT {_IS_FOLLOWED.format(person="p.author_id")}
    AND NOT EXISTS (SELECT FROM post_tickers t JOIN topic_follows f ON f.topic_id = t.ticker_id
        WHERE t.post_id = p.id AND f.user_id = %(viewer)s::uuid AND f.kind = 'ticker')
    AND NOT EXISTS (SELECT FROM post_hashtags t JOIN topic_follows f ON f.topic_id = t.hashtag_id
        WHERE t.post_id = p.id AND f.user_id = %(viewer)s::uuid AND f.kind = 'hashtag')
    AND NOT EXISTS (SELECT FROM topic_follows f
        WHERE f.topic_id = p.group_id AND f.user_id = %(viewer)s::uuid AND f.kind = 'group')
    AND NOT EXISTS (SELECT FROM (
            SELECT r.user_id FROM reposts r WHERE r.post_id = p.id AND r.created_at <= %(epoch)s::timestamptz
                AND (r.created_at, r.user_id) > (c.value, c.reposter_id)
            ORDER BY r.created_at DESC, r.user_id DESC LIMIT 200) later
        WHERE {_IS_FOLLOWED.format(person="later.user_id")} AND {audience.is_listed("later.user_id")})"""
_FOLLOWING: Final = f"""
WITH {_ME}, {_PEOPLE}, {_REPOSTS}, candidates AS (
    SELECT value, id, NULL::uuid AS reposter_id FROM (
        SELECT value, id FROM of_people UNION SELECT * FROM ({_TOPICS}) topics
        ORDER BY value DESC, id DESC LIMIT %(limit)s) posted
    UNION ALL SELECT value, id, reposter_id FROM reposted
    ORDER BY value DESC, id DESC, reposter_id DESC LIMIT %(limit)s
)
SELECT c.value, c.id, {REPOSTER}, {LISTED}
    AND (c.reposter_id IS NULL OR {audience.is_listed("c.reposter_id")} AND {_ONCE}) AS is_shown
FROM candidates c JOIN posts p ON p.id = c.id
ORDER BY c.value DESC, c.id DESC, c.reposter_id DESC
"""
# By score, topics give what is new in them: of older posts nothing is hot any more.
_HOT_TOPICS: Final = """
    SELECT p.hot_score AS value, p.id FROM topic_follows f
    CROSS JOIN LATERAL (
        SELECT t.post_id FROM post_tickers t WHERE t.ticker_id = f.topic_id AND t.published_at <= %(epoch)s::timestamptz
        ORDER BY t.published_at DESC, t.post_id DESC LIMIT %(depth)s) x JOIN posts p ON p.id = x.post_id
    WHERE f.user_id = %(viewer)s::uuid AND f.kind = 'ticker' AND p.is_live{after}
    UNION ALL SELECT p.hot_score AS value, p.id FROM topic_follows f
    CROSS JOIN LATERAL (
        SELECT t.post_id FROM post_hashtags t
        WHERE t.hashtag_id = f.topic_id AND t.published_at <= %(epoch)s::timestamptz
        ORDER BY t.published_at DESC, t.post_id DESC LIMIT %(depth)s) x JOIN posts p ON p.id = x.post_id
    WHERE f.user_id = %(viewer)s::uuid AND f.kind = 'hashtag' AND p.is_live{after}
    UNION ALL SELECT x.value, x.id FROM topic_follows f CROSS JOIN LATERAL (
        SELECT p.hot_score AS value, p.id FROM posts p
        WHERE p.group_id = f.topic_id AND p.is_live{after} ORDER BY p.hot_score DESC, p.id DESC LIMIT %(limit)s) x
    WHERE f.user_id = %(viewer)s::uuid AND f.kind = 'group'
"""
_HOT_FOLLOWING: Final = f"""
WITH {_ME}, {_PEOPLE}, candidates AS (
    SELECT value, id FROM of_people UNION SELECT * FROM ({_HOT_TOPICS}) topics{{moved}}
    ORDER BY value DESC, id DESC LIMIT %(limit)s
)
SELECT c.value, c.id, NULL::jsonb AS reposter, {LISTED} AS is_shown
FROM candidates c JOIN posts p ON p.id = c.id ORDER BY c.value DESC, c.id DESC
"""
# Those that have another score by now stand where they stood.
_IN_TOPIC: Final = """(EXISTS (SELECT FROM post_{kind}s t JOIN topic_follows f ON f.topic_id = t.{kind}_id
        WHERE t.post_id = p.id AND f.user_id = %(viewer)s::uuid AND f.kind = '{kind}' OFFSET 0))"""
_MOVED_FOLLOWED: Final = f"""
    UNION (SELECT value, id FROM ({
    ranks.MOVED_POSTS.format(
        of="m.list_id IS NULL",
        condition=f"({_IS_FOLLOWED.format(person='p.author_id')} OR {_IN_TOPIC.format(kind='ticker')}"
        f" OR {_IN_TOPIC.format(kind='hashtag')})",
    )
}) moved)
    UNION SELECT x.value, x.id FROM topic_follows f CROSS JOIN LATERAL ({
    ranks.MOVED_POSTS.format(of="m.list_id = f.topic_id", condition="p.is_live")
}) x
    WHERE f.user_id = %(viewer)s::uuid AND f.kind = 'group'"""
_HOT_POSTS: Final = f"""
SELECT p.hot_score AS value, p.id FROM posts p
WHERE p.group_id IS NULL AND {LISTED}{{after}} ORDER BY p.hot_score DESC, p.id DESC LIMIT %(limit)s
"""
_HOT: Final = f"""
SELECT value, id, NULL::jsonb AS reposter, true AS is_shown
FROM (({_HOT_POSTS}){{moved}}) c ORDER BY value DESC, id DESC LIMIT %(limit)s
"""
_MOVED: Final = f" UNION ALL ({ranks.MOVED_POSTS.format(of='m.list_id IS NULL', condition=LISTED)})"


def hot(
    connection: Connection, viewer: UUID | None, *, limit: int, after: FeedPlace | None, epoch: datetime
) -> list[FeedPlace]:
    """Everybody's posts outside of groups, by score. What is published after `epoch`, when the first page was read,
    waits for the next reading.
    """
    values = {"viewer": viewer, "limit": limit, "epoch": epoch, **_start(after)}
    return _places(connection, _HOT.format(after=_below(after), moved=_MOVED if after else ""), values)


def following(
    connection: Connection, viewer: UUID, *, limit: int, after: FeedPlace | None, epoch: datetime
) -> list[FeedPlace]:
    """What the people, tickers, hashtags and groups post that the viewer follows, and what these people pass on, the
    newest first; `limit` places, whether shown or not. `epoch` is when the first page was read.
    """
    statement = _FOLLOWING.format(
        value="published_at",
        after=_condition("p.published_at, p.id", "timestamptz", after),
        after_post=_condition("t.published_at, t.post_id", "timestamptz", after),
        after_repost=_condition("r.created_at, r.post_id", "timestamptz", after),
    )
    return _places(connection, statement, _values(viewer, limit, after, epoch))


def hot_following(
    connection: Connection, viewer: UUID, *, limit: int, after: FeedPlace | None, epoch: datetime
) -> list[FeedPlace]:
    """The same posts by score, without what is passed on: a score stands for that already."""
    statement = _HOT_FOLLOWING.format(value="hot_score", after=_below(after), moved=_MOVED_FOLLOWED if after else "")
    return _places(connection, statement, _values(viewer, limit, after, epoch))


def _values(viewer: UUID, limit: int, after: FeedPlace | None, epoch: datetime) -> dict[str, Any]:
    return {
        "viewer": viewer,
        "limit": limit,
        "epoch": epoch,
        "window": WINDOW,
        "many": MANY,
        "depth": TOPIC_DEPTH,
        **_start(after),
    }


def _start(after: FeedPlace | None) -> dict[str, Any]:
    return {"after": after.value, "after_id": after.id} if after else {}


def _below(after: FeedPlace | None) -> str:
    condition = _condition("p.hot_score, p.id", "float8", after)
    return f"{condition} AND p.published_at <= %(epoch)s::timestamptz AND {_UNMOVED}" if condition else ""


def _condition(columns: str, kind: str, after: FeedPlace | None) -> str:
    return _AFTER.format(columns=columns, kind=kind) if after else ""


def _places(connection: Connection, statement: str, values: Mapping[str, Any]) -> list[FeedPlace]:
    with connection.cursor(row_factory=args_row(FeedPlace)) as cursor:
        return cursor.execute(statement, values).fetchall()
