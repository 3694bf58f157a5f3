"""Comments as they are written, changed and deleted. The post is locked before (`post_access`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection
from shared.contexts.profiles import audience


@dataclass(frozen=True, slots=True)
class OwnComment:
    """What a change of one's own comment depends on."""

    post_id: UUID
    is_live: bool
    version: int
    standing: str | None
    standing_until: datetime | None
    standing_reason: str | None


_INSERT: Final = """
INSERT INTO comments (post_id, author_id, body, entities, folded_text)
VALUES (%(post_id)s, %(viewer)s, %(body)s, %(entities)s, %(folded_text)s) RETURNING id
"""
_INSERT_REPLY: Final = f"""
INSERT INTO comments (post_id, parent_id, depth, author_id, body, entities, folded_text)
SELECT c.post_id, c.id, c.depth + 1, %(viewer)s, %(body)s, %(entities)s, %(folded_text)s FROM comments c
WHERE c.id = %(parent_id)s AND c.post_id = %(post_id)s AND c.is_live AND {audience.may_see("c.author_id")}
RETURNING id
"""
_POST_OF: Final = "SELECT post_id FROM comments WHERE id = %s"
_OWN: Final = """
SELECT c.post_id, c.is_live, c.version, a.standing, a.standing_until, a.standing_reason
FROM comments c LEFT JOIN profiles_people a ON a.user_id = c.author_id
WHERE c.id = %(id)s AND c.author_id = %(author_id)s AND c.deleted_at IS NULL FOR NO KEY UPDATE OF c
"""
_UPDATE: Final = """
WITH replaced AS (
    INSERT INTO comment_edits (comment_id, version, body)
    SELECT id, version, body FROM comments WHERE id = %(id)s AND body <> %(body)s::text RETURNING comment_id
)
UPDATE comments SET body = %(body)s, entities = %(entities)s, folded_text = %(folded_text)s,
    edited_at = CASE WHEN EXISTS (SELECT FROM replaced) THEN now() ELSE edited_at END, version = version + 1
WHERE id = %(id)s
"""
_DELETE: Final = """
UPDATE comments c SET deleted_at = now(), removed_by_post_author = c.author_id <> %(viewer)s, version = c.version + 1
FROM posts p
WHERE c.id = %(id)s AND p.id = c.post_id AND c.deleted_at IS NULL AND %(viewer)s IN (c.author_id, p.author_id)
"""
_MAY_DELETE: Final = """
SELECT FROM comments c JOIN posts p ON p.id = c.post_id
WHERE c.id = %(id)s AND %(viewer)s IN (c.author_id, p.author_id)
"""
# A mention reaches whoever may read the comment: what is between them and its author decides, then what is between them
# and the post. Others have no row, and are not told. Who was withdrawn and is named again is told no second time.
_BY_NAMED: Final = f"{READABLE} AND {audience.may_see('%(author_id)s::uuid')}".replace("%(viewer)s::uuid", "a.user_id")
_MENTION: Final = f"""
WITH named AS MATERIALIZED (
    SELECT a.user_id FROM unnest(%(people)s::uuid[]) AS a(user_id)
    JOIN comments c ON c.id = %(id)s JOIN posts p ON p.id = c.post_id
    WHERE a.user_id <> %(author_id)s::uuid AND {_BY_NAMED}
), withdrawn AS (
    UPDATE comment_mentions m SET withdrawn_at = now()
    WHERE m.comment_id = %(id)s AND m.withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM named WHERE user_id = m.user_id)
)
INSERT INTO comment_mentions (comment_id, user_id) SELECT %(id)s, user_id FROM named ORDER BY user_id
ON CONFLICT (comment_id, user_id) DO UPDATE SET withdrawn_at = NULL
"""


def insert(connection: Connection, values: Mapping[str, Any]) -> UUID | None:
    """A comment on the post, or, with a `parent_id`, an answer to a comment; None where that cannot be answered."""
    statement = _INSERT if values["parent_id"] is None else _INSERT_REPLY
    row = connection.execute(statement, values).fetchone()
    return None if row is None else row["id"]


def post_of(connection: Connection, comment_id: UUID) -> UUID | None:
    row = connection.execute(_POST_OF, (comment_id,)).fetchone()
    return None if row is None else row["post_id"]


def lock_own(connection: Connection, comment_id: UUID, author_id: UUID) -> OwnComment | None:
    """A comment of the author's that is not deleted."""
    with connection.cursor(row_factory=class_row(OwnComment)) as cursor:
        return cursor.execute(_OWN, {"id": comment_id, "author_id": author_id}).fetchone()


def update(connection: Connection, values: Mapping[str, Any]) -> None:
    """What it said before is kept, if that was something else."""
    connection.execute(_UPDATE, values)


def delete(connection: Connection, comment_id: UUID, viewer: UUID) -> bool:
    """By its author or by the post's; True also where it was deleted before."""
    values = {"id": comment_id, "viewer": viewer}
    return (
        connection.execute(_DELETE, values).rowcount == 1
        or connection.execute(_MAY_DELETE, values).fetchone() is not None
    )


def mention(connection: Connection, comment_id: UUID, author_id: UUID, people: Sequence[UUID]) -> None:
    """The people whom the comment names now."""
    connection.execute(_MENTION, {"id": comment_id, "author_id": author_id, "people": list(people)})
