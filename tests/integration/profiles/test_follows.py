"""Following, followers, and requests to follow."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.profiles.domain import limits
from functions.profiles.service import follows
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import Follow, FollowRequest, Profile
from tests.factories import community, identity, profiles
from tests.integration.profiles.conftest import SignIn
from tests.support.lambda_client import LambdaClient

USERS = "/api/v1/users"


@pytest.fixture
def ada(db: Session) -> User:
    return profiles.person(db, "ada")


@pytest.fixture
def grace(db: Session) -> User:
    return profiles.person(db, "grace")


def relation(client: LambdaClient, user: User) -> dict[str, bool]:
    found: dict[str, bool] = client.get(f"{USERS}/{user.id}").json()["relation"]
    return found


def names(client: LambdaClient, path: str) -> list[str]:
    return [item["username"] for item in client.get(path).json()["items"]]


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_following_can_be_repeated_and_counts_once(sign_in: SignIn, ada: User, grace: User, method: str) -> None:
    client = sign_in(ada)
    for _ in range(2):
        reply = client.request(method, f"{USERS}/GRACE/follow")
        assert (reply.status, reply.json()["stats"]["followers"]) == (200, 1)
        assert reply.json()["relation"] == {
            "following": True,
            "followed_by": False,
            "requested": False,
            "muting": False,
            "blocking": False,
        }
    assert relation(sign_in(grace), ada)["followed_by"]
    assert [client.delete(f"{USERS}/grace/follow").status for _ in range(2)] == [204, 204]
    assert client.get(f"{USERS}/grace").json()["stats"] == {"followers": 0, "following": 0, "posts": 0}


def test_a_profile_counts_the_posts_that_are_live(sign_in: SignIn, ada: User, grace: User, db: Session) -> None:
    community.post(db, grace, "first")
    gone = community.post(db, grace, "second")
    assert sign_in(ada).get(f"{USERS}/grace").json()["stats"]["posts"] == 2
    gone.deleted_at = datetime.now(UTC)
    db.commit()
    assert sign_in(ada).get(f"{USERS}/grace").json()["stats"]["posts"] == 1
    assert sign_in(grace).get(f"{USERS}/me").json()["stats"]["posts"] == 1


def test_nobody_follows_themselves(sign_in: SignIn, ada: User) -> None:
    reply = sign_in(ada).put(f"{USERS}/ada/follow")
    assert (reply.status, reply.json()["code"]) == (409, "oneself")


def test_who_has_no_username_or_is_suspended_follows_nobody(db: Session, sign_in: SignIn, grace: User) -> None:
    reply = sign_in(identity.user(db)).put(f"{USERS}/grace/follow")
    assert (reply.status, reply.json()["code"]) == (409, "onboarding_required")
    until = datetime(2099, 1, 1, tzinfo=UTC)
    suspended = profiles.person(db, standing="suspended", standing_until=until, standing_reason="Spam")
    reply = sign_in(suspended).put(f"{USERS}/grace/follow")
    assert (reply.status, reply.json()["code"]) == (403, "suspended")
    assert (reply.json()["until"], reply.json()["reason"]) == ("2099-01-01T00:00:00Z", "Spam")


def test_lists_are_newest_first_in_pages_that_end(db: Session, sign_in: SignIn, ada: User) -> None:
    """Of one instant too, and without a cursor behind the last page, also at exact multiples."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    fans = [profiles.person(db) for _ in range(6)]
    for fan in fans:
        profiles.follow(db, fan, ada, created_at=moment)
    client, seen, cursor = sign_in(ada), [], ""
    for _ in range(2):
        page = client.get(f"{USERS}/ada/followers?limit=3{cursor}").json()
        seen += [item["id"] for item in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert page["next_cursor"] is None
    assert seen == sorted((str(fan.id) for fan in fans), reverse=True)


def test_a_cursor_is_for_its_viewer(db: Session, sign_in: SignIn, guest: LambdaClient, ada: User, grace: User) -> None:
    for _ in range(2):
        profiles.follow(db, profiles.person(db), ada)
    cursor = sign_in(grace).get(f"{USERS}/ada/followers?limit=1").json()["next_cursor"]
    reply = guest.get(f"{USERS}/ada/followers?limit=1&cursor={cursor}")
    assert (reply.status, reply.json()["code"]) == (400, "invalid_cursor")


def test_a_private_account_is_asked_and_answers(db: Session, sign_in: SignIn, ada: User) -> None:
    grace = profiles.person(db, "grace", is_private=True)
    asking, answering = sign_in(ada), sign_in(grace)
    assert asking.put(f"{USERS}/grace/follow").json()["relation"]["requested"]
    assert asking.put(f"{USERS}/grace/follow").json()["stats"]["followers"] == 0
    assert asking.get(f"{USERS}/grace/followers").status == 404
    assert names(answering, "/api/v1/follow-requests") == ["ada"]
    assert names(asking, "/api/v1/follow-requests?direction=sent") == ["grace"]
    assert answering.get(f"{USERS}/me").json()["follow_request_count"] == 1
    assert answering.post("/api/v1/follow-requests/ada/accept").status == 204
    assert answering.post("/api/v1/follow-requests/ada/accept").status == 404
    assert relation(asking, grace)["following"]
    assert names(asking, f"{USERS}/grace/followers") == ["ada"]


def test_a_request_is_declined_or_withdrawn(db: Session, sign_in: SignIn, ada: User) -> None:
    grace = profiles.person(db, "grace", is_private=True)
    for end in (
        lambda: sign_in(grace).delete("/api/v1/follow-requests/ada"),
        lambda: sign_in(ada).delete(f"{USERS}/grace/follow"),
    ):
        sign_in(ada).put(f"{USERS}/grace/follow")
        assert [end().status for _ in range(2)] == [204, 204]
        assert (db.query(FollowRequest).count(), db.query(Follow).count()) == (0, 0)


def test_who_becomes_public_accepts_all_who_asked(db: Session, sign_in: SignIn, ada: User) -> None:
    grace = profiles.person(db, "grace", is_private=True)
    for fan in (ada, profiles.person(db)):
        profiles.follow_request(db, fan, grace)
    after = sign_in(grace).patch(f"{USERS}/me", json={"is_private": False, "version": 1}).json()
    assert (after["stats"]["followers"], after["follow_request_count"]) == (2, 0)


def test_a_follower_is_removed(db: Session, sign_in: SignIn, ada: User, grace: User) -> None:
    profiles.follow(db, ada, grace)
    profiles.follow(db, grace, ada)
    assert [sign_in(grace).delete(f"{USERS}/me/followers/ada").status for _ in range(2)] == [204, 204]
    assert relation(sign_in(ada), grace) == {
        "following": False,
        "followed_by": True,
        "requested": False,
        "muting": False,
        "blocking": False,
    }


def test_nobody_follows_more_than_the_limit(
    db: Session, sign_in: SignIn, ada: User, grace: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follows, "MAX_FOLLOWS", 1)
    profiles.follow(db, ada, profiles.person(db))
    reply = sign_in(ada).put(f"{USERS}/grace/follow")
    assert (reply.status, reply.json()["code"]) == (409, "follow_limit")
    assert limits.MAX_FOLLOWS == 7_500


@pytest.mark.parametrize("change", [{"standing": "banned"}, {}])
def test_whoever_is_gone_is_in_no_list_and_not_there(
    db: Session, guest: LambdaClient, ada: User, grace: User, change: dict[Any, Any]
) -> None:
    profiles.follow(db, ada, grace)
    if change:
        db.query(Profile).filter_by(user_id=ada.id).update(change)
    else:
        ada.is_active = False
    db.commit()
    missing = guest.get(f"{USERS}/nobody_at_all")
    for path in ("", "/followers", "/following"):
        gone = guest.get(f"{USERS}/ada{path}")
        assert gone.status == 404
        assert {key: gone.json()[key] for key in ("code", "title", "detail")} == {
            key: missing.json()[key] for key in ("code", "title", "detail")
        }
    assert names(guest, f"{USERS}/grace/followers") == []
