"""Members of groups: they join or ask to, leave, and get another role."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.errors import GroupPersonNotFoundError, GroupRoleRequiredError, LastOwnerError
from functions.community.repository import group_members, group_requests
from functions.community.repository.group_members import GroupPerson, GroupState, Place
from functions.community.repository.groups import GroupCard
from functions.community.service import group_access, groups
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.pages import split_page


def join(connection: Connection, slug: str, *, message: str, user_id: UUID) -> GroupCard:
    """Join a public group, or one that the caller is invited to; ask to join one by request. Again changes nothing.

    Raises GroupNotFoundError, BannedFromGroupError, GroupClosedError, and what `standing.check` raises.
    """
    state = group_access.locked(connection, slug, user_id)
    group_access.require_not_banned(state)
    group_access.require_standing(connection, state, user_id)
    if state.role is None:
        group_access.require_open(state)
        if state.access == "public" or state.is_invited:
            group_members.insert(connection, state.id, user_id)
        else:
            group_requests.ask(connection, state.id, user_id, message)
    return groups.show(connection, slug, viewer=user_id)


def leave(connection: Connection, slug: str, *, user_id: UUID) -> None:
    """Be no member any more; withdraw a request; decline an invitation. Raises GroupNotFoundError, LastOwnerError."""
    state = group_access.locked(connection, slug, user_id)
    if state.role == GroupRole.OWNER:
        _require_other_owner(connection, state, user_id)
    if not group_members.delete(connection, state.id, user_id):
        group_requests.delete(connection, state.id, user_id)


def follow(connection: Connection, slug: str, *, user_id: UUID) -> None:
    """Have the group's posts in one's feed, as members have by joining. Raises what `group_access.readable` raises."""
    group_members.follow(connection, group_access.readable(connection, slug, user_id).id, user_id)


def unfollow(connection: Connection, slug: str, *, user_id: UUID) -> None:
    """Have them there no more; to undo it one needs no right to read. Again changes nothing."""
    group_members.unfollow(connection, slug, user_id)


def newest(
    connection: Connection, slug: str, *, viewer: UUID | None, role: str | None, limit: int, after: Place | None
) -> tuple[Sequence[GroupPerson], Place | None]:
    """A page of members, and where the next page begins. Raises what `group_access.readable` raises."""
    card = group_access.readable(connection, slug, viewer)
    rows = group_members.newest(connection, card.id, viewer, role=role, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: Place(row.since, row.user_id))


def set_role(connection: Connection, slug: str, member_id: UUID, role: GroupRole, *, user_id: UUID) -> None:
    """By an owner. Raises GroupPersonNotFoundError, LastOwnerError, and what `group_access.acting` raises."""
    state = group_access.acting(connection, slug, user_id, GroupRole.OWNER)
    before = group_members.role(connection, state.id, member_id)
    if before is None:
        raise GroupPersonNotFoundError
    if before == role:
        return
    if before == GroupRole.OWNER:
        _require_other_owner(connection, state, member_id)
    group_members.set_role(connection, state.id, member_id, role.value)
    changes: audit.Changes = {"member_id": (member_id, member_id), "role": (before, role.value)}
    audit.record(connection, "group.role_changed", Subject("group", state.id), changes=changes)


def remove(connection: Connection, slug: str, member_id: UUID, *, user_id: UUID) -> None:
    """By somebody of a higher role. Raises GroupPersonNotFoundError, GroupRoleRequiredError, and what
    `group_access.acting` raises.
    """
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    before = require_rank(connection, state, member_id)
    if before is None:
        raise GroupPersonNotFoundError
    group_members.delete(connection, state.id, member_id)
    changes: audit.Changes = {"member_id": (member_id, None), "role": (before, None)}
    audit.record(connection, "group.member_removed", Subject("group", state.id), changes=changes)


def require_rank(connection: Connection, state: GroupState, member_id: UUID) -> GroupRole | None:
    """The other's role, about whom the caller may decide. Raises GroupRoleRequiredError."""
    found = group_members.role(connection, state.id, member_id)
    role = GroupRole(found) if found else None
    if not GroupRole(state.role or GroupRole.MEMBER).outranks(role):
        raise GroupRoleRequiredError(role=GroupRole.OWNER.value)
    return role


def _require_other_owner(connection: Connection, state: GroupState, user_id: UUID) -> None:
    if state.closed_at is None and not group_members.has_other_owner(connection, state.id, user_id):
        raise LastOwnerError
