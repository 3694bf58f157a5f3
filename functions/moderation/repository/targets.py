"""What can be reported, read through the views of its owners, as the reporter may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from functions.moderation.domain.reasons import TargetKind
from shared.clients.database import Connection
from shared.contexts.profiles import audience


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it is now. `snapshot` is JSON: what a moderator has to see later, whatever becomes of the target."""

    owner_id: UUID | None
    version: int | None
    snapshot: dict[str, Any]
    is_shown: bool
    """Whether people can see it at present."""


_IN_GROUP: Final = """(p.group_id IS NULL
    OR EXISTS (SELECT FROM community_open_groups g WHERE g.group_id = p.group_id)
    OR EXISTS (SELECT FROM community_memberships m WHERE m.group_id = p.group_id AND m.user_id = %(viewer)s::uuid))"""
_MAY_SEE_POST: Final = f"p.is_live AND {audience.may_see('p.author_id', visibility='p.visibility')} AND {_IN_GROUP}"

_READ: Final[Mapping[TargetKind, str]] = {
    TargetKind.POST: """
        SELECT p.author_id AS owner_id, p.version, p.is_live AS is_shown, jsonb_build_object('text', p.body,
            'visibility', p.visibility, 'group_id', p.group_id, 'published_at', p.published_at) AS snapshot
        FROM community_posts p WHERE p.id = %(id)s
    """,
    TargetKind.COMMENT: """
        SELECT c.author_id AS owner_id, c.version, c.is_live AS is_shown, jsonb_build_object('text', c.body,
            'post_id', c.post_id, 'parent_id', c.parent_id, 'created_at', c.created_at) AS snapshot
        FROM community_comments c JOIN community_posts p ON p.id = c.post_id WHERE c.id = %(id)s
    """,
    TargetKind.PRODUCT: """
        SELECT NULL::uuid AS owner_id, p.version, p.is_active AND p.deleted_at IS NULL AS is_shown,
            jsonb_build_object('name', p.name, 'slug', p.slug, 'vendor', p.vendor, 'tags', p.tags) AS snapshot
        FROM catalog_products p WHERE p.id = %(id)s
    """,
    TargetKind.REVIEW: """
        SELECT r.user_id AS owner_id, r.version, r.status = 'published' AS is_shown, jsonb_build_object(
            'title', r.title, 'text', r.body, 'rating', r.rating, 'product_id', r.product_id,
            'image_urls', r.image_urls, 'created_at', r.created_at) AS snapshot
        FROM catalog_reviews r WHERE r.id = %(id)s
    """,
    TargetKind.USER: """
        SELECT p.user_id AS owner_id, NULL::int AS version, p.standing <> 'banned' AS is_shown, jsonb_build_object(
            'username', p.username, 'display_name', p.display_name, 'bio', p.bio, 'picture', p.picture) AS snapshot
        FROM profiles_people p WHERE p.user_id = %(id)s
    """,
}
_VISIBLE: Final[Mapping[TargetKind, str]] = {
    TargetKind.POST: _MAY_SEE_POST,
    TargetKind.COMMENT: f"c.is_live AND {audience.may_see('c.author_id')} AND {_MAY_SEE_POST}",
    TargetKind.PRODUCT: "p.is_active AND p.deleted_at IS NULL",
    TargetKind.REVIEW: "r.status = 'published'",
    TargetKind.USER: audience.is_findable("p.user_id"),
}
_READ_VISIBLE: Final = {kind: f"{_READ[kind]} AND {_VISIBLE[kind]}" for kind in TargetKind}


def visible(connection: Connection, kind: TargetKind, target_id: UUID, viewer: UUID) -> Target | None:
    """The target, where the viewer may read it."""
    with connection.cursor(row_factory=class_row(Target)) as cursor:
        return cursor.execute(_READ_VISIBLE[kind], {"id": target_id, "viewer": viewer}).fetchone()


def present(connection: Connection, kind: TargetKind, target_id: UUID) -> Target | None:
    """The target as it is now, whoever may read it."""
    with connection.cursor(row_factory=class_row(Target)) as cursor:
        return cursor.execute(_READ[kind], {"id": target_id}).fetchone()
