"""Votes in polls. A trigger counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from functions.community.repository.visibility import READABLE
from shared.clients.database import Connection

NEW_ACCOUNT_DAYS: Final = 1
NEW_ACCOUNT_VOTES: Final = 20
"""In a day, of somebody who is new."""


@dataclass(frozen=True, slots=True)
class PollState:
    """A poll, its counts, and what the viewer has to do with it, as of one moment."""

    id: UUID
    post_id: UUID
    author_id: UUID
    options: list[str]
    counts: list[int]
    minutes: int
    ends_at: datetime | None
    """Null while its post is not published."""
    is_over: bool
    hides_results: bool
    vote: int | None


@dataclass(frozen=True, slots=True)
class VoteOutcome:
    """What became of a vote: whether it was cast, or else all that may be the reason."""

    is_cast: bool
    earlier_vote: int | None
    is_over: bool
    option_count: int
    is_limited: bool
    standing: str | None
    standing_until: datetime | None
    standing_reason: str | None


_STATE: Final = f"""
SELECT l.id, l.post_id, p.author_id, l.options, l.vote_counts AS counts, l.minutes, l.ends_at,
    l.ends_at <= now() AS is_over, l.hides_results, v.option AS vote
FROM polls l JOIN posts p ON p.id = l.post_id
LEFT JOIN poll_votes v ON v.poll_id = l.id AND v.user_id = %(viewer)s::uuid
WHERE l.id = %(poll_id)s AND {READABLE}
"""
# The moment of a vote is that of its transaction, by the database's clock; the end itself is too late.
_CAST: Final = f"""
WITH poll AS MATERIALIZED (
    SELECT l.id, cardinality(l.options) AS option_count, l.ends_at <= now() AS is_over,
        v.standing, v.standing_until, v.standing_reason,
        coalesce(v.created_at > now() - interval '{NEW_ACCOUNT_DAYS} days', false)
            AND (SELECT count(*) FROM poll_votes o WHERE o.user_id = %(viewer)s
                AND o.created_at > now() - interval '1 day') >= {NEW_ACCOUNT_VOTES} AS is_limited,
        (SELECT o.option FROM poll_votes o WHERE o.poll_id = l.id AND o.user_id = %(viewer)s) AS earlier_vote
    FROM polls l JOIN posts p ON p.id = l.post_id LEFT JOIN profiles_people v ON v.user_id = %(viewer)s::uuid
    WHERE l.id = %(poll_id)s AND {READABLE}
), vote AS (
    INSERT INTO poll_votes (poll_id, user_id, option) SELECT id, %(viewer)s, %(option)s FROM poll
    WHERE NOT is_over AND standing = 'good' AND NOT is_limited AND %(option)s >= 0 AND %(option)s < option_count
    ON CONFLICT (poll_id, user_id) DO NOTHING RETURNING option
)
SELECT EXISTS (SELECT FROM vote) AS is_cast, earlier_vote, is_over, option_count, is_limited, standing,
    standing_until, standing_reason
FROM poll
"""


def state(connection: Connection, poll_id: UUID, viewer: UUID | None) -> PollState | None:
    """None where the viewer may not read its post."""
    with connection.cursor(row_factory=class_row(PollState)) as cursor:
        return cursor.execute(_STATE, {"poll_id": poll_id, "viewer": viewer}).fetchone()


def cast(connection: Connection, poll_id: UUID, viewer: UUID, option: int) -> VoteOutcome | None:
    """One vote each, in one statement with all that it depends on."""
    values = {"poll_id": poll_id, "viewer": viewer, "option": option}
    with connection.cursor(row_factory=class_row(VoteOutcome)) as cursor:
        return cursor.execute(_CAST, values).fetchone()
