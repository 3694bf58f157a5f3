"""Reactions to posts and comments."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.community.domain import emoji
from functions.community.domain.emoji import Reaction
from functions.community.errors import CommentNotFoundError, PostNotFoundError
from functions.community.repository import post_access, reactions
from functions.community.repository.reactions import ReactionState, Reactor, Target
from shared.clients.database import Connection
from shared.contexts.profiles import standing
from shared.pages import split_by_id


def put(connection: Connection, target: Target, target_id: UUID, reaction: Reaction, *, user_id: UUID) -> ReactionState:
    """One reaction, in the place of any other. Raises PostNotFoundError or CommentNotFoundError, also where the target
    is not for the caller, and what `standing.check` raises.
    """
    _lock(connection, target, target_id, user_id)
    reactions.put(connection, target, target_id, user_id, emoji.NUMBERS[reaction])
    return reactions.state(connection, target, target_id, user_id)


def toggle(
    connection: Connection, target: Target, target_id: UUID, reaction: Reaction, *, user_id: UUID
) -> ReactionState:
    """The same reaction a second time undoes it. Raises as `put`."""
    _lock(connection, target, target_id, user_id)
    reactions.toggle(connection, target, target_id, user_id, emoji.NUMBERS[reaction])
    return reactions.state(connection, target, target_id, user_id)


def undo(connection: Connection, target: Target, target_id: UUID, *, user_id: UUID) -> None:
    """Also where there is none, and where the target is not for the caller any more."""
    if target == "post":
        post_access.lock_any(connection, target_id)
    else:
        reactions.lock_any_comment(connection, target_id)
    reactions.delete(connection, target, target_id, user_id)


def people(
    connection: Connection,
    target: Target,
    target_id: UUID,
    *,
    reaction: Reaction | None,
    viewer: UUID | None,
    limit: int,
    below: UUID | None,
) -> tuple[Sequence[Reactor], UUID | None]:
    """Who reacted, the last first, and the id below which the next page begins. Raises as `put` where the target is
    not for the viewer.
    """
    if target == "post" and post_access.readable(connection, target_id, viewer) is None:
        raise PostNotFoundError
    if target == "comment" and not reactions.is_comment_readable(connection, target_id, viewer):
        raise CommentNotFoundError
    number = None if reaction is None else emoji.NUMBERS[reaction]
    rows = reactions.people(connection, target, target_id, viewer, emoji=number, limit=limit + 1, below=below)
    return split_by_id(rows, limit)


def _lock(connection: Connection, target: Target, target_id: UUID, user_id: UUID) -> None:
    if target == "post":
        access = post_access.locked(connection, target_id, user_id)
        if access is None:
            raise PostNotFoundError
        standing.check(connection, user_id, access.standing, access.standing_until, access.standing_reason)
        return
    comment = reactions.lock_comment(connection, target_id, user_id)
    if comment is None:
        raise CommentNotFoundError
    standing.check(connection, user_id, comment.standing, comment.standing_until, comment.standing_reason)
