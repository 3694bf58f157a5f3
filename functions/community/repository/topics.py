"""Tickers and hashtags as pages of their own: who follows them, what was written of them, and completion.

Figures are the same for every viewer: they count live posts that everybody may read. What an author of bad standing
wrote counts nothing, nor what somebody brought from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from psycopg.rows import args_row, class_row

from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection

TopicKind = Literal["ticker", "hashtag"]
DAYS: Final = 30
"""Days of the figures, today's among them."""

_PUBLIC: Final = "p.is_live AND p.visibility = 'public' AND p.group_id IS NULL AND p.imported_at IS NULL"
# A scalar subquery is not pulled up into a join, so that nothing is preceded by a hash table of all people.
_LATEST: Final = 200
"""Posts that are looked at for whether a word is known."""
_WAS_PUBLIC: Final = """(p.visibility = 'public' AND p.group_id IS NULL AND coalesce((
    SELECT NOT a.is_private FROM profiles_people a WHERE a.user_id = p.author_id), false))"""
_GOOD_AUTHOR: Final = """coalesce((SELECT a.standing = 'good' AND NOT a.is_private
    FROM profiles_people a WHERE a.user_id = {author}), false)"""
PUBLIC: Final = f"{_PUBLIC} AND {_GOOD_AUTHOR.format(author='p.author_id')}"
"""A post that everybody may read, written here, of an author in good standing; aliases are `p` for the post."""

# By author first: there are fewer of them than of posts, and each is looked up once. OFFSET has each post looked up by
# its key: for a topic of many posts the planner would read all posts there are.
_FIGURES: Final = f"""
WITH written AS MATERIALIZED (
    SELECT (n.published_at AT TIME ZONE %(zone)s)::date AS day, p.author_id, count(*) AS posts,
        count(*) FILTER (WHERE p.sentiment = 'bullish') AS bullish,
        count(*) FILTER (WHERE p.sentiment = 'bearish') AS bearish
    FROM {{table}} n CROSS JOIN LATERAL (
        SELECT p.author_id, p.sentiment FROM posts p WHERE p.id = n.post_id AND {_PUBLIC} OFFSET 0
    ) p
    WHERE n.{{topic}} = %(topic_id)s AND n.published_at >= (%(since)s::date::timestamp AT TIME ZONE %(zone)s)
    GROUP BY 1, 2
), counted AS MATERIALIZED (
    SELECT w.author_id FROM (SELECT DISTINCT author_id FROM written) w
    WHERE {_GOOD_AUTHOR.format(author="w.author_id")}
)
SELECT day, sum(posts)::int AS posts, sum(bullish)::int AS bullish, sum(bearish)::int AS bearish,
    count(*)::int AS authors
FROM written JOIN counted USING (author_id) GROUP BY day ORDER BY day
"""
_FIGURES_OF: Final[dict[TopicKind, str]] = {
    "ticker": _FIGURES.format(table="post_tickers", topic="ticker_id"),
    "hashtag": _FIGURES.format(table="post_hashtags", topic="hashtag_id"),
}

_FOLLOWERS: Final = """(SELECT count(*) FROM topic_follows f
        WHERE f.topic_id = t.id AND f.kind = '{kind}')::int AS followers,
    EXISTS (SELECT FROM topic_follows f
        WHERE f.user_id = %(viewer)s::uuid AND f.kind = '{kind}' AND f.topic_id = t.id) AS is_followed"""
# A word that was never written in public is there for who may read it, or follows it: others would learn from its page
# what is said where they may not read.
_IS_KNOWN: Final = f"""(EXISTS (SELECT FROM topic_follows f
        WHERE f.user_id = %(viewer)s::uuid AND f.kind = '{{kind}}' AND f.topic_id = t.id)
    OR EXISTS (SELECT FROM (SELECT n.post_id FROM post_{{kind}}s n WHERE n.{{kind}}_id = t.id
        ORDER BY n.published_at DESC, n.post_id DESC LIMIT {_LATEST}) n
        CROSS JOIN LATERAL (SELECT p.* FROM posts p WHERE p.id = n.post_id OFFSET 0) p
        WHERE {_WAS_PUBLIC} OR {READABLE}))"""
_TICKER: Final = f"""
SELECT t.id, t.symbol, t.market, t.name, t.name_zh, {_FOLLOWERS.format(kind="ticker")},
    (SELECT count(*) FROM profiles_watchlist w WHERE w.symbol = t.symbol)::int AS watchers,
    EXISTS (SELECT FROM profiles_watchlist w
        WHERE w.user_id = %(viewer)s::uuid AND w.symbol = t.symbol) AS is_watched
FROM tickers t WHERE t.symbol = ANY(%(symbols)s)
    AND (t.name IS NOT NULL OR t.name_zh IS NOT NULL OR {_IS_KNOWN.format(kind="ticker")})
ORDER BY array_position(%(symbols)s, t.symbol::text) LIMIT 1
"""
# The spelling that most of the latest posts have.
_SPELLING: Final = """(SELECT s.spelling FROM (
        SELECT n.spelling FROM post_hashtags n WHERE n.hashtag_id = t.id
        ORDER BY n.published_at DESC, n.post_id DESC LIMIT {latest}
    ) s GROUP BY s.spelling ORDER BY count(*) DESC, s.spelling LIMIT 1)"""
