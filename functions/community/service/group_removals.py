"""Moderators of a group take posts and comments out of it, and reinstate them. Their authors read text and reason."""

from __future__ import annotations

from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.errors import CommentNotFoundError, HiddenByPlatformError, PostNotFoundError
from functions.community.repository import group_posts, post_cards
from functions.community.repository.group_posts import GroupComment, GroupPost, Place
from functions.community.service import group_access, posts
from functions.community.service.posts import Cards
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.pages import split_page


def removed_posts(
    connection: Connection, slug: str, *, viewer: UUID, limit: int, after: Place | None
) -> tuple[Cards, Place | None]:
    """A page of what the group's moderators have removed, for them. Raises what `group_access.staff` raises."""
    card = group_access.staff(connection, slug, viewer)
    places, last = split_page(
        group_posts.removed(connection, card.id, viewer, limit=limit + 1, after=after), limit, lambda place: place
    )
    cards = post_cards.removed(connection, [place.id for place in places], viewer)
    return posts.filled(connection, cards, viewer), last


def remove_post(connection: Connection, slug: str, post_id: UUID, *, reason: str, user_id: UUID) -> None:
    """Again changes nothing. Raises PostNotFoundError, and what `group_access.acting` raises."""
    post = _post(connection, slug, post_id, user_id)
    if post.hidden_at is None:
        group_posts.hide(connection, post_id, reason)
        _record(connection, "group.post_removed", Subject("post", post_id), (None, reason))


def reinstate_post(connection: Connection, slug: str, post_id: UUID, *, user_id: UUID) -> None:
    """Raises HiddenByPlatformError, and what `remove_post` raises."""
    post = _post(connection, slug, post_id, user_id)
    if _is_reinstatable(post):
        group_posts.reinstate(connection, post_id)
        _record(connection, "group.post_reinstated", Subject("post", post_id))


def remove_comment(connection: Connection, slug: str, comment_id: UUID, *, reason: str, user_id: UUID) -> None:
    """Again changes nothing. Raises CommentNotFoundError, and what `group_access.acting` raises."""
    comment = _comment(connection, slug, comment_id, user_id)
    if comment.hidden_at is None:
        group_posts.hide_comment(connection, comment_id, reason)
        _record(connection, "group.comment_removed", Subject("comment", comment_id), (None, reason))


def reinstate_comment(connection: Connection, slug: str, comment_id: UUID, *, user_id: UUID) -> None:
    """Raises HiddenByPlatformError, and what `remove_comment` raises."""
    comment = _comment(connection, slug, comment_id, user_id)
    if _is_reinstatable(comment):
        group_posts.reinstate_comment(connection, comment_id)
        _record(connection, "group.comment_reinstated", Subject("comment", comment_id))


def _is_reinstatable(hidden: GroupPost | GroupComment) -> bool:
    if hidden.hidden_at is not None and not hidden.hidden_by_group:
        raise HiddenByPlatformError
    return hidden.hidden_at is not None


def _post(connection: Connection, slug: str, post_id: UUID, user_id: UUID) -> GroupPost:
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    post = group_posts.locked(connection, post_id, state.id, user_id)
    if post is None or post.deleted_at is not None:
        raise PostNotFoundError
    return post


def _comment(connection: Connection, slug: str, comment_id: UUID, user_id: UUID) -> GroupComment:
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    comment = group_posts.locked_comment(connection, comment_id, state.id)
    if comment is None or comment.deleted_at is not None:
        raise CommentNotFoundError
    return comment


def _record(
    connection: Connection, action: str, subject: Subject, note: tuple[str | None, str | None] | None = None
) -> None:
    audit.record(connection, action, subject, changes={"note": note} if note else None)
