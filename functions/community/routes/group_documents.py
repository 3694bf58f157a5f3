"""`Group` and people of groups as JSON has them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from functions.community.domain.group_roles import GroupRole
from functions.community.repository.groups import GroupCard


def group(card: GroupCard, viewer: UUID | None) -> dict[str, Any]:
    return {
        "id": card.id,
        "slug": card.slug,
        "name": card.name,
        "description": card.description,
        "rules": card.rules,
        "access": card.access,
        "member_count": card.member_count,
        "flairs": card.flairs,
        "closed_at": card.closed_at,
        "hidden_reason": card.hidden_reason,
        "viewer": None if viewer is None else _viewer(card),
        "version": card.version,
        "created_at": card.created_at,
        "updated_at": card.updated_at,
    }


def _viewer(card: GroupCard) -> dict[str, Any]:
    role = GroupRole(card.role) if card.role else None
    is_open = card.closed_at is None
    return {
        "membership": role or ("requested" if card.has_asked else "invited" if card.is_invited else "none"),
        "ban": {"reason": card.ban_reason, "until": card.banned_until} if card.is_banned else None,
        "is_following": card.is_followed,
        "can_read": card.may_read,
        "can_join": role is None and is_open and not card.is_banned and not card.has_asked,
        "can_post": role is not None and is_open,
        "can_moderate": role is not None and role.includes(GroupRole.MODERATOR),
        "can_manage": role is GroupRole.OWNER,
    }
