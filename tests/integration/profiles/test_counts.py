"""Counts equal the rows that there are, whatever happens in whatever order, and at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.profiles.errors import UsernameTakenError
from functions.profiles.service import content_filters, follows, onboarding, own_profile
from shared import keys, privacy
from shared.clients.database import Connection
from shared.contexts.identity.accounts import AccountValues
from shared.contexts.profiles.models import ContentFilter, Follow, FollowRequest, Profile
from shared.contexts.profiles.personal_data import PERSONAL_DATA
from shared.errors import ProblemError
from tests.factories import identity, profiles
from tests.support.cloud import Cloud

PEOPLE = 4
MISCOUNTED = """
SELECT p.username FROM profiles p WHERE (p.follower_count, p.following_count) <> (
    (SELECT count(*) FROM follows WHERE followed_id = p.user_id),
    (SELECT count(*) FROM follows WHERE follower_id = p.user_id))
"""
CROSSED = """
SELECT FROM follows f JOIN content_filters b ON b.kind = 'block'
    AND (b.user_id, b.target_id) IN ((f.follower_id, f.followed_id), (f.followed_id, f.follower_id))
"""


class Somebody(NamedTuple):
    """Read once: threads share no session."""

    id: UUID
    email: str


Act = Callable[[Connection, Somebody, Somebody], object]


def somebody(db: Session, **columns: Any) -> Somebody:
    user = profiles.person(db, **columns)
    return Somebody(user.id, user.email)


def erase(connection: Connection, person: Somebody) -> None:
    who = privacy.Person(person.id, person.email, is_proven=True)
    PERSONAL_DATA.erase(connection, privacy.Erasure(who, frozenset({person.email}), with_publications=True))


def set_private(connection: Connection, person: Somebody, private: bool) -> None:
    row = own_profile.of(connection, person.id)
    own_profile.change(connection, person.id, AccountValues(), {"is_private": private}, version=row.version)


ACTS: dict[str, Act] = {
    "follow": lambda tx, one, other: follows.follow(tx, str(other.id), viewer=one.id),
    "unfollow": lambda tx, one, other: follows.unfollow(tx, str(other.id), viewer=one.id),
    "remove": lambda tx, one, other: follows.remove_follower(tx, str(other.id), viewer=one.id),
    "block": lambda tx, one, other: content_filters.block(tx, str(other.id), viewer=one.id),
    "unblock": lambda tx, one, other: content_filters.remove(tx, str(other.id), "block", viewer=one.id),
    "accept": lambda tx, one, other: follows.accept(tx, str(other.id), viewer=one.id),
    "close": lambda tx, one, other: set_private(tx, one, True),
    "open": lambda tx, one, other: set_private(tx, one, False),
    "erase": lambda tx, one, other: erase(tx, one),
}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)), max_size=25
)


def misfits(db: Session) -> list[object]:
    db.rollback()
    return [*db.execute(text(MISCOUNTED)).all(), *db.execute(text(CROSSED)).all()]


def perform(connection: Connection, act: str, one: Somebody, other: Somebody) -> str:
    """What the act came to; it may be refused, and nothing else."""
    try:
        with connection.transaction():
            ACTS[act](connection, one, other)
    except ProblemError as error:
        return error.code
    return "done"


@pytest.fixture
def connect(database_url: str) -> Callable[[], Connection]:
    """Opens a connection like another process would."""
    return lambda: psycopg.connect(database_url, autocommit=True, row_factory=dict_row, prepare_threshold=None)


@settings(max_examples=25)
@given(steps=STEPS)
def test_after_any_interleaving_counts_equal_rows_and_no_block_has_a_follow(
    db: Session, aws: Cloud, connect: Callable[[], Connection], steps: list[tuple[str, int, int]]
) -> None:
    people = [somebody(db) for _ in range(PEOPLE)]
    with connect() as connection:
        for act, one, other in steps:
            perform(connection, act, people[one], people[other])
    assert misfits(db) == []
    db.query(ContentFilter).delete()
    db.query(FollowRequest).delete()
    db.query(Follow).delete()
    db.query(Profile).delete()
    db.commit()


def at_once(connect: Callable[[], Connection], contenders: int, act: Callable[[Connection, int], Any]) -> list[Any]:
    """What each contender got; all wait with an open connection, and are released at once."""
    barrier = Barrier(contenders)

    def contend(number: int) -> Any:
        with connect() as connection:
            barrier.wait()
            return act(connection, number)

    with ThreadPoolExecutor(contenders) as pool:
        return list(pool.map(contend, range(contenders)))


def test_a_follow_toggled_fifty_times_at_once_is_there_or_not(
    db: Session, aws: Cloud, connect: Callable[[], Connection]
) -> None:
    """In both directions, so that each waits for both: nobody is told of a deadlock."""
    ada, grace = somebody(db), somebody(db)

    def toggle(connection: Connection, number: int) -> list[str]:
        pair = (ada, grace) if number % 2 else (grace, ada)
        return [perform(connection, ("follow", "unfollow")[(step + number // 2) % 2], *pair) for step in range(7)]

    outcomes = at_once(connect, 8, toggle)
    assert {outcome for each in outcomes for outcome in each} == {"done"}
    assert misfits(db) == []


def test_follows_blocks_and_erasure_at_once_leave_nothing_between(
    db: Session, aws: Cloud, connect: Callable[[], Connection]
) -> None:
    people = [somebody(db, is_private=number == 0) for number in range(4)]

    def meddle(connection: Connection, number: int) -> list[str]:
        acts = ("follow", "block", "unblock", "follow", "open", "accept", "close", "remove")
        return [
            perform(connection, acts[(step + number) % len(acts)], people[(step * number) % 4], people[(step + 1) % 4])
            for step in range(12)
        ]

    outcomes = {outcome for each in at_once(connect, 6, meddle) for outcome in each}
    allowed = {"oneself", "blocking", "user_not_found", "follow_request_not_found", "version_conflict"}
    assert outcomes <= {"done"} | allowed
    assert misfits(db) == []


def test_of_many_who_take_one_name_at_once_one_gets_it(
    db: Session, aws: Cloud, connect: Callable[[], Connection]
) -> None:
    users = [identity.user(db).id for _ in range(8)]
    keys.service_key("onboarding-network")  # is read by the process's own connection, which threads do not share

    def take(connection: Connection, number: int) -> str:
        try:
            with connection.transaction():
                onboarding.onboard(
                    connection,
                    users[number],
                    username=("ada_l", "Ada_1", "ADA_L")[number % 3],
                    display_name=None,
                    time_zone="UTC",
                    country=None,
                    address="203.0.113.7",
                )
        except UsernameTakenError as error:
            return f"taken, {len(list(error.extra['suggestions']))} suggested"  # type: ignore[call-overload]
        return "done"

    assert Counter(at_once(connect, 8, take)) == {"done": 1, "taken, 3 suggested": 7}
    assert db.query(Profile).count() == 1
