"""Tickers by symbol or by either name. Those that nobody gave a name are found where everybody may read of them."""

from __future__ import annotations

from typing import Final, NamedTuple

from psycopg.rows import class_row

from functions.discovery.domain.search_words import SearchWords
from shared.clients.database import Connection
from shared.contexts.profiles import audience

_CANDIDATES: Final = 50
_LATEST: Final = 100
_KEYS: Final = "search_keys(name::text, name_zh::text)"
_PARTS: Final = f"""
    UNION ALL (SELECT id, 3 FROM community_tickers
        WHERE {_KEYS} @> %(parts)s::text[] AND position(%(key)s IN lower(concat_ws(' ', name, name_zh))) > 0
        LIMIT {_CANDIDATES})"""
_SLIPS: Final = f"""
    UNION ALL (SELECT id, 4 FROM community_tickers WHERE {_KEYS} && %(slips)s::text[] LIMIT {_CANDIDATES})"""
_SEARCH: Final = f"""
WITH candidates AS (
    (SELECT id, 0 AS place FROM community_tickers WHERE symbol = ANY(%(symbols)s::text[]))
    UNION ALL (SELECT id, 1 FROM community_tickers WHERE symbol LIKE upper(%(beginning)s)
        ORDER BY symbol USING ~<~ LIMIT {_CANDIDATES})
    UNION ALL (SELECT id, 2 FROM community_tickers WHERE lower(name::text) LIKE %(beginning)s
        ORDER BY lower(name::text) USING ~<~ LIMIT {_CANDIDATES})
    UNION ALL (SELECT id, 2 FROM community_tickers WHERE name_zh LIKE %(beginning)s
        ORDER BY name_zh USING ~<~ LIMIT {_CANDIDATES}){{more}}
), best AS (SELECT id, min(place) AS place FROM candidates GROUP BY id)
SELECT t.symbol, t.market, t.name, t.name_zh, EXISTS (SELECT FROM community_topic_follows f
        WHERE f.user_id = %(viewer)s::uuid AND f.kind = 'ticker' AND f.topic_id = t.id) AS is_followed
FROM best b JOIN community_tickers t ON t.id = b.id
WHERE (b.place < 4 OR NOT EXISTS (SELECT FROM best WHERE place < 4))
    AND (t.name IS NOT NULL OR t.name_zh IS NOT NULL OR EXISTS (
    SELECT FROM (SELECT n.post_id FROM community_post_tickers n WHERE n.ticker_id = t.id
        ORDER BY n.published_at DESC, n.post_id DESC LIMIT {_LATEST}) n
    JOIN community_posts p ON p.id = n.post_id
    WHERE p.is_live AND p.group_id IS NULL AND {audience.may_see("p.author_id", "p.visibility")}))
ORDER BY b.place, length(t.symbol), t.symbol LIMIT %(limit)s
"""


class TickerHit(NamedTuple):
    symbol: str
    market: str | None
    name: str | None
    name_zh: str | None
    is_followed: bool


def search(connection: Connection, words: SearchWords, viewer: object, *, limit: int) -> list[TickerHit]:
    """The symbol itself first, then what begins so, has it inside, or else is spelt alike."""
    if not words.key:
        return []
    more = (_PARTS if words.parts else "") + (_SLIPS if words.slips else "")
    values = {
        "key": words.key,
        "beginning": words.beginning,
        "symbols": words.symbols,
        "parts": words.parts,
        "slips": words.slips,
        "viewer": viewer,
        "limit": limit,
    }
    with connection.cursor(row_factory=class_row(TickerHit)) as cursor:
        return cursor.execute(_SEARCH.format(more=more), values).fetchall()
