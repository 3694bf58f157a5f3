"""The one filter: who sees whom, and what they publish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles import audience
from tests.factories import identity, profiles


def holds(db: Session, condition: str, viewer: User | None, author: User, visibility: str = "public") -> bool:
    """Whether a condition about the author `a.id` holds for the viewer."""
    statement = f"SELECT {condition} FROM (SELECT %(author)s::uuid AS id, %(visibility)s AS visibility) a"
    values = {"viewer": viewer.id if viewer else None, "author": author.id, "visibility": visibility}
    return bool(db.connection().exec_driver_sql(statement, values).scalar_one())


FINDABLE = audience.is_findable("a.id")
SEEN = audience.may_see("a.id", "a.visibility")
LISTED = audience.is_listed("a.id", "a.visibility")
Arrangement = Callable[[Session, User, User], object]


@pytest.mark.parametrize(
    ("arrange", "findable", "seen", "listed"),
    [
        (lambda db, viewer, author: None, True, True, True),
        (profiles.block, False, False, False),
        (lambda db, viewer, author: profiles.block(db, author, viewer), False, False, False),
        (profiles.mute, True, True, False),
        (lambda db, viewer, author: profiles.mute(db, author, viewer), True, True, True),
        (
            lambda db, viewer, author: profiles.mute(db, viewer, author, until=datetime.now(UTC) - timedelta(days=1)),
            True,
            True,
            True,
        ),
        (
            lambda db, viewer, author: profiles.mute(db, viewer, author, until=datetime.now(UTC) + timedelta(days=1)),
            True,
            True,
            False,
        ),
    ],
    ids=["strangers", "blocks", "is blocked", "mutes", "is muted", "muted until yesterday", "muted until tomorrow"],
)
def test_blocks_hide_both_ways_and_a_mute_hides_in_lists(
    db: Session, arrange: Arrangement, findable: bool, seen: bool, listed: bool
) -> None:
    viewer, author = profiles.person(db), profiles.person(db)
    arrange(db, viewer, author)
    assert [holds(db, condition, viewer, author) for condition in (FINDABLE, SEEN, LISTED)] == [findable, seen, listed]


def test_what_is_for_followers_is_read_by_followers_and_by_the_author(db: Session) -> None:
    author, follower, stranger = profiles.person(db), profiles.person(db), profiles.person(db)
    profiles.follow(db, follower, author)
    seen = [holds(db, SEEN, viewer, author, visibility="followers") for viewer in (author, follower, stranger, None)]
    assert seen == [True, True, False, False]


def test_a_private_account_is_found_by_everybody_and_read_by_followers(db: Session) -> None:
    author, follower, stranger = profiles.person(db, is_private=True), profiles.person(db), profiles.person(db)
    profiles.follow(db, follower, author)
    viewers = (author, follower, stranger, None)
    assert [holds(db, SEEN, viewer, author) for viewer in viewers] == [True, True, False, False]
    assert [holds(db, FINDABLE, viewer, author) for viewer in viewers] == [True] * 4


def test_only_they_themselves_see_somebody_who_is_banned(db: Session) -> None:
    author, stranger = profiles.person(db, standing="banned"), profiles.person(db)
    for condition in (FINDABLE, SEEN, LISTED):
        assert [holds(db, condition, viewer, author) for viewer in (author, stranger, None)] == [True, False, False]


def test_who_is_suspended_or_whose_ban_is_over_is_shown(db: Session) -> None:
    suspended = profiles.person(db, standing="suspended")
    pardoned = profiles.person(db, standing="banned", standing_until=datetime.now(UTC) - timedelta(days=1))
    assert holds(db, LISTED, None, suspended)
    assert holds(db, LISTED, None, pardoned)


def test_who_has_closed_the_account_or_has_no_profile_is_not_shown(db: Session) -> None:
    leaving = profiles.person(db)
    leaving.is_active = False
    db.commit()
    for author in (leaving, identity.user(db)):
        assert [holds(db, condition, None, author) for condition in (FINDABLE, SEEN, LISTED)] == [False] * 3
