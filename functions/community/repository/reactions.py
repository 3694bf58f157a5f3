"""Reactions to posts and comments. Triggers count them; the target is locked before a reaction is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from psycopg.rows import args_row, class_row

from functions.community.repository.visibility import PERSON_LISTED, READABLE
from shared.clients.database import Connection
from shared.contexts.profiles import audience

Target = Literal["post", "comment"]


class ReactionState(NamedTuple):
    """The caller's reaction, as a number of `functions.community.domain.emoji`, and everybody's."""

    emoji: int | None
    counts: list[int]


@dataclass(frozen=True, slots=True)
class Reactor:
    """Somebody who reacted."""

    id: UUID
    user_id: UUID
    username: str
    display_name: str | None
    picture: dict[str, Any] | None
    emoji: int
    created_at: datetime


_LOCK_COMMENT: Final = f"""
SELECT v.standing, v.standing_until, v.standing_reason FROM comments c JOIN posts p ON p.id = c.post_id
LEFT JOIN profiles_people v ON v.user_id = %(viewer)s::uuid
WHERE c.id = %(id)s AND c.is_live AND {audience.may_see("c.author_id")} AND {READABLE} FOR NO KEY UPDATE OF c
"""
_LOCK_ANY_COMMENT: Final = "SELECT FROM comments WHERE id = %s FOR NO KEY UPDATE"
_COMMENT_READABLE: Final = f"""
SELECT FROM comments c JOIN posts p ON p.id = c.post_id
WHERE c.id = %(id)s AND c.is_live AND {audience.may_see("c.author_id")} AND {READABLE}
"""
_PUT: Final = """
INSERT INTO reactions AS r (user_id, {target}_id, emoji) SELECT %(viewer)s, %(id)s, %(emoji)s{condition}
ON CONFLICT ({target}_id, user_id) WHERE {target}_id IS NOT NULL
    DO UPDATE SET emoji = excluded.emoji WHERE r.emoji <> excluded.emoji
"""
_TOGGLE: Final = """
WITH undone AS (
    DELETE FROM reactions WHERE user_id = %(viewer)s AND {target}_id = %(id)s AND emoji = %(emoji)s RETURNING emoji
) {put}
"""
_DELETE: Final = "DELETE FROM reactions WHERE user_id = %(viewer)s AND {target}_id = %(id)s"
_STATE: Final = """
SELECT (SELECT r.emoji FROM reactions r WHERE r.{target}_id = t.id AND r.user_id = %(viewer)s), t.reaction_counts
FROM {target}s t WHERE t.id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class LockedComment:
    """The standing of who wants to react to it."""

    standing: str | None
    standing_until: datetime | None
    standing_reason: str | None


def lock_comment(connection: Connection, comment_id: UUID, viewer: UUID) -> LockedComment | None:
    """None for a comment that the viewer may not read."""
    with connection.cursor(row_factory=class_row(LockedComment)) as cursor:
        return cursor.execute(_LOCK_COMMENT, {"id": comment_id, "viewer": viewer}).fetchone()


def lock_any_comment(connection: Connection, comment_id: UUID) -> None:
    """Also one that the caller may not read: undoing one's own act never needs the right to."""
    connection.execute(_LOCK_ANY_COMMENT, (comment_id,))


def is_comment_readable(connection: Connection, comment_id: UUID, viewer: UUID | None) -> bool:
    return connection.execute(_COMMENT_READABLE, {"id": comment_id, "viewer": viewer}).fetchone() is not None


def put(connection: Connection, target: Target, target_id: UUID, viewer: UUID, emoji: int) -> None:
    """One reaction of the viewer's, whichever there was."""
    statement = _PUT.format(target=target, condition="")
    connection.execute(statement, {"id": target_id, "viewer": viewer, "emoji": emoji})


def toggle(connection: Connection, target: Target, target_id: UUID, viewer: UUID, emoji: int) -> None:
    """The same reaction once more undoes it; another one takes its place."""
    write = _PUT.format(target=target, condition=" WHERE NOT EXISTS (SELECT FROM undone)")
    statement = _TOGGLE.format(target=target, put=write)
    connection.execute(statement, {"id": target_id, "viewer": viewer, "emoji": emoji})


def delete(connection: Connection, target: Target, target_id: UUID, viewer: UUID) -> None:
    connection.execute(_DELETE.format(target=target), {"id": target_id, "viewer": viewer})


def state(connection: Connection, target: Target, target_id: UUID, viewer: UUID) -> ReactionState:
    with connection.cursor(row_factory=args_row(ReactionState)) as cursor:
        row = cursor.execute(_STATE.format(target=target), {"id": target_id, "viewer": viewer}).fetchone()
    if row is None:
        raise LookupError(f"{target} {target_id}")
    return row


def people(
    connection: Connection,
    target: Target,
    target_id: UUID,
    viewer: UUID | None,
    *,
    emoji: int | None,
    limit: int,
    below: UUID | None,
) -> Sequence[Reactor]:
    """Who reacted, the last first; without people whom a wall parts from the viewer, or whom the viewer mutes."""
    values = {"id": target_id, "viewer": viewer, "emoji": emoji, "limit": limit, "below": below}
    with connection.cursor(row_factory=class_row(Reactor)) as cursor:
        return cursor.execute(_people(target, emoji is not None, below is not None), values).fetchall()


@lru_cache(maxsize=8)
def _people(target: Target, is_of_one_emoji: bool, continues: bool) -> str:
    conditions = " AND r.emoji = %(emoji)s" if is_of_one_emoji else ""
    conditions += " AND r.id < %(below)s::uuid" if continues else ""
    return f"""
SELECT r.id, r.user_id, a.username, a.display_name, a.picture, r.emoji, r.created_at
FROM (SELECT r.id, r.user_id, r.emoji, r.created_at FROM reactions r
    WHERE r.{target}_id = %(id)s{conditions} AND {PERSON_LISTED.format(person="r.user_id")}
    ORDER BY r.id DESC LIMIT %(limit)s) r
JOIN profiles_people a ON a.user_id = r.user_id ORDER BY r.id DESC
"""
