"""Groups: as their pages show them, and as they are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from psycopg.rows import class_row

from shared import like_patterns
from shared.clients.database import Connection
from shared.contexts.profiles import audience


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group as one viewer sees it."""

    id: UUID
    slug: str
    name: str
    description: str
    rules: list[str]
    access: str
    member_count: int
    closed_at: datetime | None
    hidden_reason: str | None
    """Why the platform's moderators have hidden it; for members."""
    version: int
    created_at: datetime
    updated_at: datetime
    flairs: list[dict[str, Any]]
    role: str | None
    has_asked: bool
    is_invited: bool
    is_banned: bool
    ban_reason: str | None
    banned_until: datetime | None
    may_read: bool
    """Its posts and who its members are."""
    is_followed: bool


class Place(NamedTuple):
    """A group's place in lists."""

    created_at: datetime
    id: UUID


# A row of requests with `invited_by` is an invitation.
_COLUMNS: Final = """
g.id, g.slug, g.name, g.description, g.rules, g.access, g.member_count,
coalesce(g.closed_at, g.hidden_at) AS closed_at, CASE WHEN m.role IS NOT NULL THEN g.hidden_reason END AS hidden_reason,
g.version, g.created_at,
g.updated_at,
(SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name) ORDER BY f.position, f.id), '[]')
    FROM group_flairs f WHERE f.group_id = g.id) AS flairs,
m.role, r.user_id IS NOT NULL AND r.invited_by IS NULL AS has_asked, r.invited_by IS NOT NULL AS is_invited,
b.user_id IS NOT NULL AS is_banned, b.reason AS ban_reason, b.until AS banned_until,
m.role IS NOT NULL OR g.access = 'public' AND g.hidden_at IS NULL AND b.user_id IS NULL AS may_read,
EXISTS (SELECT FROM topic_follows o
    WHERE o.user_id = %(viewer)s::uuid AND o.kind = 'group' AND o.topic_id = g.id) AS is_followed
"""
_OF_VIEWER: Final = """
LEFT JOIN group_members m ON m.group_id = g.id AND m.user_id = %(viewer)s::uuid
LEFT JOIN group_requests r ON r.group_id = g.id AND r.user_id = %(viewer)s::uuid
LEFT JOIN group_bans b ON b.group_id = g.id AND b.user_id = %(viewer)s::uuid AND (b.until IS NULL OR b.until > now())
"""
_IS_KNOWN: Final = """(m.user_id IS NOT NULL
    OR g.hidden_at IS NULL AND (g.access <> 'invitation' OR r.invited_by IS NOT NULL))"""
"""To outsiders, a group by invitation is not there, nor one that the platform's moderators have hidden."""

_ONE: Final = f"SELECT {_COLUMNS} FROM groups g {_OF_VIEWER} WHERE g.slug = %(slug)s AND {_IS_KNOWN}"
_NEWEST: Final = " ORDER BY g.created_at DESC, g.id DESC LIMIT %(limit)s"
_AFTER: Final = " AND (g.created_at, g.id) < (%(after)s::timestamptz, %(after_id)s::uuid)"
_NAMED: Final = " AND (g.name_key LIKE %(pattern)s OR g.slug = %(slug)s)"
_DIRECTORY: Final = (
    f"SELECT {_COLUMNS} FROM groups g {_OF_VIEWER} WHERE g.closed_at IS NULL AND g.hidden_at IS NULL AND {_IS_KNOWN}"
)
_MINE: Final = {
    "member": f"SELECT {_COLUMNS} FROM groups g {_OF_VIEWER} WHERE m.user_id IS NOT NULL",
    "staff": f"SELECT {_COLUMNS} FROM groups g {_OF_VIEWER} WHERE m.role <> 'member'",
    "requested": f"SELECT {_COLUMNS} FROM groups g {_OF_VIEWER} WHERE r.user_id IS NOT NULL AND r.invited_by IS NULL",
    "invited": f"SELECT {_COLUMNS} FROM groups g {_OF_VIEWER} WHERE r.invited_by IS NOT NULL",
}