_HASHTAG: Final = f"""
SELECT t.id, t.key, coalesce({_SPELLING.format(latest=1000)}, t.name) AS name, {_FOLLOWERS.format(kind="hashtag")}
FROM hashtags t WHERE t.key = %(key)s AND {_IS_KNOWN.format(kind="hashtag")}
"""


class DayFigures(NamedTuple):
    """Posts of one day, those of a direction, and how many wrote them."""

    day: date
    posts: int
    bullish: int
    bearish: int
    authors: int


class TickerRow(NamedTuple):
    id: UUID
    symbol: str
    market: str | None
    name: str | None
    name_zh: str | None
    followers: int
    is_followed: bool
    watchers: int
    is_watched: bool


class HashtagRow(NamedTuple):
    """`name` is the key as most write it."""

    id: UUID
    key: str
    name: str
    followers: int
    is_followed: bool


def ticker(connection: Connection, symbols: Sequence[str], viewer: UUID | None) -> TickerRow | None:
    """The first of the symbols that there is."""
    with connection.cursor(row_factory=class_row(TickerRow)) as cursor:
        return cursor.execute(_TICKER, {"symbols": list(symbols), "viewer": viewer}).fetchone()


def hashtag(connection: Connection, key: str, viewer: UUID | None) -> HashtagRow | None:
    """A hashtag by its key."""
    with connection.cursor(row_factory=class_row(HashtagRow)) as cursor:
        return cursor.execute(_HASHTAG, {"key": key, "viewer": viewer}).fetchone()


def figures(connection: Connection, kind: TopicKind, topic_id: UUID, *, since: date, zone: str) -> list[DayFigures]:
    """Days with posts, the first first; days are those of the zone (IANA)."""
    with connection.cursor(row_factory=args_row(DayFigures)) as cursor:
        return cursor.execute(_FIGURES_OF[kind], {"topic_id": topic_id, "since": since, "zone": zone}).fetchall()


_TRENDING: Final = f"""
SELECT t.id, t.symbol, t.market, t.name, t.name_zh, r.authors, r.usual_authors, r.velocity, r.refreshed_at
FROM trending_tickers r JOIN tickers t ON t.id = r.ticker_id
WHERE EXISTS (
    SELECT FROM post_tickers n JOIN posts p ON p.id = n.post_id
    WHERE n.ticker_id = r.ticker_id AND n.published_at > r.refreshed_at - interval '1 hour'
        AND n.published_at <= r.refreshed_at AND {PUBLIC})
ORDER BY r.velocity DESC, r.ticker_id DESC LIMIT %(limit)s
"""


class TrendingRow(NamedTuple):
    """`authors` of the hour before `refreshed_at`, `usual_authors` of that hour on seven days before."""

    id: UUID
    symbol: str
    market: str | None
    name: str | None
    name_zh: str | None
    authors: int
    usual_authors: float
    velocity: float
    refreshed_at: datetime


def trending(connection: Connection, *, limit: int) -> list[TrendingRow]:
    """What is written of more than usual, the steepest first. What has been hidden since the refresh is left out, as
    far as nothing else was written of the ticker.
    """
    with connection.cursor(row_factory=class_row(TrendingRow)) as cursor:
        return cursor.execute(_TRENDING, {"limit": limit}).fetchall()


_REFRESH_LOCK: Final = 7_021_118
"""A number that no other advisory lock of this database has."""


def lock_refresh(connection: Connection) -> bool:
    """Whether this transaction may refresh; false while another one does."""
    row = connection.execute("SELECT pg_try_advisory_xact_lock(%s) AS locked", (_REFRESH_LOCK,)).fetchone()
    return row is not None and bool(row["locked"])


def refresh_trending(connection: Connection, *, seconds: int) -> None:
    """Compute the view again, while others read it, in so many seconds at most."""
    connection.execute("SELECT set_config('statement_timeout', %s, true)", (f"{seconds}s",))
    connection.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY trending_tickers")


_FOLLOW: Final = """
INSERT INTO topic_follows (user_id, kind, topic_id)
SELECT %(user_id)s::uuid, %(kind)s::varchar, %(topic_id)s::uuid
WHERE (SELECT count(*) FROM topic_follows WHERE user_id = %(user_id)s AND kind = %(kind)s) < %(most)s
    OR EXISTS (SELECT FROM topic_follows
        WHERE user_id = %(user_id)s AND kind = %(kind)s AND topic_id = %(topic_id)s)
ON CONFLICT (user_id, kind, topic_id) DO UPDATE SET topic_id = excluded.topic_id
RETURNING topic_id
"""
_UNFOLLOW: Final = """
DELETE FROM topic_follows WHERE user_id = %(user_id)s AND kind = %(kind)s AND topic_id = %(topic_id)s
"""


def follow(connection: Connection, values: dict[str, Any], *, most: int) -> bool:
    """Whether it is followed now; false where `most` others are. `values`: `user_id`, `kind`, `topic_id`."""
    return connection.execute(_FOLLOW, {**values, "most": most}).fetchone() is not None


def unfollow(connection: Connection, values: dict[str, Any]) -> None:
    """Also where it was not followed."""
    connection.execute(_UNFOLLOW, values)
