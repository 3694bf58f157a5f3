"""Posts by words and phrases, the newest first: what the viewer may see in lists, without those of groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from functions.discovery.domain.search_words import slips_of
from shared.clients.database import Connection
from shared.contexts.profiles import audience

_WINDOW: Final = 2_000
"""The newest posts, which are read one by one: enough for a word that many have."""
_CANDIDATES: Final = 1_000
"""Of a query that more posts than that meet, and hardly any of the newest, so many are looked at."""
_AFTER: Final = "{word} (t.published_at, t.post_id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_VISIBLE: Final = f"""JOIN community_post_hits p ON p.id = c.post_id
    WHERE p.is_live AND p.group_id IS NULL AND {audience.is_listed("p.author_id", "p.visibility")}
        AND NOT {audience.is_hidden_by_words("p.author_id", "p.folded_text")}
    ORDER BY c.published_at DESC, c.post_id DESC LIMIT %(limit)s"""
# The planner cannot know how many posts have a word. Left alone, it reads all posts by time for a word that none has.
# So the newest are read first, and the index of terms where these are not enough: a sum is no key of the index by time.
_SEARCH: Final = f"""
WITH newest AS MATERIALIZED (
    SELECT c.post_id, c.published_at FROM (
        SELECT t.post_id, t.published_at, t.terms FROM community_post_terms t {{where}}
        ORDER BY t.published_at DESC, t.post_id DESC LIMIT {_WINDOW}
    ) c {_VISIBLE.replace("WHERE", "WHERE c.terms @@ %(query)s::tsquery AND", 1)}
), candidates AS MATERIALIZED (
    SELECT t.post_id, t.published_at FROM community_post_terms t
    WHERE t.terms @@ %(query)s::tsquery AND (SELECT count(*) FROM newest) < %(limit)s {{after}}
    ORDER BY t.published_at + interval '0 seconds' DESC, t.post_id DESC LIMIT {_CANDIDATES}
), older AS MATERIALIZED (
    SELECT c.post_id, c.published_at FROM candidates c {_VISIBLE}
), page AS MATERIALIZED (
    SELECT post_id FROM (SELECT * FROM newest UNION SELECT * FROM older) c
    ORDER BY c.published_at DESC, c.post_id DESC LIMIT %(limit)s
)
SELECT p.id, p.author_id, a.username, a.display_name, a.picture, p.body, p.content_warning, p.entities, p.language,
    p.sentiment, p.visibility, p.published_at, p.imported_at, p.reaction_counts, p.comment_count, p.repost_count,
    p.quote_count
FROM page JOIN community_post_hits p ON p.id = page.post_id JOIN profiles_people a ON a.user_id = p.author_id
ORDER BY p.published_at DESC, p.id DESC
"""

_MOST_WORDS: Final = 100
"""That one misspelt word is compared with."""
# OFFSET has the index of keys asked: in their order, words would be read one by one until enough of them are near.
_NEAREST: Final = f"""
WITH query AS (
    SELECT word, array_agg(slip) AS slips
    FROM unnest(%(words)s::text[], %(slips)s::text[]) AS s(word, slip) GROUP BY word
)
SELECT query.word AS query_word, near.word FROM query CROSS JOIN LATERAL (
    SELECT w.word FROM (
        SELECT word FROM community_post_words WHERE search_keys(word::text, NULL::text) && query.slips OFFSET 0
    ) w ORDER BY w.word LIMIT {_MOST_WORDS}
) near
"""


class PostHit(NamedTuple):
    id: UUID
    author_id: UUID
    username: str
    display_name: str | None
    picture: dict[str, Any] | None
    body: str
    content_warning: str | None
    entities: list[dict[str, Any]]
    language: str | None
    sentiment: str | None
    visibility: str
    published_at: datetime
    imported_at: datetime | None
    reaction_counts: list[int]
    comment_count: int
    repost_count: int
    quote_count: int


def search(
    connection: Connection, query: str, viewer: UUID | None, *, limit: int, after: list[Any] | None
) -> list[PostHit]:
    """Posts that meet a `tsquery`; `after` is the time and the id of a hit."""
    values = {"query": query, "viewer": viewer, "limit": limit}
    if after:
        values["after"], values["after_id"] = after
    with connection.cursor(row_factory=class_row(PostHit)) as cursor:
        return cursor.execute(_text(continued=bool(after)), values).fetchall()


def nearest_words(connection: Connection, words: Sequence[str]) -> dict[str, list[str]]:
    """For each word those of public posts that a slip of the pen makes of it, in their own order."""
    slips = [(word, slip) for word in words for slip in slips_of(word)]
    nearest: dict[str, list[str]] = {word: [] for word in words}
    if slips:
        values = {"words": [word for word, _ in slips], "slips": [slip for _, slip in slips]}
        for row in connection.execute(_NEAREST, values):
            nearest[row["query_word"]].append(row["word"])
    return nearest


@cache
def _text(*, continued: bool) -> str:
    return _SEARCH.format(
        where=_AFTER.format(word="WHERE") if continued else "", after=_AFTER.format(word="AND") if continued else ""
    )
