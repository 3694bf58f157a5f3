"""Posts of a group: its feed, and what its moderators and authors do with them there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.domain.post_order import PostOrder
from functions.community.errors import (
    CommentNotFoundError,
    FlairNotFoundError,
    GroupRoleRequiredError,
    NotAuthorError,
    PostNotFoundError,
    TooManyPinsError,
)
from functions.community.repository import group_posts
from functions.community.repository.group_members import GroupState
from functions.community.repository.group_posts import GroupPost, Place
from functions.community.service import group_access, posts
from functions.community.service.posts import Cards
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.pages import split_page

MAX_PINS: Final = 3


class Position(NamedTuple):
    """Where the next page begins, which pinned posts the first one had, and when that was read."""

    place: Place
    pinned: Sequence[UUID]
    epoch: datetime


def page(
    connection: Connection,
    slug: str,
    order: PostOrder,
    *,
    viewer: UUID | None,
    flair_id: UUID | None,
    limit: int,
    after: Position | None,
    epoch: datetime,
) -> tuple[Cards, Position | None]:
    """A page of the group's posts, and where the next page begins. Pinned ones stand first, and nowhere else for who
    goes on from there, whatever is pinned meanwhile. Raises what `group_access.readable` raises.
    """
    card = group_access.readable(connection, slug, viewer)
    if after is None:
        # One place is left for a post of the list, so that there is something to go on from.
        fit = min(MAX_PINS, limit - 1)
        pinned = group_posts.pinned(connection, card.id, viewer, flair_id=flair_id, limit=fit) if fit else []
        shown, room = pinned, limit - len(pinned)
    else:
        pinned, shown, room = [], list(after.pinned), limit
    places, last = split_page(
        group_posts.listed(
            connection,
            card.id,
            viewer,
            order,
            flair_id=flair_id,
            without=shown,
            limit=room + 1,
            after=after.place if after else None,
            epoch=epoch,
        ),
        room,
        lambda place: place,
    )
    cards = posts.page(connection, [*pinned, *(place.id for place in places)], viewer)
    return cards, Position(last, shown, epoch) if last is not None else None


def pin(connection: Connection, slug: str, post_id: UUID, *, on: bool, user_id: UUID) -> Cards:
    """Show the post first in the group, or no longer. Again changes nothing. Raises TooManyPinsError."""
    state, post = _moderated(connection, slug, post_id, user_id)
    if on != post.is_pinned:
        if on and group_posts.pins(connection, state.id) >= MAX_PINS:
            raise TooManyPinsError(limit=MAX_PINS)
        group_posts.pin(connection, post_id, on=on)
        audit.record(connection, "group.post_pinned" if on else "group.post_unpinned", Subject("post", post_id))
    return posts.show(connection, post_id, viewer=user_id)


def lock(connection: Connection, slug: str, post_id: UUID, *, on: bool, user_id: UUID) -> Cards:
    """Nobody comments any more, or people do again. Again changes nothing."""
    _, post = _moderated(connection, slug, post_id, user_id)
    if on != post.is_locked:
        group_posts.lock(connection, post_id, on=on)
        audit.record(connection, "group.post_locked" if on else "group.post_unlocked", Subject("post", post_id))
    return posts.show(connection, post_id, viewer=user_id)


def set_flair(connection: Connection, slug: str, post_id: UUID, flair_id: UUID | None, *, user_id: UUID) -> Cards:
    """One of the group's, or none; by the post's author or a moderator. Raises FlairNotFoundError."""
    state, post = _entered(connection, slug, post_id, user_id)
    if post.author_id != user_id and not GroupRole(state.role or GroupRole.MEMBER).includes(GroupRole.MODERATOR):
        raise GroupRoleRequiredError(role=GroupRole.MODERATOR.value)
    if not group_posts.set_flair(connection, post_id, state.id, flair_id):
        raise FlairNotFoundError
    return posts.show(connection, post_id, viewer=user_id)


def accept(connection: Connection, slug: str, post_id: UUID, comment_id: UUID | None, *, user_id: UUID) -> Cards:
    """The comment that answers the question, by whoever asked it; or none. Raises NotAuthorError,
    CommentNotFoundError.
    """
    _, post = _entered(connection, slug, post_id, user_id)
    if post.author_id != user_id:
        raise NotAuthorError
    if not group_posts.accept(connection, post_id, comment_id):
        raise CommentNotFoundError
    return posts.show(connection, post_id, viewer=user_id)


def _moderated(connection: Connection, slug: str, post_id: UUID, user_id: UUID) -> tuple[GroupState, GroupPost]:
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    return state, _readable(connection, state, post_id, user_id)


def _entered(connection: Connection, slug: str, post_id: UUID, user_id: UUID) -> tuple[GroupState, GroupPost]:
    state = group_access.acting(connection, slug, user_id, GroupRole.MEMBER)
    return state, _readable(connection, state, post_id, user_id)


def _readable(connection: Connection, state: GroupState, post_id: UUID, user_id: UUID) -> GroupPost:
    post = group_posts.locked(connection, post_id, state.id, user_id)
    if post is None or not post.is_readable:
        raise PostNotFoundError
    return post
