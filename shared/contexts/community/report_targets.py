"""Posts, comments and groups can be reported."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.community import hiding
from shared.contexts.profiles import audience
from shared.report_targets import Hide, ReportTarget, Show

_IN_GROUP: Final = """(p.group_id IS NULL
    OR EXISTS (SELECT FROM community_open_groups g WHERE g.group_id = p.group_id)
    OR EXISTS (SELECT FROM community_memberships m WHERE m.group_id = p.group_id AND m.user_id = %(viewer)s::uuid))"""
_MAY_SEE_POST: Final = f"p.is_live AND {audience.may_see('p.author_id', visibility='p.visibility')} AND {_IN_GROUP}"
_POST: Final = """
SELECT p.author_id AS owner_id, p.version, p.is_live AS is_shown, jsonb_build_object('text', p.body,
    'visibility', p.visibility, 'group_id', p.group_id, 'published_at', p.published_at, 'pictures', pictures.shown)
    AS snapshot, pictures.ids AS media_ids
FROM community_posts p CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('url', m.url, 'alt', m.alt, 'width', m.media -> 'width',
            'height', m.media -> 'height') ORDER BY m.position), '[]') AS shown,
        coalesce(array_agg(m.media_id) FILTER (WHERE m.media_id IS NOT NULL), '{}') AS ids
    FROM post_media m WHERE m.post_id = p.id) pictures
WHERE p.id = %(id)s
"""
_COMMENT: Final = """
SELECT c.author_id AS owner_id, c.version, c.is_live AS is_shown, jsonb_build_object('text', c.body,
    'post_id', c.post_id, 'parent_id', c.parent_id, 'created_at', c.created_at) AS snapshot, '{}'::uuid[] AS media_ids
FROM community_comments c JOIN community_posts p ON p.id = c.post_id WHERE c.id = %(id)s
"""
# Whom actions about a group concern is its first owner.
_GROUP: Final = """
SELECT (SELECT m.user_id FROM group_members m WHERE m.group_id = g.id AND m.role = 'owner'
        ORDER BY m.joined_at, m.user_id LIMIT 1) AS owner_id,
    g.version, g.hidden_at IS NULL AS is_shown, jsonb_build_object('name', g.name, 'slug', g.slug,
        'description', g.description, 'rules', g.rules, 'access', g.access) AS snapshot, '{}'::uuid[] AS media_ids
FROM groups g WHERE g.id = %(id)s
"""
_MAY_SEE_GROUP: Final = """(g.hidden_at IS NULL AND g.access <> 'invitation' OR EXISTS (
    SELECT FROM group_members m WHERE m.group_id = g.id AND m.user_id = %(viewer)s::uuid))"""


def _hide(kind: hiding.Kind) -> Hide:
    def hide(connection: Connection, target_id: UUID, /, *, moderator: UUID, reason: str) -> bool:
        return hiding.hide(connection, kind, target_id, reason)

    return hide


def _show(kind: hiding.Kind) -> Show:
    def show(connection: Connection, target_id: UUID, /, *, moderator: UUID, reason: str) -> bool:
        return hiding.unhide(connection, kind, target_id)

    return show


TARGETS: Final = (
    ReportTarget(kind="post", select=_POST, visible=_MAY_SEE_POST, hide=_hide("post"), show=_show("post")),
    ReportTarget(
        kind="comment",
        select=_COMMENT,
        visible=f"c.is_live AND {audience.may_see('c.author_id')} AND {_MAY_SEE_POST}",
        hide=_hide("comment"),
        show=_show("comment"),
    ),
    ReportTarget(kind="group", select=_GROUP, visible=_MAY_SEE_GROUP, hide=_hide("group"), show=_show("group")),
)
