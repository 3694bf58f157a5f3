"""Mutes and blocks: what they hide, what they forbid, and that nobody is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from functions.profiles.service import content_filters
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import ContentFilter, Follow, FollowRequest
from tests.factories import profiles
from tests.integration.profiles.conftest import SignIn
from tests.support.lambda_client import LambdaClient

USERS = "/api/v1/users"
FILTERS = "/api/v1/content-filters"


@pytest.fixture
def ada(db: Session) -> User:
    return profiles.person(db, "ada")


@pytest.fixture
def eve(db: Session) -> User:
    return profiles.person(db, "eve")


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("kind", ["mute", "block"])
def test_filters_can_be_repeated_and_undone(sign_in: SignIn, ada: User, eve: User, kind: str, method: str) -> None:
    client = sign_in(ada)
    for _ in range(2):
        reply = client.request(method, f"{USERS}/eve/{kind}")
        assert (reply.status, reply.json()["relation"][{"mute": "muting", "block": "blocking"}[kind]]) == (200, True)
    [listed] = client.get(FILTERS).json()["items"]
    assert (listed["kind"], listed["person"]["username"], listed["until"]) == (kind, "eve", None)
    assert client.get(f"{FILTERS}?kind={'mute' if kind == 'block' else 'block'}").json()["items"] == []
    assert [client.delete(f"{USERS}/eve/{kind}").status for _ in range(2)] == [204, 204]
    assert client.get(FILTERS).json()["items"] == []


def test_a_mute_ends_at_its_time(db: Session, sign_in: SignIn, ada: User, eve: User) -> None:
    client = sign_in(ada)
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert client.put(f"{USERS}/eve/mute", json={"until": until}).json()["relation"]["muting"]
    db.query(ContentFilter).update({"until": datetime.now(UTC) - timedelta(seconds=1)})
    db.commit()
    assert not client.get(f"{USERS}/eve").json()["relation"]["muting"]
    assert client.get(FILTERS).json()["items"] == []
    assert client.put(f"{USERS}/eve/mute").json()["relation"]["muting"]


@pytest.mark.parametrize(
    "until", ["tomorrow", "2027-01-01T00:00:00", "9999-12-31T23:59:59Z", "2020-01-01T00:00:00Z", True]
)
def test_an_end_is_a_moment_ahead_with_a_zone(sign_in: SignIn, ada: User, eve: User, until: object) -> None:
    assert sign_in(ada).put(f"{USERS}/eve/mute", json={"until": until}).status == 422


@pytest.mark.parametrize("kind", ["mute", "block"])
def test_nobody_filters_themselves_or_more_than_the_limit(
    db: Session, sign_in: SignIn, ada: User, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles.person(db, "eve")
    reply = sign_in(ada).put(f"{USERS}/ada/{kind}")
    assert (reply.status, reply.json()["code"]) == (409, "oneself")
    monkeypatch.setattr(content_filters, "MAX_FILTERS", 1)
    sign_in(ada).put(f"{USERS}/{profiles.person(db).id}/{kind}")
    reply = sign_in(ada).put(f"{USERS}/eve/{kind}")
    assert (reply.status, reply.json()["code"]) == (409, "filter_limit")


def test_a_block_ends_follows_and_requests_both_ways(db: Session, sign_in: SignIn, ada: User, eve: User) -> None:
    profiles.follow(db, ada, eve)
    profiles.follow(db, eve, ada)
    profiles.follow_request(db, eve, ada)
    assert sign_in(ada).put(f"{USERS}/eve/block").json()["stats"] == {"followers": 0, "following": 0, "posts": 0}
    assert (db.query(Follow).count(), db.query(FollowRequest).count()) == (0, 0)


def test_for_the_blocked_it_is_as_if_nobody_were_there(db: Session, sign_in: SignIn, ada: User, eve: User) -> None:
    """No field, status or word differs from a missing account; not even by an id of an account that never was."""
    profiles.block(db, ada, eve)
    blocked = sign_in(eve)

    def answers(user: str) -> list[object]:
        requests = [
            *(("GET", path) for path in ("", "/followers", "/following")),
            *(("PUT", path) for path in ("/follow", "/mute", "/block")),
            *(("DELETE", path) for path in ("/follow", "/mute", "/block")),
        ]
        replies = [blocked.request(method, f"{USERS}/{user}{path}") for method, path in requests]
        volatile = {"instance", "correlation_id"}
        return [
            (reply.status, {k: v for k, v in reply.json().items() if k not in volatile} if reply.body else None)
            for reply in replies
        ]

    assert answers("ada") == answers(str(ada.id)) == answers("nobody_here")


def test_who_is_blocked_can_still_undo_what_they_did(db: Session, sign_in: SignIn, ada: User, eve: User) -> None:
    """A follow that another way of blocking has left, a mute, a block of their own."""
    profiles.follow(db, eve, ada)
    profiles.mute(db, eve, ada)
    profiles.block(db, eve, ada)
    profiles.block(db, ada, eve)
    for what in ("follow", "mute", "block"):
        assert sign_in(eve).delete(f"{USERS}/ada/{what}").status == 204
    assert db.query(Follow).count() == 0
    assert [(row.user_id, row.kind) for row in db.query(ContentFilter)] == [(ada.id, "block")]


def test_whoever_blocks_finds_the_person_to_end_it(db: Session, sign_in: SignIn, ada: User, eve: User) -> None:
    profiles.block(db, ada, eve)
    client = sign_in(ada)
    assert client.get(f"{USERS}/eve").json()["relation"]["blocking"]
    reply = client.put(f"{USERS}/eve/follow")
    assert (reply.status, reply.json()["code"]) == (409, "blocking")


def test_blocked_people_are_in_no_list_of_people(
    db: Session, sign_in: SignIn, guest: LambdaClient, ada: User, eve: User
) -> None:
    """Both ways; for a third person they are there, and the counts are those of everybody."""
    star, third = profiles.person(db, "star"), profiles.person(db)
    for fan in (ada, eve):
        profiles.follow(db, fan, star)
        profiles.follow(db, star, fan)
    profiles.block(db, ada, eve)
    for path in ("followers", "following"):
        for viewer, shown in ((ada, {"ada"}), (eve, {"eve"}), (third, {"ada", "eve"})):
            page = sign_in(viewer).get(f"{USERS}/star/{path}").json()["items"]
            assert {item["username"] for item in page} == shown, (path, viewer)
    assert sign_in(ada).get(f"{USERS}/star").json()["stats"] == {"followers": 2, "following": 2, "posts": 0}


def test_a_muted_person_s_own_page_still_shows(db: Session, sign_in: SignIn, ada: User, eve: User) -> None:
    profiles.mute(db, ada, eve)
    assert sign_in(ada).get(f"{USERS}/eve").json()["relation"]["muting"]
    assert sign_in(eve).get(f"{USERS}/ada").json()["relation"]["muting"] is False
