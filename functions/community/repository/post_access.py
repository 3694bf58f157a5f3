"""What somebody may do with a post, in one statement: read it, answer it, pass it on.

Whoever changes what a post counts locks it first (`locked`), then its comments upwards, then rows of their own, so that
nobody waits in a ring.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class PostAccess:
    """`replies` is `open`, or why the viewer may not answer: the post's policy (`followers`, `mentioned`, `nobody`),
    `locked`, `closed` (its group) or `members` (of its group only). `place` is `open`, or one of the last two: whether
    the viewer writes in its group at all. `standing` is null for who has no profile.
    """

    post_id: UUID
    author_id: UUID
    replies: str
    is_passable: bool
    place: str
    standing: str | None
    standing_until: datetime | None
    standing_reason: str | None


IS_MEMBER: Final = """EXISTS (SELECT FROM group_members m
        WHERE m.group_id = p.group_id AND m.user_id = %(viewer)s::uuid)"""
REPLIES: Final = f"""CASE WHEN p.locked_at IS NOT NULL THEN 'locked'
        WHEN coalesce(g.closed_at, g.hidden_at) IS NOT NULL THEN 'closed'
        WHEN p.group_id IS NOT NULL AND NOT {IS_MEMBER} THEN 'members'
        WHEN p.author_id = %(viewer)s::uuid OR p.reply_policy = 'everybody' THEN 'open'
        WHEN p.reply_policy = 'followers' AND EXISTS (SELECT FROM profiles_follows o
            WHERE o.follower_id = %(viewer)s::uuid AND o.followed_id = p.author_id) THEN 'open'
        WHEN p.reply_policy = 'mentioned' AND EXISTS (SELECT FROM post_mentions n
            WHERE n.post_id = p.id AND n.user_id = %(viewer)s::uuid AND n.withdrawn_at IS NULL) THEN 'open'
        ELSE p.reply_policy END"""
"""`PostAccess.replies`, of a post `p` and its group `g`, if any."""
IS_PASSABLE: Final = """CASE p.visibility WHEN 'public' THEN NOT {is_private}
        WHEN 'group' THEN g.access = 'public' AND g.hidden_at IS NULL ELSE false END"""
"""Whether everybody may read it; `is_private` is the author's account. For `format`."""
_IS_PRIVATE: Final = "(SELECT a.is_private FROM profiles_people a WHERE a.user_id = p.author_id)"
COLUMNS: Final = f"""
    p.id AS post_id, p.author_id, {REPLIES} AS replies, {IS_PASSABLE.format(is_private=_IS_PRIVATE)} AS is_passable,
    CASE WHEN coalesce(g.closed_at, g.hidden_at) IS NOT NULL THEN 'closed'
        WHEN p.group_id IS NOT NULL AND NOT {IS_MEMBER} THEN 'members' ELSE 'open' END AS place,
    v.standing, v.standing_until, v.standing_reason
"""
"""Of `PostAccess`, from `JOINS`."""
JOINS: Final = """
    LEFT JOIN groups g ON g.id = p.group_id
    LEFT JOIN profiles_people v ON v.user_id = %(viewer)s::uuid
"""
_READ: Final = f"SELECT {COLUMNS} FROM posts p {JOINS} WHERE p.id = %(post_id)s AND {READABLE}"
_LOCK: Final = f"{_READ} FOR NO KEY UPDATE OF p"
_LOCK_OF_COMMENT: Final = """
SELECT id FROM posts WHERE id = (SELECT post_id FROM comments WHERE id = %s) FOR NO KEY UPDATE
"""
_LOCK_ANY: Final = "SELECT FROM posts WHERE id = %s FOR NO KEY UPDATE"


def readable(connection: Connection, post_id: UUID, viewer: UUID | None) -> PostAccess | None:
    """None for a post that the viewer may not read."""
    return _access(connection, _READ, post_id, viewer)


def locked(connection: Connection, post_id: UUID, viewer: UUID) -> PostAccess | None:
    """The same, and the post stays as it is until the transaction ends."""
    return _access(connection, _LOCK, post_id, viewer)


def lock_any(connection: Connection, post_id: UUID) -> None:
    """Also a post that the caller may not read: undoing one's own act never needs the right to."""
    connection.execute(_LOCK_ANY, (post_id,))


def lock_of_comment(connection: Connection, comment_id: UUID) -> None:
    """The post of a comment that is about to change, whoever may read it."""
    connection.execute(_LOCK_OF_COMMENT, (comment_id,))


def _access(connection: Connection, statement: str, post_id: UUID, viewer: UUID | None) -> PostAccess | None:
    with connection.cursor(row_factory=class_row(PostAccess)) as cursor:
        return cursor.execute(statement, {"post_id": post_id, "viewer": viewer}).fetchone()
