"""Bans from a group, by its moderators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.errors import GroupPersonNotFoundError
from functions.community.repository import group_bans
from functions.community.repository.group_members import GroupPerson, Place
from functions.community.service import group_access, group_members
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.pages import split_page


def newest(
    connection: Connection, slug: str, *, viewer: UUID, limit: int, after: Place | None
) -> tuple[Sequence[GroupPerson], Place | None]:
    """A page of bans in force. Raises what `group_access.staff` raises."""
    card = group_access.staff(connection, slug, viewer)
    rows = group_bans.newest(connection, card.id, viewer, limit=limit + 1, after=after)
    return split_page(rows, limit, lambda row: Place(row.since, row.user_id))


def ban(
    connection: Connection, slug: str, person_id: UUID, *, reason: str, until: datetime | None, user_id: UUID
) -> None:
    """Remove somebody, and keep them from coming back; replaces an earlier ban. Raises GroupPersonNotFoundError,
    GroupRoleRequiredError, and what `group_access.acting` raises.
    """
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    if not group_bans.person_exists(connection, person_id):
        raise GroupPersonNotFoundError
    before = group_members.require_rank(connection, state, person_id)
    group_bans.ban(connection, state.id, person_id, reason=reason, until=until)
    changes: audit.Changes = {"person_id": (None, person_id), "role": (before, None), "until": (None, until)}
    changes["note"] = (None, reason)
    audit.record(connection, "group.banned", Subject("group", state.id), changes=changes)


def unban(connection: Connection, slug: str, person_id: UUID, *, user_id: UUID) -> None:
    """They may come back. Again changes nothing."""
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    if group_bans.unban(connection, state.id, person_id):
        changes: audit.Changes = {"person_id": (person_id, None)}
        audit.record(connection, "group.unbanned", Subject("group", state.id), changes=changes)
