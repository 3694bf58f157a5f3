"""Tickers and hashtags that begin like what is being typed. Of hashtags, and of tickers without a name, only those of
posts that everybody may read.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from psycopg.rows import class_row

from functions.community.repository.topics import PUBLIC
from shared import like_patterns
from shared.clients.database import Connection

_CANDIDATES: Final = 50
_LATEST: Final = 20
"""Posts that are looked at, of each hashtag."""

# Four short reads of indexes; what several of them have stands once.
_TICKERS: Final = f"""
WITH candidates AS (
    (SELECT id, 0 AS place FROM tickers WHERE symbol = upper(%(prefix)s))
    UNION ALL (SELECT id, 1 FROM tickers WHERE symbol LIKE upper(%(beginning)s)
        ORDER BY symbol USING ~<~ LIMIT {_CANDIDATES})
    UNION ALL (SELECT id, 2 FROM tickers WHERE lower(name) LIKE lower(%(beginning)s)
        ORDER BY lower(name) USING ~<~ LIMIT {_CANDIDATES})
    UNION ALL (SELECT id, 2 FROM tickers WHERE name_zh LIKE %(beginning)s
        ORDER BY name_zh USING ~<~ LIMIT {_CANDIDATES})
), known AS (SELECT id, min(place) AS place FROM candidates GROUP BY id)
SELECT t.symbol, t.market, t.name, t.name_zh FROM known k JOIN tickers t ON t.id = k.id
WHERE t.name IS NOT NULL OR t.name_zh IS NOT NULL OR EXISTS (
    SELECT FROM (SELECT n.post_id FROM post_tickers n WHERE n.ticker_id = t.id
        ORDER BY n.published_at DESC, n.post_id DESC LIMIT {_LATEST}) n
    JOIN posts p ON p.id = n.post_id WHERE {PUBLIC})
ORDER BY k.place, length(t.symbol), t.symbol LIMIT %(limit)s
"""
_HASHTAGS: Final = f"""
SELECT t.key, u.name, u.posts FROM (
    (SELECT id, key FROM hashtags WHERE key = %(prefix)s)
    UNION (SELECT id, key FROM hashtags WHERE key LIKE %(beginning)s ORDER BY key USING ~<~ LIMIT {_CANDIDATES})
) t CROSS JOIN LATERAL (
    SELECT mode() WITHIN GROUP (ORDER BY n.spelling) AS name, count(*)::int AS posts
    FROM (SELECT n.post_id, n.spelling FROM post_hashtags n WHERE n.hashtag_id = t.id
        ORDER BY n.published_at DESC, n.post_id DESC LIMIT {_LATEST}) n
    JOIN posts p ON p.id = n.post_id WHERE {PUBLIC}
) u WHERE u.posts > 0
ORDER BY t.key <> %(prefix)s, u.posts DESC, t.key LIMIT %(limit)s
"""


class TickerCompletion(NamedTuple):
    symbol: str
    market: str | None
    name: str | None
    name_zh: str | None


class HashtagCompletion(NamedTuple):
    """`name` as most write it; `posts` of the latest twenty that everybody may read."""

    key: str
    name: str
    posts: int


def tickers(connection: Connection, prefix: str, *, limit: int) -> list[TickerCompletion]:
    """By symbol, then by name; the symbol itself first."""
    with connection.cursor(row_factory=class_row(TickerCompletion)) as cursor:
        return cursor.execute(_TICKERS, _values(prefix, limit)).fetchall()


def hashtags(connection: Connection, prefix: str, *, limit: int) -> list[HashtagCompletion]:
    """By a folded beginning; the tag itself first, then the most used."""
    with connection.cursor(row_factory=class_row(HashtagCompletion)) as cursor:
        return cursor.execute(_HASHTAGS, _values(prefix, limit)).fetchall()


def _values(prefix: str, limit: int) -> dict[str, object]:
    return {"prefix": prefix, "beginning": f"{like_patterns.literal(prefix)}%", "limit": limit}
