"""People by username or display name: the name itself, what begins so, what has it inside; where there
is nothing of these, what is spelt alike.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from functions.discovery.domain.search_words import SearchWords
from shared.clients.database import Connection
from shared.contexts.profiles import audience

_CANDIDATES: Final = 200
"""Of more people who are found in one way, so many compete."""
_KEYS: Final = "search_keys(username_key::text, display_key)"
_PARTS: Final = f"""
    UNION ALL (SELECT user_id, 2 FROM profiles_people
        WHERE {_KEYS} @> %(parts)s::text[] AND position(%(key)s IN concat_ws(' ', username_key, display_key)) > 0
        LIMIT {_CANDIDATES})"""
_SLIPS: Final = f"""
    UNION ALL (SELECT user_id, 3 FROM profiles_people WHERE {_KEYS} && %(slips)s::text[] LIMIT {_CANDIDATES})"""
_SEARCH: Final = f"""
WITH candidates AS (
    (SELECT user_id, 0 AS place FROM profiles_people WHERE username_key = %(key)s)
    UNION ALL (SELECT user_id, 1 FROM profiles_people WHERE username_key LIKE %(beginning)s
        ORDER BY username_key USING ~<~ LIMIT {_CANDIDATES})
    UNION ALL (SELECT user_id, 1 FROM profiles_people WHERE display_key LIKE %(beginning)s
        ORDER BY display_key USING ~<~ LIMIT {_CANDIDATES}){{more}}
), best AS (SELECT user_id, min(place) AS place FROM candidates GROUP BY user_id)
SELECT a.user_id AS id, a.username, coalesce(a.display_name, a.username) AS display_name, a.picture, a.bio,
    a.is_private, a.follower_count,
    EXISTS (SELECT FROM profiles_follows f
        WHERE f.follower_id = %(viewer)s::uuid AND f.followed_id = a.user_id) AS is_followed
FROM best b JOIN profiles_people a ON a.user_id = b.user_id
WHERE (b.place < 3 OR NOT EXISTS (SELECT FROM best WHERE place < 3)) AND {audience.is_offered("a.user_id")}
ORDER BY b.place, a.follower_count DESC, a.user_id LIMIT %(limit)s
"""


class PersonHit(NamedTuple):
    id: UUID
    username: str
    display_name: str
    picture: dict[str, Any] | None
    bio: str
    is_private: bool
    follower_count: int
    is_followed: bool


def search(connection: Connection, words: SearchWords, viewer: UUID | None, *, limit: int) -> list[PersonHit]:
    """The nearest first, of these the most followed."""
    if not words.key:
        return []
    more = (_PARTS if words.parts else "") + (_SLIPS if words.slips else "")
    values = {
        "key": words.key,
        "beginning": words.beginning,
        "parts": words.parts,
        "slips": words.slips,
        "viewer": viewer,
        "limit": limit,
    }
    with connection.cursor(row_factory=class_row(PersonHit)) as cursor:
        return cursor.execute(_SEARCH.format(more=more), values).fetchall()
