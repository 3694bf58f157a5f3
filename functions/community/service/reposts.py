"""Posts passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from functions.community.errors import PostNotFoundError, RepostNotAllowedError
from functions.community.repository import post_access, reposts
from functions.community.repository.reposts import Reposter
from functions.community.service import post_writer
from functions.community.service.posts import Cards
from shared.clients.database import Connection
from shared.contexts.profiles import standing
from shared.pages import split_page


@dataclass(frozen=True, slots=True)
class Reposted:
    """`is_new`: whether the request made something."""

    post_id: UUID
    is_new: bool
    is_reposted: bool
    count: int


def repost(connection: Connection, post_id: UUID, *, user_id: UUID) -> Reposted:
    """Once for each person. Raises PostNotFoundError, RepostNotAllowedError for what is not for everybody, and what
    `standing.check` raises.
    """
    access = post_access.locked(connection, post_id, user_id)
    if access is None:
        raise PostNotFoundError
    standing.check(connection, user_id, access.standing, access.standing_until, access.standing_reason)
    if not access.is_passable:
        raise RepostNotAllowedError
    is_new = reposts.insert(connection, post_id, user_id)
    return Reposted(post_id, is_new, is_reposted=True, count=reposts.state(connection, post_id, user_id).reposts)


def quote(connection: Connection, post_id: UUID, text: str, *, user_id: UUID) -> tuple[Reposted, Cards]:
    """A post of the person's that quotes this one. Raises as `post_writer.write`."""
    cards = post_writer.write(connection, {"text": text, "quoted_post_id": post_id}, author_id=user_id)
    state = reposts.state(connection, post_id, user_id)
    return Reposted(post_id, is_new=True, is_reposted=state.is_reposted, count=state.reposts), cards


def undo(connection: Connection, post_id: UUID, *, user_id: UUID) -> None:
    """Also where there is none, and where the post is not for the caller any more."""
    post_access.lock_any(connection, post_id)
    reposts.delete(connection, post_id, user_id)


def people(
    connection: Connection, post_id: UUID, *, viewer: UUID | None, limit: int, after: Sequence[Any] | None
) -> tuple[Sequence[Reposter], list[Any] | None]:
    """Who passed it on, the last first, and the sort values after which the next page begins. Raises
    PostNotFoundError.
    """
    if post_access.readable(connection, post_id, viewer) is None:
        raise PostNotFoundError
    rows = reposts.people(connection, post_id, viewer, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: [row.created_at, row.user_id])
