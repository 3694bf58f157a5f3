"""Posts that people show first on their pages."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection

_PUT: Final = """
INSERT INTO profile_pins AS n (user_id, post_id)
SELECT p.author_id, p.id FROM posts p
WHERE p.id = %(post_id)s AND p.author_id = %(user_id)s AND p.is_live AND p.group_id IS NULL
    AND EXISTS (SELECT FROM profiles_people a WHERE a.user_id = p.author_id AND a.standing = 'good')
ON CONFLICT (user_id) DO UPDATE SET post_id = excluded.post_id, created_at = now()
"""


def put(connection: Connection, user_id: UUID, post_id: UUID) -> bool:
    """False where it is not a live post of the person's own, outside of groups, or they may not write."""
    return connection.execute(_PUT, {"user_id": user_id, "post_id": post_id}).rowcount == 1


def remove(connection: Connection, user_id: UUID) -> None:
    connection.execute("DELETE FROM profile_pins WHERE user_id = %s", (user_id,))
