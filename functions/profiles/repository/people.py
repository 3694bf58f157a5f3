"""People as others see them, and what they are to the one who looks."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from shared.clients.database import Connection


class PersonRow(NamedTuple):
    """A person, and their relation to the viewer."""

    user_id: UUID
    username: str
    display_name: str | None
    bio: str
    picture: dict[str, Any] | None
    is_private: bool
    follower_count: int
    following_count: int
    post_count: int
    created_at: datetime
    following: bool
    followed_by: bool
    requested: bool
    muting: bool
    blocking: bool


NOT_BLOCKED_BY: Final = """NOT EXISTS (
    SELECT FROM content_filters b
    WHERE b.user_id = p.user_id AND b.target_id = %(viewer)s::uuid AND b.kind = 'block')"""
"""Of `profiles_people p`. Whom somebody blocks, they still find, to end the block."""

RELATION: Final = """
EXISTS (SELECT FROM follows f WHERE f.follower_id = %(viewer)s::uuid AND f.followed_id = p.user_id) AS following,
EXISTS (SELECT FROM follows f WHERE f.follower_id = p.user_id AND f.followed_id = %(viewer)s::uuid) AS followed_by,
EXISTS (SELECT FROM follow_requests r WHERE r.follower_id = %(viewer)s::uuid AND r.followed_id = p.user_id)
    AS requested,
EXISTS (SELECT FROM content_filters m WHERE m.user_id = %(viewer)s::uuid AND m.target_id = p.user_id
    AND m.kind = 'mute' AND (m.until IS NULL OR m.until > now())) AS muting,
EXISTS (SELECT FROM content_filters b WHERE b.user_id = %(viewer)s::uuid AND b.target_id = p.user_id
    AND b.kind = 'block') AS blocking
"""
"""What `profiles_people p` is to the viewer."""
RELATION_FIELDS: Final = ("following", "followed_by", "requested", "muting", "blocking")
_VISIBLE: Final = f"(p.standing <> 'banned' OR p.user_id = %(viewer)s::uuid) AND {NOT_BLOCKED_BY}"
_FIND: Final = f"""
SELECT p.user_id, p.username, p.display_name, p.bio, p.picture, p.is_private, p.follower_count, p.following_count,
    coalesce((SELECT s.post_count FROM community_author_stats s WHERE s.user_id = p.user_id), 0) AS post_count,
    p.created_at, {RELATION}
FROM profiles_people p WHERE {_VISIBLE} AND """
_BY_ID: Final = f"{_FIND} p.user_id = %(user_id)s"
_BY_KEY: Final = f"{_FIND} p.username_key = %(key)s"


def find(
    connection: Connection, *, user_id: UUID | None = None, key: str | None = None, viewer: UUID | None
) -> PersonRow | None:
    """The person with this id, or else with this key of a username, as the viewer may see them."""
    with connection.cursor(row_factory=args_row(PersonRow)) as cursor:
        if user_id is not None:
            return cursor.execute(_BY_ID, {"user_id": user_id, "viewer": viewer}).fetchone()
        return cursor.execute(_BY_KEY, {"key": key, "viewer": viewer}).fetchone()
