"""Posts of a group: listed, and what its moderators do with them. Posts are locked before their comments, as everywhere
in community.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row, class_row

from functions.community.domain.post_order import PostOrder
from functions.community.repository import ranks
from functions.community.repository.visibility import LISTED, READABLE
from shared.clients.database import Connection
from shared.contexts.profiles import audience


class Place(NamedTuple):
    """A post's place in a list of its group: what the list is sorted by, and its id."""

    value: datetime | float
    id: UUID


@dataclass(frozen=True, slots=True)
class GroupPost:
    """A post of a group, locked until the transaction ends."""

    id: UUID
    author_id: UUID
    deleted_at: datetime | None
    hidden_at: datetime | None
    hidden_by_group: bool
    is_pinned: bool
    is_locked: bool
    accepted_comment_id: UUID | None
    flair_id: UUID | None
    is_readable: bool
    """For who acts."""


@dataclass(frozen=True, slots=True)
class GroupComment:
    """A comment on a post of a group, locked until the transaction ends."""

    id: UUID
    post_id: UUID
    author_id: UUID
    deleted_at: datetime | None
    hidden_at: datetime | None
    hidden_by_group: bool


_VALUES: Final = {PostOrder.NEW: "p.published_at", PostOrder.HOT: "p.hot_score"}
_ALL: Final = f"""{LISTED} AND p.id <> ALL(%(without)s::uuid[])
    AND (%(flair_id)s::uuid IS NULL OR p.flair_id = %(flair_id)s::uuid)"""
_LIST: Final = f"""
SELECT {{value}} AS value, p.id FROM posts p
WHERE p.group_id = %(group_id)s AND {_ALL}{{after}}
ORDER BY {{value}} DESC, p.id DESC LIMIT %(limit)s
"""
_AFTER: Final = {
    PostOrder.NEW: " AND (p.published_at, p.id) < (%(after)s::timestamptz, %(after_id)s::uuid)",
    PostOrder.HOT: f""" AND (p.hot_score, p.id) < (%(after)s::float8, %(after_id)s::uuid)
    AND p.published_at <= %(epoch)s::timestamptz AND {ranks.UNMOVED.format(target="p.id")}""",
}
_LISTS: Final = {order: _LIST.format(value=value, after="") for order, value in _VALUES.items()}
_CONTINUED: Final = {order: _LIST.format(value=value, after=_AFTER[order]) for order, value in _VALUES.items()}
_CONTINUED[PostOrder.HOT] = f"""
SELECT value, id FROM (({_CONTINUED[PostOrder.HOT]}) UNION ALL ({
    ranks.MOVED_POSTS.format(of="m.list_id = %(group_id)s", condition=_ALL)
})) c ORDER BY value DESC, id DESC LIMIT %(limit)s
"""
_PINNED: Final = f"""
SELECT p.id FROM posts p
WHERE p.group_id = %(group_id)s AND p.pinned_at IS NOT NULL AND {LISTED}
    AND (%(flair_id)s::uuid IS NULL OR p.flair_id = %(flair_id)s::uuid)
ORDER BY p.pinned_at DESC, p.id DESC LIMIT %(limit)s
"""
_REMOVED: Final = f"""
SELECT p.hidden_at, p.id FROM posts p
WHERE p.group_id = %(group_id)s AND p.hidden_by_group AND p.hidden_at IS NOT NULL AND p.deleted_at IS NULL
    AND {audience.may_see("p.author_id")}{{after}}
ORDER BY p.hidden_at DESC, p.id DESC LIMIT %(limit)s
"""
_REMOVED_AFTER: Final = " AND (p.hidden_at, p.id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_LOCKED: Final = f"""
SELECT p.id, p.author_id, p.deleted_at, p.hidden_at, p.hidden_by_group, p.pinned_at IS NOT NULL AS is_pinned,
    p.locked_at IS NOT NULL AS is_locked, p.accepted_comment_id, p.flair_id, {READABLE} AS is_readable
FROM posts p WHERE p.id = %(id)s AND p.group_id = %(group_id)s AND p.status = 'published' FOR NO KEY UPDATE OF p
"""
_LOCKED_COMMENT: Final = """
SELECT c.id, c.post_id, c.author_id, c.deleted_at, c.hidden_at, c.hidden_by_group
FROM comments c JOIN posts p ON p.id = c.post_id
WHERE c.id = %(id)s AND p.group_id = %(group_id)s FOR NO KEY UPDATE OF c
"""
_LOCK_POST_OF_COMMENT: Final = """
SELECT p.id FROM posts p WHERE p.id = (SELECT c.post_id FROM comments c WHERE c.id = %s) AND p.group_id = %s
FOR NO KEY UPDATE OF p
"""
_PINS: Final = "SELECT count(*) AS pins FROM posts WHERE group_id = %s AND pinned_at IS NOT NULL AND is_live"
_PIN: Final = "UPDATE posts SET pinned_at = CASE WHEN %(on)s THEN now() END WHERE id = %(id)s"
_LOCK: Final = "UPDATE posts SET locked_at = CASE WHEN %(on)s THEN now() END WHERE id = %(id)s"
_ACCEPT: Final = """
UPDATE posts SET accepted_comment_id = %(comment_id)s
WHERE id = %(id)s AND (%(comment_id)s::uuid IS NULL OR EXISTS (
    SELECT FROM comments c WHERE c.id = %(comment_id)s AND c.post_id = %(id)s AND c.is_live))
