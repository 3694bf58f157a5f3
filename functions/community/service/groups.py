"""Groups: founded, shown, listed, changed, closed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.domain.group_slugs import RESERVED
from functions.community.errors import (
    GroupAccessError,
    GroupNotFoundError,
    GroupSlugTakenError,
    HiddenByPlatformError,
    TooManyGroupsError,
)
from functions.community.repository import groups
from functions.community.repository.groups import GroupCard, Place
from functions.community.service import group_access, group_screening
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.profiles import standing
from shared.errors import VersionConflictError
from shared.pages import split_page
from shared.slugs import slug_problem, slugify

MAX_OWNED: Final = 50
"""Open groups of one person."""
_MAX_MADE: Final = 50
_CONTENT: Final = ("name", "description", "rules", "access")


def create(connection: Connection, content: Mapping[str, Any], *, owner_id: UUID) -> GroupCard:
    """A new group, whose owner is its first member; without a `slug` one is made of the name. Raises
    GroupSlugTakenError, TooManyGroupsError, TextRefusedError, and what `standing.require_may_write` raises.
    """
    verdict = group_screening.judge(connection, content)
    if groups.owned(connection, owner_id) >= MAX_OWNED:
        raise TooManyGroupsError(limit=MAX_OWNED)
    asked_for = content.get("slug")
    slug = asked_for or _slug_of(content["name"])
    values = {**content, "owner_id": owner_id}
    made = groups.insert(connection, {**values, "slug": slug})
    if not made:
        standing.require_may_write(connection, owner_id)
        if asked_for:
            raise GroupSlugTakenError
        slug = f"{slug}-{secrets.token_hex(4)}"
        if not groups.insert(connection, {**values, "slug": slug}):
            raise GroupSlugTakenError
    card = show(connection, slug, viewer=owner_id)
    group_screening.file(connection, verdict, card.id, owner_id)
    return card


def show(connection: Connection, slug: str, *, viewer: UUID | None) -> GroupCard:
    """Raises GroupNotFoundError, also for a group by invitation where the viewer has none."""
    card = groups.by_slug(connection, slug, viewer)
    if card is None:
        raise GroupNotFoundError
    return card


def newest(
    connection: Connection,
    *,
    viewer: UUID | None,
    membership: str | None,
    name: str | None,
    limit: int,
    after: Place | None,
) -> tuple[Sequence[GroupCard], Place | None]:
    """A page of groups, or of the viewer's own, and where the next page begins."""
    cards = groups.newest(connection, viewer, membership=membership, name=name, limit=limit + 1, after=after)
    return split_page(cards, limit, lambda card: Place(card.created_at, card.id))


def change(connection: Connection, slug: str, changes: Mapping[str, Any], *, version: int, user_id: UUID) -> GroupCard:
    """By an owner. Raises VersionConflictError, GroupAccessError, TextRefusedError, and what `group_access.acting`
    raises.
    """
    state = group_access.acting(connection, slug, user_id, GroupRole.OWNER)
    if state.version != version:
        raise VersionConflictError(current_version=state.version)
    before = {name: getattr(state, name) for name in _CONTENT}
    after = {**before, **changes}
    if before["access"] != "public" and after["access"] == "public":
        raise GroupAccessError
    if after != before:
        verdict = group_screening.judge(connection, changes)
        group_screening.file(connection, verdict, state.id, user_id)
        groups.update(connection, state.id, after)
        audit.record(connection, "group.changed", Subject("group", state.id), changes=audit.differences(before, after))
    return show(connection, slug, viewer=user_id)


def close(connection: Connection, slug: str, *, closed: bool, user_id: UUID) -> GroupCard:
    """Close the group, or open it again, by an owner. Nobody writes in a closed one or joins it. Raises
    HiddenByPlatformError where the platform's moderators keep it closed.
    """
    state = group_access.acting(connection, slug, user_id, GroupRole.OWNER)
    if state.is_hidden and not closed:
        raise HiddenByPlatformError
    if groups.close(connection, state.id, closed=closed):
        action = "group.closed" if closed else "group.opened"
        audit.record(connection, action, Subject("group", state.id))
    return show(connection, slug, viewer=user_id)


def _slug_of(name: str) -> str:
    slug = slugify(name, max_length=_MAX_MADE)
    return slug if slug and slug_problem(slug, RESERVED) is None else f"group-{secrets.token_hex(4)}"
