"""Comments: written, answered, changed, deleted and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from functions.community.errors import (
    CommentNotFoundError,
    GroupClosedError,
    NotAMemberError,
    PostLockedError,
    PostNotFoundError,
    ReplyNotAllowedError,
)
from functions.community.repository import comment_cards, comment_places, comments, post_access
from functions.community.repository.comment_cards import CommentCard
from functions.community.repository.comment_places import CommentOrder, CommentPlace
from functions.community.repository.post_access import PostAccess
from functions.community.service import comment_texts
from shared.clients.database import Connection
from shared.contexts.moderation import holding, spam_limits
from shared.contexts.profiles import standing
from shared.errors import VersionConflictError
from shared.pages import split_page


class ThreadRights(NamedTuple):
    """What the viewer may do in a thread: answer, and change what they wrote."""

    may_reply: bool
    may_edit: bool


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Comments in order with the first answers to each."""

    places: Sequence[CommentPlace]
    cards: Mapping[UUID, CommentCard]
    rights: ThreadRights


@dataclass(frozen=True, slots=True)
class OneComment:
    card: CommentCard
    rights: ThreadRights


def write(connection: Connection, post_id: UUID, text: str, *, parent_id: UUID | None, author_id: UUID) -> OneComment:
    """A comment on a post, or an answer to one. Raises PostNotFoundError, CommentNotFoundError, what
    `require_replies`, `comment_texts.read` and `spam_limits.require_room` raise, and what `standing.check` raises.
    """
    access = post_access.locked(connection, post_id, author_id)
    if access is None:
        raise PostNotFoundError
    standing.check(connection, author_id, access.standing, access.standing_until, access.standing_reason)
    require_replies(access)
    content = comment_texts.read(connection, text, writer=author_id)
    spam_limits.require_room(connection, author_id, content.body)
    comment_id = comments.insert(
        connection, {"post_id": post_id, "parent_id": parent_id, "viewer": author_id, **_columns(content)}
    )
    if comment_id is None:
        raise CommentNotFoundError
    holding.file(connection, content.verdict, "comment", comment_id, owner_id=author_id, version=1)
    if content.people:
        comments.mention(connection, comment_id, author_id, content.people)
    card = comment_cards.cards(connection, [comment_id], author_id)[comment_id]
    return OneComment(card, ThreadRights(may_reply=True, may_edit=True))


def change(connection: Connection, comment_id: UUID, text: str, *, version: int, author_id: UUID) -> OneComment:
    """Of one's own. Raises CommentNotFoundError, VersionConflictError, what `require_place` raises, and what `write`
    raises of texts and people.
    """
    post_access.lock_of_comment(connection, comment_id)
    comment = comments.lock_own(connection, comment_id, author_id)
    if comment is None or not comment.is_live:
        raise CommentNotFoundError
    standing.check(connection, author_id, comment.standing, comment.standing_until, comment.standing_reason)
    if comment.version != version:
        raise VersionConflictError(current_version=comment.version)
    access = post_access.readable(connection, comment.post_id, author_id)
    if access is None:
        raise CommentNotFoundError
    require_place(access)
    content = comment_texts.read(connection, text, writer=author_id)
    comments.update(connection, {"id": comment_id, **_columns(content)})
    holding.file(connection, content.verdict, "comment", comment_id, owner_id=author_id, version=comment.version + 1)
    comments.mention(connection, comment_id, author_id, content.people)
    card = comment_cards.cards(connection, [comment_id], author_id)[comment_id]
    return OneComment(card, _rights(access))


def delete(connection: Connection, comment_id: UUID, *, user_id: UUID) -> None:
    """By its author, or by the post's author, who removes it. Deleted twice is deleted. Raises CommentNotFoundError."""
    post_access.lock_of_comment(connection, comment_id)
    if not comments.delete(connection, comment_id, user_id):
        raise CommentNotFoundError


def show(connection: Connection, comment_id: UUID, *, viewer: UUID | None) -> OneComment:
    """Raises CommentNotFoundError, also for what the viewer may not read."""
    card = comment_cards.readable(connection, comment_id, viewer)
    if card is None:
        raise CommentNotFoundError
    return OneComment(card, _rights(post_access.readable(connection, card.post_id, viewer)))


def of_post(
    connection: Connection,
    post_id: UUID,
    order: CommentOrder,
    *,
    viewer: UUID | None,
    limit: int,
    after: list[Any] | None,
    epoch: datetime,
) -> tuple[CommentPage, CommentPlace | None]:
    """A page of a post's first level, and the place behind which the next one begins; `epoch` is when the first page
    was read. Raises PostNotFoundError.
    """
    access = post_access.readable(connection, post_id, viewer)
    if access is None:
        raise PostNotFoundError
    places = comment_places.of_post(connection, post_id, viewer, order, limit=limit + 1, after=after, epoch=epoch)
    return _page(connection, places, limit, viewer, access)


def replies(
    connection: Connection,
    comment_id: UUID,
    order: CommentOrder,
    *,
    viewer: UUID | None,
    limit: int,
    after: list[Any] | None,
    epoch: datetime,
) -> tuple[CommentPage, CommentPlace | None]:
    """A page of the answers to a comment, as of a post's first level. Raises CommentNotFoundError."""
    post_id = comments.post_of(connection, comment_id)
    access = None if post_id is None else post_access.readable(connection, post_id, viewer)
    if access is None:
        raise CommentNotFoundError
    places = comment_places.replies(connection, comment_id, viewer, order, limit=limit + 1, after=after, epoch=epoch)
    return _page(connection, places, limit, viewer, access)


def require_place(access: PostAccess) -> None:
    """Whether the viewer writes in the post's group, if it is in one. Raises GroupClosedError or NotAMemberError."""
    if access.place == "closed":
        raise GroupClosedError
    if access.place == "members":
        raise NotAMemberError


def require_replies(access: PostAccess) -> None:
    """Raises PostLockedError, ReplyNotAllowedError, and what `require_place` raises."""
    if access.replies == "locked":
        raise PostLockedError
    require_place(access)
    if access.replies != "open":
        raise ReplyNotAllowedError(reply_policy=access.replies)


def _page(
    connection: Connection, rows: Sequence[CommentPlace], limit: int, viewer: UUID | None, access: PostAccess
) -> tuple[CommentPage, CommentPlace | None]:
    places, last = split_page(rows, limit, lambda place: place)
    shown = [
        comment_id for place in places for comment_id in (place.id, *place.replies[: comment_places.FIRST_REPLIES])
    ]
    return CommentPage(places, comment_cards.cards(connection, shown, viewer), _rights(access)), last


def _rights(access: PostAccess | None) -> ThreadRights:
    if access is None or access.standing != standing.Standing.GOOD:
        return ThreadRights(may_reply=False, may_edit=False)
    return ThreadRights(access.replies == "open", access.place == "open")


def _columns(content: comment_texts.CommentText) -> dict[str, Any]:
    return {"body": content.body, "entities": Jsonb(content.entities), "folded_text": content.folded}