"""
_SET_FLAIR: Final = """
UPDATE posts SET flair_id = %(flair_id)s
WHERE id = %(id)s AND (%(flair_id)s::uuid IS NULL OR EXISTS (
    SELECT FROM group_flairs f WHERE f.id = %(flair_id)s AND f.group_id = %(group_id)s))
"""
_HIDE: Final = """
UPDATE posts SET hidden_at = now(), hidden_reason = %(reason)s, hidden_by_group = true, pinned_at = NULL,
    version = version + 1
WHERE id = %(id)s
"""
_SHOW: Final = """
UPDATE posts SET hidden_at = NULL, hidden_reason = NULL, hidden_by_group = false, version = version + 1
WHERE id = %(id)s
"""
_HIDE_COMMENT: Final = """
UPDATE comments SET hidden_at = now(), hidden_reason = %(reason)s, hidden_by_group = true, version = version + 1
WHERE id = %(id)s
"""
_SHOW_COMMENT: Final = """
UPDATE comments SET hidden_at = NULL, hidden_reason = NULL, hidden_by_group = false, version = version + 1
WHERE id = %(id)s
"""


def listed(
    connection: Connection,
    group_id: UUID,
    viewer: UUID | None,
    order: PostOrder,
    *,
    flair_id: UUID | None,
    without: Sequence[UUID],
    limit: int,
    after: Place | None,
    epoch: datetime,
) -> list[Place]:
    """The group's posts in this order, but for those of `without`; `epoch` is when the first page was read."""
    statement = _CONTINUED[order] if after else _LISTS[order]
    values = {
        "group_id": group_id,
        "viewer": viewer,
        "flair_id": flair_id,
        "without": list(without),
        "limit": limit,
        "epoch": epoch,
        "after": after and after.value,
        "after_id": after and after.id,
    }
    with connection.cursor(row_factory=args_row(Place)) as cursor:
        return cursor.execute(statement, values).fetchall()


def pinned(
    connection: Connection, group_id: UUID, viewer: UUID | None, *, flair_id: UUID | None, limit: int
) -> list[UUID]:
    """Pinned posts, the last one first."""
    values = {"group_id": group_id, "viewer": viewer, "flair_id": flair_id, "limit": limit}
    return [row["id"] for row in connection.execute(_PINNED, values)]


def removed(connection: Connection, group_id: UUID, viewer: UUID, *, limit: int, after: Place | None) -> list[Place]:
    """What moderators of the group have hidden, the last one first; without posts of people whom a block hides."""
    values: dict[str, Any] = {"group_id": group_id, "viewer": viewer, "limit": limit}
    if after:
        values |= {"after": after.value, "after_id": after.id}
    with connection.cursor(row_factory=args_row(Place)) as cursor:
        return cursor.execute(_REMOVED.format(after=_REMOVED_AFTER if after else ""), values).fetchall()


def locked(connection: Connection, post_id: UUID, group_id: UUID, viewer: UUID) -> GroupPost | None:
    """A published post of the group, hidden or not."""
    with connection.cursor(row_factory=class_row(GroupPost)) as cursor:
        values = {"id": post_id, "group_id": group_id, "viewer": viewer}
        return cursor.execute(_LOCKED, values).fetchone()


def locked_comment(connection: Connection, comment_id: UUID, group_id: UUID) -> GroupComment | None:
    """A comment on a post of the group, which is locked as well."""
    connection.execute(_LOCK_POST_OF_COMMENT, (comment_id, group_id))
    with connection.cursor(row_factory=class_row(GroupComment)) as cursor:
        return cursor.execute(_LOCKED_COMMENT, {"id": comment_id, "group_id": group_id}).fetchone()


def pins(connection: Connection, group_id: UUID) -> int:
    row = connection.execute(_PINS, (group_id,)).fetchone()
    return row["pins"] if row else 0


def pin(connection: Connection, post_id: UUID, *, on: bool) -> None:
    connection.execute(_PIN, {"id": post_id, "on": on})


def lock(connection: Connection, post_id: UUID, *, on: bool) -> None:
    """Nobody comments on a locked post."""
    connection.execute(_LOCK, {"id": post_id, "on": on})


def accept(connection: Connection, post_id: UUID, comment_id: UUID | None) -> bool:
    """False where the post has no such comment that is live."""
    return connection.execute(_ACCEPT, {"id": post_id, "comment_id": comment_id}).rowcount == 1


def set_flair(connection: Connection, post_id: UUID, group_id: UUID, flair_id: UUID | None) -> bool:
    """False where the group has no such flair."""
    values = {"id": post_id, "group_id": group_id, "flair_id": flair_id}
    return connection.execute(_SET_FLAIR, values).rowcount == 1


def hide(connection: Connection, post_id: UUID, reason: str) -> None:
    connection.execute(_HIDE, {"id": post_id, "reason": reason})


def reinstate(connection: Connection, post_id: UUID) -> None:
    connection.execute(_SHOW, {"id": post_id})


def hide_comment(connection: Connection, comment_id: UUID, reason: str) -> None:
    connection.execute(_HIDE_COMMENT, {"id": comment_id, "reason": reason})


def reinstate_comment(connection: Connection, comment_id: UUID) -> None:
    connection.execute(_SHOW_COMMENT, {"id": comment_id})
