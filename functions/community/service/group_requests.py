"""Requests to join a group and invitations to it, by its moderators."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.errors import AlreadyMemberError, GroupPersonNotFoundError, PersonBannedError
from functions.community.repository import group_bans, group_members, group_requests, groups
from functions.community.repository.group_members import GroupPerson, Place
from functions.community.service import group_access
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.pages import split_page


def newest(
    connection: Connection, slug: str, *, invited: bool, viewer: UUID, limit: int, after: Place | None
) -> tuple[Sequence[GroupPerson], Place | None]:
    """A page of who has asked, or who is invited. Raises what `group_access.staff` raises."""
    card = group_access.staff(connection, slug, viewer)
    rows = group_requests.newest(connection, card.id, viewer, invited=invited, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: Place(row.since, row.user_id))


def decide(connection: Connection, slug: str, person_id: UUID, *, accepted: bool, user_id: UUID) -> None:
    """Let somebody in who has asked, or not. Raises GroupPersonNotFoundError where they have not asked, or no longer
    do; GroupClosedError; and what `group_access.acting` raises.
    """
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    if accepted:
        group_access.require_open(state)
    if not group_requests.delete_asked(connection, state.id, person_id):
        raise GroupPersonNotFoundError
    if accepted:
        group_members.insert(connection, state.id, person_id)
    action = "group.request_accepted" if accepted else "group.request_declined"
    audit.record(connection, action, Subject("group", state.id), changes={"person_id": (None, person_id)})


def invite(connection: Connection, slug: str, person_id: UUID, *, user_id: UUID) -> None:
    """Somebody may come in, if they want to; who has asked to is in. Raises GroupPersonNotFoundError, also where one
    has blocked the other; AlreadyMemberError, PersonBannedError, GroupClosedError; and what `group_access.acting`
    raises.
    """
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    group_access.require_open(state)
    if not groups.is_findable(connection, person_id, user_id):
        raise GroupPersonNotFoundError
    if group_members.role(connection, state.id, person_id) is not None:
        raise AlreadyMemberError
    if group_bans.is_in_force(connection, state.id, person_id):
        raise PersonBannedError
    if group_requests.has_asked(connection, state.id, person_id):
        group_members.insert(connection, state.id, person_id)
    else:
        group_requests.invite(connection, state.id, person_id, user_id)
    audit.record(connection, "group.invited", Subject("group", state.id), changes={"person_id": (None, person_id)})


def withdraw(connection: Connection, slug: str, person_id: UUID, *, user_id: UUID) -> None:
    """End an invitation that was not answered. Again changes nothing."""
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    if group_requests.delete_invited(connection, state.id, person_id):
        changes: audit.Changes = {"person_id": (person_id, None)}
        audit.record(connection, "group.invitation_withdrawn", Subject("group", state.id), changes=changes)
