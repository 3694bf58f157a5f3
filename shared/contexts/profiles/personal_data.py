"""What profiles holds about people: the profile, whom they follow, mute and block, what they watch and read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared.clients.database import Connection
from shared.privacy import Erasure, PersonalData, Section

_PERSON: Final = """
SELECT username, display_name, bio, picture, country, time_zone, ip_hash IS NOT NULL AS has_network_hash, is_private,
    standing, standing_until, standing_reason, follower_count, following_count, created_at, updated_at
FROM profiles WHERE user_id = %(user_id)s
"""
_PENDING: Final = """
SELECT standing, standing_until, standing_reason, created_at FROM pending_standings WHERE user_id = %(user_id)s
"""
_FOLLOWS: Final = """
SELECT p.username, f.followed_id AS user_id, f.created_at
FROM follows f LEFT JOIN profiles p ON p.user_id = f.followed_id WHERE f.follower_id = %(user_id)s
ORDER BY f.created_at, f.followed_id
"""
_FOLLOWERS: Final = """
SELECT p.username, f.follower_id AS user_id, f.created_at
FROM follows f LEFT JOIN profiles p ON p.user_id = f.follower_id WHERE f.followed_id = %(user_id)s
ORDER BY f.created_at, f.follower_id
"""
_REQUESTS: Final = """
SELECT CASE WHEN r.follower_id = %(user_id)s THEN 'sent' ELSE 'received' END AS direction, p.username, r.created_at
FROM follow_requests r LEFT JOIN profiles p
    ON p.user_id = CASE WHEN r.follower_id = %(user_id)s THEN r.followed_id ELSE r.follower_id END
WHERE r.follower_id = %(user_id)s OR r.followed_id = %(user_id)s ORDER BY r.created_at
"""
# Who blocks or mutes the person is the affair of those.
_FILTERS: Final = """
SELECT c.kind, p.username, c.target_id AS user_id, c.until, c.created_at
FROM content_filters c LEFT JOIN profiles p ON p.user_id = c.target_id WHERE c.user_id = %(user_id)s
ORDER BY c.created_at, c.target_id
"""
_INTERESTS: Final = "SELECT topic, created_at FROM user_interests WHERE user_id = %(user_id)s ORDER BY topic"
_WATCHLIST: Final = "SELECT symbol, created_at FROM watchlist_items WHERE user_id = %(user_id)s ORDER BY created_at"
_WORDS: Final = """
SELECT phrase, action, until, created_at FROM word_filters WHERE user_id = %(user_id)s ORDER BY id
"""

# Follows end before the profile, whose trigger counts those of the others.
_END_FOLLOWS: Final = "DELETE FROM follows WHERE follower_id = %(user_id)s OR followed_id = %(user_id)s"
_ERASE: Final = """
WITH requests AS (
    DELETE FROM follow_requests WHERE follower_id = %(user_id)s OR followed_id = %(user_id)s
), filters AS (
    DELETE FROM content_filters WHERE user_id = %(user_id)s OR target_id = %(user_id)s
), interests AS (
    DELETE FROM user_interests WHERE user_id = %(user_id)s
), watched AS (
    DELETE FROM watchlist_items WHERE user_id = %(user_id)s
), words AS (
    DELETE FROM word_filters WHERE user_id = %(user_id)s
), standings AS (
    DELETE FROM pending_standings WHERE user_id = %(user_id)s
)
DELETE FROM profiles WHERE user_id = %(user_id)s
"""


class _Profiles(PersonalData):
    lock_order = 45
    erased = (
        "profiles",
        "pending_standings",
        "follows",
        "follow_requests",
        "content_filters",
        "user_interests",
        "watchlist_items",
        "word_filters",
    )
    sections: ClassVar[Mapping[str, Section]] = {
        "public_profile": Section("How others see the person, and where they are by their network", _PERSON),
        "pending_standing": Section("A suspension or ban of a person who has no public profile", _PENDING),
        "following": Section("Whom the person follows", _FOLLOWS),
        "followers": Section("Who follows the person", _FOLLOWERS),
        "follow_requests": Section("Requests to follow that are open", _REQUESTS),
        "content_filters": Section("Whom the person mutes or blocks", _FILTERS),
        "interests": Section("What the person is interested in", _INTERESTS),
        "watchlist": Section("Tickers that the person watches", _WATCHLIST),
        "word_filters": Section("Words that the person does not want to read", _WORDS),
    }
    not_copied: ClassVar[Mapping[str, str]] = {
        "network at onboarding": "Only a keyed hash is kept, from which nobody can read the address.",
    }

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        values = {"user_id": erasure.person.user_id}
        connection.execute(_END_FOLLOWS, values)
        connection.execute(_ERASE, values)


PERSONAL_DATA: Final = _Profiles()
