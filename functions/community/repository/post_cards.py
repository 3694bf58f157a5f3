"""Posts with all that a page shows of them, in one statement for any number: author, pictures, poll, and what the
viewer has done with each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from functions.community.repository.post_access import IS_PASSABLE, REPLIES
from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection
from shared.contexts.profiles import audience


@dataclass(frozen=True, slots=True)
class PostCard:
    """A post as one viewer sees it. `media`, `poll`, `group` and `flair` are as JSON has them; `reaction` is a number
    of `functions.community.domain.emoji`.
    """

    id: UUID
    author_id: UUID
    username: str
    display_name: str | None
    picture: dict[str, Any] | None
    body: str
    entities: list[dict[str, Any]]
    language: str | None
    sentiment: str | None
    content_warning: str | None
    visibility: str
    reply_policy: str
    group: dict[str, Any] | None
    flair: dict[str, Any] | None
    is_quote: bool
    quoted_post_id: UUID | None
    published_at: datetime | None
    edited_at: datetime | None
    imported_at: datetime | None
    pinned_at: datetime | None
    locked_at: datetime | None
    accepted_comment_id: UUID | None
    reaction_counts: list[int]
    comment_count: int
    repost_count: int
    quote_count: int
    version: int
    media: list[dict[str, Any]] | None
    poll: dict[str, Any] | None
    reaction: int | None
    is_reposted: bool
    is_bookmarked: bool
    is_followed: bool
    is_muted: bool
    is_folded: bool
    """Whether it has a word that the viewer wants folded."""
    may_write: bool
    """Whether the viewer has a username, and is in good standing."""
    role: str | None
    """The viewer's in the group, if they are a member."""
    replies: str
    is_passable: bool
    """Both as `PostAccess` has them."""
    status: str
    publish_at: datetime | None
    held_reason: str | None
    hidden_at: datetime | None
    hidden_reason: str | None


_CARDS: Final = f"""
SELECT p.id, p.author_id, a.username, a.display_name, a.picture, p.body, p.entities, p.language, p.sentiment,
    p.content_warning, p.visibility, p.reply_policy, p.is_quote, p.quoted_post_id, p.published_at, p.edited_at,
    p.imported_at, p.pinned_at, p.locked_at, p.accepted_comment_id, p.reaction_counts, p.comment_count, p.repost_count,
    p.quote_count, p.version, p.status, p.publish_at, p.held_reason, p.hidden_at,
    p.hidden_reason,
    CASE WHEN f.id IS NOT NULL THEN jsonb_build_object('id', f.id, 'name', f.name) END AS flair,
    CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('id', g.id, 'slug', g.slug, 'name', g.name,
        'is_pinned', p.pinned_at IS NOT NULL, 'is_locked', p.locked_at IS NOT NULL,
        'is_closed', coalesce(g.closed_at, g.hidden_at) IS NOT NULL,
        'accepted_comment_id', p.accepted_comment_id) END AS "group",
    (SELECT jsonb_agg(jsonb_build_object('media_id', m.media_id, 'url', m.url, 'alt', m.alt) || m.media
        ORDER BY m.position) FROM post_media m WHERE m.post_id = p.id) AS media,
    (SELECT jsonb_build_object('id', l.id, 'options', l.options, 'counts', l.vote_counts, 'ends_at', l.ends_at,
            'minutes', l.minutes, 'is_over', coalesce(l.ends_at <= now(), false), 'hides_results', l.hides_results,
            'vote', v.option)
        FROM polls l LEFT JOIN poll_votes v ON v.poll_id = l.id AND v.user_id = %(viewer)s::uuid
        WHERE l.post_id = p.id) AS poll,
    (SELECT r.emoji FROM reactions r WHERE r.post_id = p.id AND r.user_id = %(viewer)s::uuid) AS reaction,
    EXISTS (SELECT FROM reposts r WHERE r.post_id = p.id AND r.user_id = %(viewer)s::uuid) AS is_reposted,
    EXISTS (SELECT FROM bookmarks b WHERE b.post_id = p.id AND b.user_id = %(viewer)s::uuid) AS is_bookmarked,
    EXISTS (SELECT FROM profiles_follows o
        WHERE o.follower_id = %(viewer)s::uuid AND o.followed_id = p.author_id) AS is_followed,
    EXISTS (SELECT FROM profiles_mutes o
        WHERE o.viewer_id = %(viewer)s::uuid AND o.person_id = p.author_id) AS is_muted,
    {audience.is_folded_by_words("p.author_id", "p.folded_text")} AS is_folded,
    coalesce((SELECT v.standing = 'good' FROM profiles_people v WHERE v.user_id = %(viewer)s::uuid), false)
        AS may_write,
    (SELECT m.role FROM group_members m WHERE m.group_id = p.group_id AND m.user_id = %(viewer)s::uuid) AS role,
    {REPLIES} AS replies, {IS_PASSABLE.format(is_private="a.is_private")} AS is_passable
FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS wanted(id, place)
JOIN posts p ON p.id = wanted.id
JOIN profiles_people a ON a.user_id = p.author_id
LEFT JOIN groups g ON g.id = p.group_id
LEFT JOIN group_flairs f ON f.id = p.flair_id
WHERE {{condition}}
ORDER BY wanted.place
"""
_READABLE: Final = _CARDS.format(condition=f"({READABLE})")
_READABLE_OR_OWN: Final = _CARDS.format(
    condition=f"({READABLE} OR p.author_id = %(viewer)s::uuid AND p.deleted_at IS NULL)"
)

# For moderators of a group, who have to have checked that it is theirs.
_REMOVED: Final = _CARDS.format(condition="p.hidden_by_group AND p.deleted_at IS NULL")


def readable(connection: Connection, ids: Sequence[UUID], viewer: UUID | None) -> list[PostCard]:
    """Those of the posts that the viewer may read, in this order."""
    return _cards(connection, _READABLE, ids, viewer)


def readable_or_own(connection: Connection, ids: Sequence[UUID], viewer: UUID | None) -> list[PostCard]:
    """As `readable`, with the viewer's own drafts, scheduled posts, and those that moderators have hidden."""
    return _cards(connection, _READABLE_OR_OWN, ids, viewer)


def removed(connection: Connection, ids: Sequence[UUID], viewer: UUID) -> list[PostCard]:
    """Those of the posts that moderators of a group have hidden, in this order."""
    return _cards(connection, _REMOVED, ids, viewer)


def _cards(connection: Connection, statement: str, ids: Sequence[UUID], viewer: UUID | None) -> list[PostCard]:
    if not ids:
        return []
    with connection.cursor(row_factory=class_row(PostCard)) as cursor:
        return cursor.execute(statement, {"ids": list(ids), "viewer": viewer}).fetchall()
