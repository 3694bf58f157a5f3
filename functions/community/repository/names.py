"""What texts name: which tickers and people exist, and which posts name them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from functions.community.repository import visibility
from shared.clients.database import Connection


class Person(NamedTuple):
    id: UUID
    username: str


class Known(NamedTuple):
    """What exists of what a text may name: symbols, and people by the keys of their usernames."""

    symbols: frozenset[str]
    people: Mapping[str, Person]


class Named(NamedTuple):
    """What a text names: canonical symbols, spellings of hashtags by key, ids of people."""

    symbols: Collection[str]
    hashtags: Mapping[str, str]
    people: Collection[UUID]


# A known ticker has a name: a symbol that somebody once wrote behind a dollar sign makes no ticker of everybody's
# hashtag.
# Nobody is named by, or names, whom a block stands between: to the writer they are not there.
_KNOWN: Final = """
SELECT t.symbol AS key, NULL::uuid AS user_id, NULL AS username FROM tickers t
WHERE t.symbol = ANY(%(symbols)s) AND (t.name IS NOT NULL OR t.name_zh IS NOT NULL)
UNION ALL SELECT a.username_key, a.user_id, a.username FROM profiles_people a
WHERE a.username_key = ANY(%(names)s) AND a.standing <> 'banned' AND NOT EXISTS (
    SELECT FROM profiles_walls w WHERE w.viewer_id = %(writer)s AND w.person_id = a.user_id)
"""
# In one order for everybody, so that two posts with the same new names wait for each other, not in a ring.
_ADD_TICKERS: Final = """
INSERT INTO tickers (symbol, code, market)
SELECT w.symbol, CASE WHEN w.symbol ~ '^[0-9]' THEN split_part(w.symbol, '.', 1) ELSE w.symbol END,
    CASE WHEN w.symbol ~ '^[0-9]' THEN split_part(w.symbol, '.', 2) END
FROM unnest(%s::text[]) AS w(symbol) ORDER BY w.symbol ON CONFLICT (symbol) DO NOTHING
"""
_ADD_HASHTAGS: Final = """
INSERT INTO hashtags (key, name)
SELECT w.key, w.name FROM unnest(%s::text[], %s::text[]) AS w(key, name)
WHERE NOT EXISTS (SELECT FROM hashtags h WHERE h.key = w.key)
ORDER BY w.key ON CONFLICT (key) DO NOTHING
"""
# Who was named once is not told again: their row stays with the time of the first mention. Whom the post is not for has
# none: others may name them there, and they are not told that they are spoken of.
_FOR_NAMED: Final = visibility.AUDIENCE.replace("%(viewer)s::uuid", "n.person")
_KEEP: Final = f"""
WITH t AS (
    SELECT id FROM tickers WHERE symbol = ANY(%(symbols)s::text[])
), h AS (
    SELECT h.id, w.spelling FROM unnest(%(keys)s::text[], %(spellings)s::text[]) AS w(key, spelling)
    JOIN hashtags h ON h.key = w.key
), gone_tickers AS (
    DELETE FROM post_tickers WHERE post_id = %(post_id)s AND ticker_id NOT IN (SELECT id FROM t)
), gone_hashtags AS (
    DELETE FROM post_hashtags WHERE post_id = %(post_id)s AND hashtag_id NOT IN (SELECT id FROM h)
), gone_people AS (
    UPDATE post_mentions SET withdrawn_at = now()
    WHERE post_id = %(post_id)s AND withdrawn_at IS NULL AND user_id <> ALL(%(people)s::uuid[])
), tickers_added AS (
    INSERT INTO post_tickers (post_id, ticker_id, published_at)
    SELECT %(post_id)s, id, %(published_at)s::timestamptz FROM t ON CONFLICT DO NOTHING
), hashtags_added AS (
    INSERT INTO post_hashtags (post_id, hashtag_id, spelling, published_at)
    SELECT %(post_id)s, id, spelling, %(published_at)s::timestamptz FROM h ON CONFLICT DO NOTHING
)
INSERT INTO post_mentions AS m (post_id, user_id)
SELECT p.id, n.person FROM unnest(%(people)s::uuid[]) AS n(person) JOIN posts p ON p.id = %(post_id)s
WHERE n.person <> p.author_id AND {_FOR_NAMED} ORDER BY n.person
ON CONFLICT (post_id, user_id) DO UPDATE SET withdrawn_at = NULL WHERE m.withdrawn_at IS NOT NULL
"""


def known(connection: Connection, symbols: Collection[str], names: Collection[str], *, writer: UUID) -> Known:
    """Those of the canonical symbols, and of the keys of usernames, that there are for who writes."""
    if not symbols and not names:
        return Known(frozenset(), {})
    values = {"symbols": list(symbols), "names": list(names), "writer": writer}
    rows = connection.execute(_KNOWN, values).fetchall()
    return Known(
        frozenset(row["key"] for row in rows if row["user_id"] is None),
        {row["key"]: Person(row["user_id"], row["username"]) for row in rows if row["user_id"] is not None},
    )


def add_tickers(connection: Connection, symbols: Collection[str]) -> None:
    """Those that nobody wrote of before."""
    if symbols:
        connection.execute(_ADD_TICKERS, (sorted(symbols),))


def add_hashtags(connection: Connection, spellings: Mapping[str, str]) -> None:
    """Those, by key, that nobody wrote before."""
    if spellings:
        connection.execute(_ADD_HASHTAGS, (list(spellings), list(spellings.values())))


def keep(connection: Connection, post_id: UUID, named: Named, *, published_at: datetime) -> None:
    """The published post names these, and nothing else any more."""
    connection.execute(
        _KEEP,
        {
            "post_id": post_id,
            "published_at": published_at,
            "symbols": list(named.symbols),
            "keys": list(named.hashtags),
            "spellings": list(named.hashtags.values()),
            "people": list(named.people),
        },
    )
