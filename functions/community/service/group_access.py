"""Whether somebody may do something in a group: asked once, at the door of every use case of groups."""

from __future__ import annotations

from datetime import UTC
from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.errors import (
    BannedFromGroupError,
    GroupClosedError,
    GroupNotFoundError,
    GroupRoleRequiredError,
    MembersOnlyError,
)
from functions.community.repository import group_members, groups
from functions.community.repository.group_members import GroupState
from functions.community.repository.groups import GroupCard
from shared.clients.database import Connection
from shared.contexts.profiles import standing


def locked(connection: Connection, slug: str, user_id: UUID) -> GroupState:
    """The group, and where the caller stands in it, neither of which changes until the transaction ends. Raises
    GroupNotFoundError, also where it is by invitation and the caller has none, or hidden and they are no member.
    """
    group_members.lock(connection, slug)
    state = group_members.state(connection, slug, user_id)
    if state is None:
        raise GroupNotFoundError
    is_open = not state.is_hidden and (state.access != "invitation" or state.is_invited)
    if state.role is None and not is_open:
        raise GroupNotFoundError
    return state


def acting(connection: Connection, slug: str, user_id: UUID, least: GroupRole) -> GroupState:
    """`locked`, for who has at least this role. Raises GroupRoleRequiredError, BannedFromGroupError, and what
    `standing.check` raises.
    """
    state = locked(connection, slug, user_id)
    require_not_banned(state)
    if state.role is None or not GroupRole(state.role).includes(least):
        raise GroupRoleRequiredError(role=least.value)
    require_standing(connection, state, user_id)
    return state


def require_standing(connection: Connection, state: GroupState, user_id: UUID) -> None:
    """Raises what `standing.check` raises, for the caller."""
    standing.check(connection, user_id, state.standing, state.standing_until, state.standing_reason)


def require_open(state: GroupState) -> None:
    """Raises GroupClosedError."""
    if state.closed_at is not None:
        raise GroupClosedError


def require_not_banned(state: GroupState | GroupCard) -> None:
    """Raises BannedFromGroupError."""
    if state.is_banned:
        until = state.banned_until
        end = until.astimezone(UTC).isoformat().replace("+00:00", "Z") if until else None
        raise BannedFromGroupError(until=end, reason=state.ban_reason)


def readable(connection: Connection, slug: str, viewer: UUID | None) -> GroupCard:
    """The group, for who may read its posts and who is in it. Raises GroupNotFoundError, BannedFromGroupError,
    MembersOnlyError.
    """
    card = groups.by_slug(connection, slug, viewer)
    if card is None:
        raise GroupNotFoundError
    require_not_banned(card)
    if not card.may_read:
        raise MembersOnlyError
    return card


def staff(connection: Connection, slug: str, viewer: UUID) -> GroupCard:
    """The group, for its moderators and owners who read. Raises GroupNotFoundError, BannedFromGroupError,
    GroupRoleRequiredError.
    """
    card = groups.by_slug(connection, slug, viewer)
    if card is None:
        raise GroupNotFoundError
    require_not_banned(card)
    if card.role is None or not GroupRole(card.role).includes(GroupRole.MODERATOR):
        raise GroupRoleRequiredError(role=GroupRole.MODERATOR.value)
    return card
