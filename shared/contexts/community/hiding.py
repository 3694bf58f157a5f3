"""Moderators hide posts, comments and groups, and show them again.

What is hidden leaves every list, count and search in the same transaction (`is_live`); its author still reads it, with
the reason. A trigger keeps the counts, whoever deletes and hides in whatever order.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias
from uuid import UUID

from shared.clients.database import Connection

Kind: TypeAlias = Literal["post", "comment", "group"]

_HIDE: Final[dict[Kind, str]] = {
    "post": """
        UPDATE posts SET hidden_at = coalesce(hidden_at, now()), hidden_reason = %(reason)s, hidden_by_group = false,
            version = version + 1
        WHERE id = %(id)s
    """,
    "comment": """
        UPDATE comments SET hidden_at = coalesce(hidden_at, now()), hidden_reason = %(reason)s, hidden_by_group = false,
            version = version + 1
        WHERE id = %(id)s
    """,
    "group": """
        UPDATE groups SET hidden_at = coalesce(hidden_at, now()), hidden_reason = %(reason)s, version = version + 1
        WHERE id = %(id)s
    """,
}
_UNHIDE: Final[dict[Kind, str]] = {
    "post": """
        UPDATE posts SET hidden_at = NULL, hidden_reason = NULL, hidden_by_group = false,
            version = version + 1
        WHERE id = %(id)s AND hidden_at IS NOT NULL
    """,
    "comment": """
        UPDATE comments SET hidden_at = NULL, hidden_reason = NULL, hidden_by_group = false,
            version = version + 1
        WHERE id = %(id)s AND hidden_at IS NOT NULL
    """,
    "group": """
        UPDATE groups SET hidden_at = NULL, hidden_reason = NULL, version = version + 1
        WHERE id = %(id)s AND hidden_at IS NOT NULL
    """,
}
# A comment's counts are those of its post: whoever writes comments locks the post first.
_LOCK_POST: Final = """
SELECT p.id FROM posts p JOIN comments c ON c.post_id = p.id WHERE c.id = %(id)s FOR NO KEY UPDATE OF p
"""


def hide(connection: Connection, kind: Kind, target_id: UUID, reason: str) -> bool:
    """Hide it, or replace the reason where it is hidden; False where it does not exist. What a group's moderators had
    hidden is hidden by the platform from then on.
    """
    values = {"id": target_id, "reason": reason}
    if kind == "comment":
        connection.execute(_LOCK_POST, values)
    return connection.execute(_HIDE[kind], values).rowcount == 1


def unhide(connection: Connection, kind: Kind, target_id: UUID) -> bool:
    """Show it again, unless its author has deleted it; False where it was not hidden."""
    values = {"id": target_id}
    if kind == "comment":
        connection.execute(_LOCK_POST, values)
    return connection.execute(_UNHIDE[kind], values).rowcount == 1
