"""Who is in a group, and as what. Whoever changes that has locked the group first (`lock`): members of one group come
and go one after the other, and nobody waits in a ring.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection
from shared.contexts.profiles import audience


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group and where somebody stands in it, as writes judge it."""

    id: UUID
    slug: str
    name: str
    description: str
    rules: list[str]
    access: str
    closed_at: datetime | None
    is_hidden: bool
    """By the platform's moderators."""
    version: int
    role: str | None
    has_asked: bool
    is_invited: bool
    is_banned: bool
    ban_reason: str | None
    banned_until: datetime | None
    standing: str | None
    standing_until: datetime | None
    standing_reason: str | None


@dataclass(frozen=True, slots=True)
class GroupPerson:
    """Somebody of a list, with when they came into it."""

    user_id: UUID
    username: str
    display_name: str | None
    picture: dict[str, Any] | None
    since: datetime
    role: str | None = None
    message: str | None = None
    reason: str | None = None
    until: datetime | None = None


class Place(NamedTuple):
    """A person's place in lists of a group."""

    since: datetime
    user_id: UUID


_LOCK: Final = "SELECT id FROM groups WHERE slug = %s FOR NO KEY UPDATE"
_STATE: Final = """
SELECT g.id, g.slug, g.name, g.description, g.rules, g.access, coalesce(g.closed_at, g.hidden_at) AS closed_at,
    g.hidden_at IS NOT NULL AS is_hidden, g.version, m.role,
    r.user_id IS NOT NULL AND r.invited_by IS NULL AS has_asked, r.invited_by IS NOT NULL AS is_invited,
    b.user_id IS NOT NULL AS is_banned, b.reason AS ban_reason, b.until AS banned_until,
    a.standing, a.standing_until, a.standing_reason
FROM groups g LEFT JOIN group_members m ON m.group_id = g.id AND m.user_id = %(user_id)s
LEFT JOIN group_requests r ON r.group_id = g.id AND r.user_id = %(user_id)s
LEFT JOIN group_bans b ON b.group_id = g.id AND b.user_id = %(user_id)s AND (b.until IS NULL OR b.until > now())
LEFT JOIN profiles_people a ON a.user_id = %(user_id)s
WHERE g.slug = %(slug)s
"""
_ROLE: Final = "SELECT role FROM group_members WHERE group_id = %s AND user_id = %s"
_OTHER_OWNER: Final = "SELECT FROM group_members WHERE group_id = %s AND role = 'owner' AND user_id <> %s LIMIT 1"
# Members follow the group, so that it is in their feeds, until they do not want that.
_INSERT: Final = """
WITH answered AS (
    DELETE FROM group_requests WHERE group_id = %(group_id)s AND user_id = %(user_id)s
), followed AS (
    INSERT INTO topic_follows (user_id, kind, topic_id) VALUES (%(user_id)s, 'group', %(group_id)s)
    ON CONFLICT DO NOTHING
)
INSERT INTO group_members (group_id, user_id) VALUES (%(group_id)s, %(user_id)s) ON CONFLICT DO NOTHING
"""
# What somebody may no longer do ends with them: their invitations, too.
_DELETE: Final = """
WITH invited AS (
    DELETE FROM group_requests WHERE group_id = %(group_id)s AND invited_by = %(user_id)s
), followed AS (
    DELETE FROM topic_follows WHERE user_id = %(user_id)s AND kind = 'group' AND topic_id = %(group_id)s
)
DELETE FROM group_members WHERE group_id = %(group_id)s AND user_id = %(user_id)s
"""
_SET_ROLE: Final = """
WITH invited AS (
    DELETE FROM group_requests WHERE group_id = %(group_id)s AND invited_by = %(user_id)s AND %(role)s = 'member'
)
UPDATE group_members SET role = %(role)s WHERE group_id = %(group_id)s AND user_id = %(user_id)s
"""
_FOLLOW: Final = """
INSERT INTO topic_follows (user_id, kind, topic_id) VALUES (%(user_id)s, 'group', %(group_id)s) ON CONFLICT DO NOTHING
"""
_UNFOLLOW: Final = """
DELETE FROM topic_follows f USING groups g
WHERE f.user_id = %(user_id)s AND f.kind = 'group' AND f.topic_id = g.id AND g.slug = %(slug)s
"""
_LIST: Final = f"""
SELECT m.user_id, a.username, a.display_name, a.picture, m.joined_at AS since, m.role
FROM group_members m JOIN profiles_people a ON a.user_id = m.user_id
WHERE m.group_id = %(group_id)s AND {audience.is_findable("m.user_id")}
"""
_AFTER: Final = " AND (m.joined_at, m.user_id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_OF_ROLE: Final = " AND m.role <> 'member' AND m.role = %(role)s"
_NEWEST: Final = " ORDER BY m.joined_at DESC, m.user_id DESC LIMIT %(limit)s"


def lock(connection: Connection, slug: str) -> None:
    """Wait for others who change this group or its members, until the transaction ends. What is read before may have
    changed since.
    """
    connection.execute(_LOCK, (slug,))


def state(connection: Connection, slug: str, user_id: UUID) -> GroupState | None:
    with connection.cursor(row_factory=class_row(GroupState)) as cursor:
        return cursor.execute(_STATE, {"slug": slug, "user_id": user_id}).fetchone()


def role(connection: Connection, group_id: UUID, user_id: UUID) -> str | None:
    """None for who is no member."""
    row = connection.execute(_ROLE, (group_id, user_id)).fetchone()
    return None if row is None else row["role"]


def has_other_owner(connection: Connection, group_id: UUID, user_id: UUID) -> bool:
    """Whether somebody beside this one owns the group."""
    return connection.execute(_OTHER_OWNER, (group_id, user_id)).fetchone() is not None


def insert(connection: Connection, group_id: UUID, user_id: UUID) -> None:
    """Somebody becomes a member; what they asked or were asked is answered."""
    connection.execute(_INSERT, {"group_id": group_id, "user_id": user_id})


def delete(connection: Connection, group_id: UUID, user_id: UUID) -> bool:
    """Somebody is no member any more. False where they were none."""
    return connection.execute(_DELETE, {"group_id": group_id, "user_id": user_id}).rowcount == 1


def set_role(connection: Connection, group_id: UUID, user_id: UUID, role: str) -> None:
    connection.execute(_SET_ROLE, {"group_id": group_id, "user_id": user_id, "role": role})


def follow(connection: Connection, group_id: UUID, user_id: UUID) -> None:
    """Have its posts in one's feed. Again changes nothing."""
    connection.execute(_FOLLOW, {"group_id": group_id, "user_id": user_id})


def unfollow(connection: Connection, slug: str, user_id: UUID) -> None:
    """Whether or not one may read the group any more. Again changes nothing."""
    connection.execute(_UNFOLLOW, {"slug": slug, "user_id": user_id})


def newest(
    connection: Connection, group_id: UUID, viewer: UUID | None, *, role: str | None, limit: int, after: Place | None
) -> list[GroupPerson]:
    """Members whom the viewer may find, who joined last first; `role`: owners or moderators only."""
    statement = _LIST + (_OF_ROLE if role else "") + (_AFTER if after else "") + _NEWEST
    values = {
        "group_id": group_id,
        "viewer": viewer,
        "role": role,
        "limit": limit,
        "after": after and after.since,
        "after_id": after and after.user_id,
    }
    with connection.cursor(row_factory=class_row(GroupPerson)) as cursor:
        return cursor.execute(statement, values).fetchall()
