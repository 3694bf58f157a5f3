"""Comments with all that a page shows of them, in one statement for any number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from functions.community.repository.comment_places import HAS_PLACE
from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection
from shared.contexts.profiles import audience


@dataclass(frozen=True, slots=True)
class CommentCard:
    """A comment as one viewer sees it; `reaction` is a number of `functions.community.domain.emoji`."""

    id: UUID
    post_id: UUID
    parent_id: UUID | None
    depth: int
    author_id: UUID
    username: str | None
    display_name: str | None
    picture: dict[str, Any] | None
    body: str
    entities: list[dict[str, Any]]
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    removed_by_post_author: bool
    hidden_at: datetime | None
    hidden_reason: str | None
    reaction_counts: list[int]
    reply_count: int
    version: int
    post_author_id: UUID
    is_visible: bool
    """Whether the viewer may see what its author publishes."""
    is_muted: bool
    is_folded: bool
    """Whether it has a word that the viewer does not want to read."""
    reaction: int | None


_CARDS: Final = f"""
SELECT c.id, c.post_id, c.parent_id, c.depth, c.author_id, a.username, a.display_name, a.picture, c.body, c.entities,
    c.created_at, c.edited_at, c.deleted_at, c.removed_by_post_author, c.hidden_at, c.hidden_reason, c.reaction_counts,
    c.reply_count, c.version, p.author_id AS post_author_id,
    {audience.may_see("c.author_id")} AS is_visible,
    EXISTS (SELECT FROM profiles_mutes o
        WHERE o.viewer_id = %(viewer)s::uuid AND o.person_id = c.author_id) AS is_muted,
    ({audience.is_folded_by_words("c.author_id", "c.folded_text")}
        OR {audience.is_hidden_by_words("c.author_id", "c.folded_text")}) AS is_folded,
    (SELECT r.emoji FROM reactions r WHERE r.comment_id = c.id AND r.user_id = %(viewer)s::uuid) AS reaction
FROM unnest(%(ids)s::uuid[]) AS wanted(id)
JOIN comments c ON c.id = wanted.id
JOIN posts p ON p.id = c.post_id
LEFT JOIN profiles_people a ON a.user_id = c.author_id
"""
_ONE: Final = f"""{_CARDS}
WHERE {READABLE} AND ({HAS_PLACE.format(c="c")} OR c.author_id = %(viewer)s::uuid
    AND (c.deleted_at IS NULL OR c.removed_by_post_author))
"""


def cards(connection: Connection, ids: Sequence[UUID], viewer: UUID | None) -> dict[UUID, CommentCard]:
    """By id; whose places the viewer may see has been asked already."""
    return {card.id: card for card in _read(connection, _CARDS, ids, viewer)} if ids else {}


def readable(connection: Connection, comment_id: UUID, viewer: UUID | None) -> CommentCard | None:
    """A comment that has a place in a post which the viewer may read; of one's own, also what others have removed."""
    return next(iter(_read(connection, _ONE, [comment_id], viewer)), None)


def _read(connection: Connection, statement: str, ids: Sequence[UUID], viewer: UUID | None) -> list[CommentCard]:
    with connection.cursor(row_factory=class_row(CommentCard)) as cursor:
        return cursor.execute(statement, {"ids": list(ids), "viewer": viewer}).fetchall()
