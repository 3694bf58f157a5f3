"""One's own profile: account and profile together, onboarding, changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import args_row

from shared.clients.database import Connection


class OwnProfileRow(NamedTuple):
    """An account and its profile, whose columns are null before onboarding."""

    id: UUID
    email: str
    email_verified_at: datetime | None
    full_name: str
    language: str
    roles: list[str]
    marketing_consent_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    username: str | None
    display_name: str | None
    bio: str | None
    picture: dict[str, Any] | None
    country: str | None
    time_zone: str | None
    is_private: bool | None
    standing: str | None
    standing_until: datetime | None
    standing_reason: str | None
    follower_count: int | None
    following_count: int | None
    post_count: int
    interest_count: int
    request_count: int


_MINE: Final = """
SELECT a.id, a.email, a.email_verified_at, a.full_name, a.language, a.roles, a.marketing_consent_at, a.version,
    a.created_at, greatest(a.updated_at, p.updated_at) AS updated_at, p.username, p.display_name, p.bio, p.picture,
    p.country, p.time_zone, p.is_private,
    CASE WHEN p.standing_until <= now() THEN 'good' ELSE p.standing END AS standing,
    CASE WHEN p.standing_until > now() THEN p.standing_until END AS standing_until,
    CASE WHEN p.standing_until <= now() THEN NULL ELSE p.standing_reason END AS standing_reason,
    p.follower_count, p.following_count,
    coalesce((SELECT s.post_count FROM community_author_stats s WHERE s.user_id = a.id), 0) AS post_count,
    (SELECT count(*) FROM user_interests i WHERE i.user_id = a.id)::int AS interest_count,
    (SELECT count(*) FROM follow_requests r WHERE r.followed_id = a.id)::int AS request_count
FROM identity_accounts a LEFT JOIN profiles p ON p.user_id = a.id WHERE a.id = %s
"""
# What waited for the profile is in force from its first moment, unless it has ended.
_ONBOARD: Final = """
WITH pending AS (
    DELETE FROM pending_standings WHERE user_id = %(user_id)s RETURNING standing, standing_until, standing_reason
)
INSERT INTO profiles (user_id, username, username_key, username_skeleton, display_name, display_key, time_zone, country,
    ip_hash, standing, standing_until, standing_reason)
SELECT a.id, %(username)s, %(username_key)s, %(username_skeleton)s, %(display_name)s, %(display_key)s, %(time_zone)s,
    %(country)s, %(ip_hash)s, coalesce(n.standing, 'good'), n.standing_until, n.standing_reason
FROM identity_accounts a LEFT JOIN pending n ON n.standing_until IS NULL OR n.standing_until > now()
WHERE a.id = %(user_id)s
ON CONFLICT DO NOTHING RETURNING user_id
"""
# Null keeps what is there, but for the display name, which can be removed. Names and words about oneself are public:
# whoever is suspended does not change them.
_CHANGE: Final = """
UPDATE profiles SET
    username = coalesce(%(username)s, username),
    username_key = coalesce(%(username_key)s, username_key),
    username_skeleton = coalesce(%(username_skeleton)s, username_skeleton),
    display_name = CASE WHEN %(names_display)s THEN %(display_name)s ELSE display_name END,
    display_key = CASE WHEN %(names_display)s THEN %(display_key)s ELSE display_key END,
    bio = coalesce(%(bio)s, bio),
    time_zone = coalesce(%(time_zone)s, time_zone),
    is_private = coalesce(%(is_private)s, is_private),
    version = version + 1
WHERE user_id = %(user_id)s AND (standing = 'good' OR standing_until <= now() OR NOT %(has_words)s)
RETURNING old.is_private AND NOT new.is_private AS opened
"""
_WORDS: Final = frozenset({"username", "display_name", "bio"})
_COLUMNS: Final = (
    "username",
    "username_key",
    "username_skeleton",
    "display_name",
    "display_key",
    "bio",
    "time_zone",
    "is_private",
)
_TAKEN: Final = """
SELECT username_key, username_skeleton FROM profiles
WHERE username_key = ANY(%(keys)s) OR username_skeleton = ANY(%(skeletons)s)
"""


def mine(connection: Connection, user_id: UUID) -> OwnProfileRow | None:
    """The account with its profile; None where it is no longer active."""
    with connection.cursor(row_factory=args_row(OwnProfileRow)) as cursor:
        return cursor.execute(_MINE, (user_id,)).fetchone()


def onboard(connection: Connection, user_id: UUID, values: Mapping[str, Any]) -> bool:
    """Make the profile, under the lock of `pending_standings`; False where somebody has the name or one that looks like
    it, or the person has a profile.
    """
    return connection.execute(_ONBOARD, {"user_id": user_id, **values}).fetchone() is not None


class NameTakenError(Exception):
    """Somebody has the name, or one that looks like it."""


def change(connection: Connection, user_id: UUID, values: Mapping[str, Any]) -> bool | None:
    """Change columns of the profile; returns whether a private account has become public, None where there is no
    profile, or its owner may not write what others read. Raises NameTakenError.
    """
    parameters = {
        "user_id": user_id,
        **dict.fromkeys(_COLUMNS),
        **values,
        "names_display": "display_name" in values,
        "has_words": not _WORDS.isdisjoint(values),
    }
    try:
        with connection.transaction():
            row = connection.execute(_CHANGE, parameters).fetchone()
    except psycopg.errors.UniqueViolation as error:
        raise NameTakenError from error
    return None if row is None else bool(row["opened"])


def taken(connection: Connection, keys: Sequence[str], skeletons: Sequence[str]) -> set[str]:
    """Those of the keys and skeletons that somebody has."""
    rows = connection.execute(_TAKEN, {"keys": list(keys), "skeletons": list(skeletons)}).fetchall()
    return {text for row in rows for text in (row["username_key"], row["username_skeleton"])}
