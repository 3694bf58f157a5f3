"""Labels of a group's own for its posts, by its moderators."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.errors import FlairNameTakenError, FlairNotFoundError, TooManyFlairsError
from functions.community.repository import group_flairs
from functions.community.service import group_access
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection

MAX_FLAIRS: Final = 20


def add(connection: Connection, slug: str, name: str, *, user_id: UUID) -> UUID:
    """Raises FlairNameTakenError, TooManyFlairsError, and what `group_access.acting` raises."""
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    if group_flairs.count(connection, state.id) >= MAX_FLAIRS:
        raise TooManyFlairsError(limit=MAX_FLAIRS)
    flair_id = group_flairs.insert(connection, state.id, name)
    if flair_id is None:
        raise FlairNameTakenError
    audit.record(connection, "group.flair_added", Subject("group", state.id), changes={"flair": (None, name)})
    return flair_id


def delete(connection: Connection, slug: str, flair_id: UUID, *, user_id: UUID) -> None:
    """Raises FlairNotFoundError, and what `group_access.acting` raises."""
    state = group_access.acting(connection, slug, user_id, GroupRole.MODERATOR)
    if not group_flairs.delete(connection, state.id, flair_id):
        raise FlairNotFoundError
    changes: audit.Changes = {"flair_id": (flair_id, None)}
    audit.record(connection, "group.flair_deleted", Subject("group", state.id), changes=changes)
