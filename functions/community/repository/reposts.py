"""Posts that people passed on without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row, class_row

from functions.community.repository.visibility import PERSON_LISTED
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Reposter:
    user_id: UUID
    username: str
    display_name: str | None
    picture: dict[str, Any] | None
    created_at: datetime


class RepostState(NamedTuple):
    reposts: int
    is_reposted: bool


_INSERT: Final = "INSERT INTO reposts (post_id, user_id) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_DELETE: Final = "DELETE FROM reposts WHERE post_id = %s AND user_id = %s"
_STATE: Final = """
SELECT p.repost_count, EXISTS (SELECT FROM reposts r WHERE r.post_id = p.id AND r.user_id = %(user_id)s)
FROM posts p WHERE p.id = %(post_id)s
"""
_PEOPLE: Final = f"""
SELECT r.user_id, a.username, a.display_name, a.picture, r.created_at
FROM (SELECT r.user_id, r.created_at FROM reposts r
    WHERE r.post_id = %(post_id)s AND {PERSON_LISTED.format(person="r.user_id")}{{after}}
    ORDER BY r.created_at DESC, r.user_id DESC LIMIT %(limit)s) r
JOIN profiles_people a ON a.user_id = r.user_id ORDER BY r.created_at DESC, r.user_id DESC
"""
_AFTER: Final = " AND (r.created_at, r.user_id) < (%(after)s::timestamptz, %(after_id)s::uuid)"


def insert(connection: Connection, post_id: UUID, user_id: UUID) -> bool:
    """False where there is one already."""
    return connection.execute(_INSERT, (post_id, user_id)).rowcount == 1


def delete(connection: Connection, post_id: UUID, user_id: UUID) -> None:
    connection.execute(_DELETE, (post_id, user_id))


def state(connection: Connection, post_id: UUID, user_id: UUID) -> RepostState:
    """Of a post that there is."""
    with connection.cursor(row_factory=args_row(RepostState)) as cursor:
        row = cursor.execute(_STATE, {"post_id": post_id, "user_id": user_id}).fetchone()
    if row is None:
        raise LookupError(post_id)
    return row


def people(
    connection: Connection, post_id: UUID, viewer: UUID | None, *, limit: int, after: Sequence[Any] | None
) -> Sequence[Reposter]:
    """Who passed the post on, the last first; filtered as people who reacted."""
    values: dict[str, Any] = {"post_id": post_id, "viewer": viewer, "limit": limit}
    if after is not None:
        values["after"], values["after_id"] = after
    with connection.cursor(row_factory=class_row(Reposter)) as cursor:
        return cursor.execute(_PEOPLE.format(after=_AFTER if after else ""), values).fetchall()