# The state of the account is part of the write: a token outlives it. The member is counted by the table's trigger.
_INSERT: Final = """
WITH made AS (
    INSERT INTO groups (slug, name, description, rules, access)
    SELECT %(slug)s, %(name)s, %(description)s, %(rules)s::jsonb, %(access)s
    FROM profiles_people a WHERE a.user_id = %(owner_id)s AND a.standing = 'good'
    ON CONFLICT (slug) DO NOTHING RETURNING id
), followed AS (
    INSERT INTO topic_follows (user_id, kind, topic_id) SELECT %(owner_id)s, 'group', id FROM made
)
INSERT INTO group_members (group_id, user_id, role) SELECT id, %(owner_id)s, 'owner' FROM made RETURNING group_id
"""
_OWNED: Final = """
SELECT count(*) AS owned FROM group_members m JOIN groups g ON g.id = m.group_id
WHERE m.user_id = %s AND m.role = 'owner' AND g.closed_at IS NULL
"""
_UPDATE: Final = """
UPDATE groups SET name = %(name)s, description = %(description)s, rules = %(rules)s::jsonb, access = %(access)s,
    version = version + 1
WHERE id = %(id)s
"""
_CLOSE: Final = """
UPDATE groups SET closed_at = CASE WHEN %(closed)s THEN now() END, version = version + 1
WHERE id = %(id)s AND (closed_at IS NOT NULL) <> %(closed)s
"""
_PERSON: Final = f"SELECT FROM profiles_people p WHERE p.user_id = %(person)s AND {audience.is_findable('p.user_id')}"


def by_slug(connection: Connection, slug: str, viewer: UUID | None) -> GroupCard | None:
    """The group, unless it is by invitation and the viewer has none."""
    with connection.cursor(row_factory=class_row(GroupCard)) as cursor:
        return cursor.execute(_ONE, {"slug": slug, "viewer": viewer}).fetchone()


def newest(
    connection: Connection,
    viewer: UUID | None,
    *,
    membership: str | None,
    name: str | None,
    limit: int,
    after: Place | None,
) -> list[GroupCard]:
    """Groups that are open, the newest first; with `membership` (a key of `_MINE`) the viewer's own, closed ones too.
    Those by invitation are listed to their members and to whom they invite.
    """
    statement = _MINE[membership] if membership else _DIRECTORY
    statement += (_NAMED if name else "") + (_AFTER if after else "") + _NEWEST
    values = {
        "viewer": viewer,
        "pattern": name and f"%{like_patterns.literal(_key(name))}%",
        "slug": name,
        "limit": limit,
        "after": after and after.created_at,
        "after_id": after and after.id,
    }
    with connection.cursor(row_factory=class_row(GroupCard)) as cursor:
        return cursor.execute(statement, values).fetchall()


def insert(connection: Connection, values: Mapping[str, Any]) -> bool:
    """A new group with its owner. False where the slug is taken, or where the owner may not write."""
    return connection.execute(_INSERT, {**values, "rules": _json(values["rules"])}).fetchone() is not None


def owned(connection: Connection, user_id: UUID) -> int:
    """How many open groups somebody owns."""
    row = connection.execute(_OWNED, (user_id,)).fetchone()
    return row["owned"] if row else 0


def update(connection: Connection, group_id: UUID, values: Mapping[str, Any]) -> None:
    """Write the content of a group that the caller has locked."""
    connection.execute(_UPDATE, {**values, "id": group_id, "rules": _json(values["rules"])})


def close(connection: Connection, group_id: UUID, *, closed: bool) -> bool:
    """Close it, or open it again. False where it is so already."""
    return connection.execute(_CLOSE, {"id": group_id, "closed": closed}).rowcount == 1


def is_findable(connection: Connection, person: UUID, viewer: UUID) -> bool:
    """Whether there is such a person, for this viewer."""
    return connection.execute(_PERSON, {"person": person, "viewer": viewer}).fetchone() is not None


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _key(name: str) -> str:
    """As `groups.name_key`."""
    return unicodedata.normalize("NFKC", name).lower()
