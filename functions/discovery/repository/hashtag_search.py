"""Hashtags by what they begin with, by parts of Chinese ones, and by what misspelt ones have in common. One is found
where the viewer finds a post with it.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from functions.discovery.domain.search_words import SearchWords
from shared.clients.database import Connection
from shared.contexts.profiles import audience

_CANDIDATES: Final = 50
_LATEST: Final = 20
"""Posts that are looked at, of each hashtag."""
_KEYS: Final = "search_keys(key::text, NULL::text)"
_PARTS: Final = f"""
    UNION ALL (SELECT id, 2 FROM community_hashtags
        WHERE {_KEYS} @> %(parts)s::text[] AND position(%(key)s IN key) > 0 LIMIT {_CANDIDATES})"""
_SLIPS: Final = f"""
    UNION ALL (SELECT id, 3 FROM community_hashtags WHERE {_KEYS} && %(slips)s::text[] LIMIT {_CANDIDATES})"""
_SEARCH: Final = f"""
WITH candidates AS (
    (SELECT id, 0 AS place FROM community_hashtags WHERE key = %(key)s)
    UNION ALL (SELECT id, 1 FROM community_hashtags WHERE key LIKE %(beginning)s
        ORDER BY key USING ~<~ LIMIT {_CANDIDATES}){{more}}
), best AS MATERIALIZED (
    SELECT c.id, min(c.place) AS place, u.name, u.posts FROM candidates c CROSS JOIN LATERAL (
        SELECT mode() WITHIN GROUP (ORDER BY n.spelling) AS name, count(*)::int AS posts
        FROM (SELECT n.post_id, n.spelling FROM community_post_hashtags n WHERE n.hashtag_id = c.id
            ORDER BY n.published_at DESC, n.post_id DESC LIMIT {_LATEST}) n
        JOIN community_posts p ON p.id = n.post_id
        WHERE p.is_live AND p.group_id IS NULL AND {audience.is_listed("p.author_id", "p.visibility")}
            AND NOT {audience.is_hidden_by_words("p.author_id", "p.folded_text")}
    ) u WHERE u.posts > 0 GROUP BY c.id, u.name, u.posts
)
SELECT h.key, b.name, EXISTS (SELECT FROM community_topic_follows f WHERE f.user_id = %(viewer)s::uuid
        AND f.kind = 'hashtag' AND f.topic_id = h.id) AS is_followed
FROM best b JOIN community_hashtags h ON h.id = b.id
WHERE b.place < 3 OR NOT EXISTS (SELECT FROM best WHERE place < 3)
ORDER BY b.place, b.posts DESC, h.key LIMIT %(limit)s
"""


class HashtagHit(NamedTuple):
    """`name` is the key as most write it."""

    key: str
    name: str
    is_followed: bool


def search(connection: Connection, words: SearchWords, viewer: UUID | None, *, limit: int) -> list[HashtagHit]:
    """The hashtag itself first, then what begins so, has it inside, or else is spelt alike."""
    key = words.key.replace(" ", "")
    if not key:
        return []
    more = (_PARTS if words.parts else "") + (_SLIPS if words.slips else "")
    values = {
        "key": key,
        "beginning": words.beginning.replace(" ", ""),
        "parts": words.parts,
        "slips": words.slips,
        "viewer": viewer,
        "limit": limit,
    }
    with connection.cursor(row_factory=class_row(HashtagHit)) as cursor:
        return cursor.execute(_SEARCH.format(more=more), values).fetchall()
