"""Pages of comments: ids in order, each with the first answers to it; `comment_cards` fills them.

What a viewer may not read is left out, and stands as an empty place where there are answers to it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import args_row

from functions.community.repository import ranks
from shared.clients.database import Connection
from shared.contexts.profiles import audience

FIRST_REPLIES: Final = 3
"""Answers that a page shows of each of its comments."""


class CommentOrder(StrEnum):
    OLD = "old"
    NEW = "new"
    TOP = "top"
    """By the number of reactions."""


class CommentPlace(NamedTuple):
    """A comment's place in a list. `replies` are the first answers, one more than are shown where there are more."""

    id: UUID
    created_at: datetime
    reactions: int
    replies: list[UUID]


_REACTIONS: Final = (
    "c.reaction_counts[1] + c.reaction_counts[2] + c.reaction_counts[3]"
    " + c.reaction_counts[4] + c.reaction_counts[5] + c.reaction_counts[6]"
)
HAS_PLACE: Final = f"({{c}}.reply_count > 0 OR {{c}}.is_live AND {audience.may_see('{c}.author_id')})"
_REPLIES: Final = f"""
coalesce((SELECT array_agg(r.id ORDER BY r.created_at, r.id) FROM (
    SELECT a.id, a.created_at FROM comments a
    WHERE a.parent_id = c.id AND a.is_shown AND {HAS_PLACE.format(c="a")}
    ORDER BY a.created_at, a.id LIMIT {FIRST_REPLIES + 1}) r), '{{}}') AS replies
"""
_LEVELS: Final = {
    "post_id": "c.post_id = %(of)s AND c.parent_id IS NULL",
    "parent_id": "c.parent_id = %(of)s",
}
_POSTS: Final = {"post_id": "%(of)s::uuid", "parent_id": "(SELECT post_id FROM comments WHERE id = %(of)s)"}
_ORDERS: Final = {
    CommentOrder.OLD: ("created_at, id", "(c.created_at, c.id) > (%(after)s::timestamptz, %(after_id)s::uuid)"),
    CommentOrder.NEW: (
        "created_at DESC, id DESC",
        "(c.created_at, c.id) < (%(after)s::timestamptz, %(after_id)s::uuid)",
    ),
    CommentOrder.TOP: ("reactions DESC, id DESC", "(c.reactions, c.id) < (%(after)s::int, %(after_id)s::uuid)"),
}


def of_post(
    connection: Connection, post_id: UUID, viewer: UUID | None, order: CommentOrder, **page: Any
) -> list[CommentPlace]:
    """The first level of a post; `page` is `limit`, `after`, the `sort_values` of the place before, and `epoch`, when
    the first page was read.
    """
    return _page(connection, "post_id", post_id, viewer, order, **page)


def replies(
    connection: Connection, comment_id: UUID, viewer: UUID | None, order: CommentOrder, **page: Any
) -> list[CommentPlace]:
    """The answers to a comment; `page` as of `of_post`."""
    return _page(connection, "parent_id", comment_id, viewer, order, **page)


def sort_values(place: CommentPlace, order: CommentOrder) -> list[Any]:
    """What a cursor behind this place holds."""
    return [place.reactions if order is CommentOrder.TOP else place.created_at, place.id]


def _page(
    connection: Connection,
    level: str,
    of: UUID,
    viewer: UUID | None,
    order: CommentOrder,
    *,
    limit: int,
    after: list[Any] | None,
    epoch: datetime,
) -> list[CommentPlace]:
    values: dict[str, Any] = {"of": of, "viewer": viewer, "limit": limit, "epoch": epoch}
    if after is not None:
        values["after"], values["after_id"] = after
    with connection.cursor(row_factory=args_row(CommentPlace)) as cursor:
        return cursor.execute(_statement(level, order, after is not None), values).fetchall()


@lru_cache(maxsize=12)
def _statement(level: str, order: CommentOrder, continues: bool) -> str:
    sort, behind = _ORDERS[order]
    behind = f" AND {behind}" if continues else ""
    if order is CommentOrder.TOP:
        comments = f"({_by_reactions(level, continues)}) c WHERE true{behind}"
    else:
        comments = f"comments c WHERE {_LEVELS[level]} AND c.is_shown{behind}"
    reactions = "c.reactions" if order is CommentOrder.TOP else f"{_REACTIONS} AS reactions"
    return f"""
SELECT c.id, c.created_at, c.reactions, {_REPLIES} FROM (
    SELECT c.id, c.created_at, {reactions} FROM {comments} AND {HAS_PLACE.format(c="c")}
    ORDER BY {sort} LIMIT %(limit)s) c
ORDER BY {sort}
"""


def _by_reactions(level: str, continues: bool) -> str:
    """No index has this order: sorted before it is asked who may read what, which is asked for one page. Pages behind
    the first go by the reactions of then.
    """
    columns = "c.id, c.created_at, c.author_id, c.is_live, c.reply_count"
    comments, condition, reactions = "comments c", f"{_LEVELS[level]} AND c.is_shown", _REACTIONS
    if continues:
        former = ranks.RANKS_OF_THEN.format(list_id=_POSTS[level])
        comments = f"comments c LEFT JOIN ({former}) former ON former.target_id = c.id"
        condition += " AND c.created_at <= %(epoch)s::timestamptz"
        reactions = f"coalesce(former.value::int, {_REACTIONS})"
    return (
        f"SELECT {columns}, {reactions} AS reactions FROM {comments} WHERE {condition}"
        " ORDER BY reactions DESC, id DESC OFFSET 0"
    )
