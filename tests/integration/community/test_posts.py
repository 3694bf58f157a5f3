"""Posts over HTTP: who writes them, and who reads which."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from tests.factories import community, identity, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.lambda_client import LambdaClient

POSTS = "/api/v1/posts"


def listed(client: LambdaClient) -> list[str]:
    return [item["text"] for item in client.get(POSTS).json()["items"]]


def test_a_post_is_written_and_read_by_everybody(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db, "ada")
    made = signed_in(ada).post(POSTS, json={"text": "看好$AAPL长期", "sentiment": "bullish"})
    assert made.status == 201, made.json()
    read = guest.get(made.headers["location"])
    assert read.json()["text"] == "看好$AAPL长期"
    author = read.json()["author"]
    assert (author["username"], author["display_name"], author["picture"]) == ("ada", "ada", None)
    assert read.json()["viewer"] is None
    assert listed(guest) == ["看好$AAPL长期"]


def test_who_has_no_username_yet_is_asked_for_one(signed_in: SignedIn, db: Session) -> None:
    refused = signed_in(identity.user(db)).post(POSTS, json={"text": "Hello"})
    assert (refused.status, refused.json()["code"]) == (409, "onboarding_required")


def test_the_suspended_read_and_do_not_write(signed_in: SignedIn, db: Session) -> None:
    until = datetime.now(UTC) + timedelta(days=1)
    ada = profiles.person(db, standing="suspended", standing_until=until, standing_reason="Spam")
    refused = signed_in(ada).post(POSTS, json={"text": "Hello"})
    assert (refused.status, refused.json()["code"], refused.json()["reason"]) == (403, "suspended", "Spam")
    assert signed_in(ada).get(POSTS).status == 200


def test_a_page_passes_over_posts_of_one_instant_in_order(guest: LambdaClient, db: Session) -> None:
    ada, instant = profiles.person(db), datetime(2026, 3, 1, tzinfo=UTC)
    for number in range(25):
        community.post(db, ada, f"{number}", published_at=instant)
    seen, cursor = [], None
    while True:
        page = guest.get(POSTS, query={"limit": 5, **({"cursor": cursor} if cursor else {})}).json()
        seen += [item["text"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [str(number) for number in reversed(range(25))]


def test_walls_stand_in_both_directions_and_mutes_in_one(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    of_bob = community.post(db, bob, "by Bob")
    community.post(db, ada, "by Ada")
    profiles.mute(db, ada, bob)
    assert listed(signed_in(ada)) == ["by Ada"]
    assert listed(signed_in(bob)) == ["by Ada", "by Bob"]
    assert signed_in(ada).get(f"{POSTS}/{of_bob.id}").status == 200
    profiles.block(db, bob, ada)
    assert listed(signed_in(bob)) == ["by Bob"]
    blocked = signed_in(ada).get(f"{POSTS}/{of_bob.id}")
    missing = signed_in(ada).get(f"{POSTS}/{uuid.uuid4()}")
    assert blocked.status == missing.status == 404
    assert blocked.json()["code"] == missing.json()["code"]


def test_what_is_for_followers_is_read_by_these(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, fan, stranger = (profiles.person(db) for _ in range(3))
    community.post(db, ada, "for followers", visibility="followers")
    private = profiles.person(db, is_private=True)
    community.post(db, private, "of a private account")
    for followed in (ada, private):
        profiles.follow(db, fan, followed)
    assert listed(signed_in(fan)) == ["of a private account", "for followers"]
    assert listed(signed_in(stranger)) == listed(guest) == []
    assert listed(signed_in(ada)) == ["for followers"]


def test_drafts_deleted_and_hidden_posts_are_in_no_list(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, now = profiles.person(db), datetime.now(UTC)
    community.post(db, ada, "draft", status="draft", published_at=None)
    deleted = community.post(db, ada, "deleted", deleted_at=now)
    hidden = community.post(db, ada, "hidden", hidden_at=now, hidden_reason="Spam")
    assert listed(guest) == listed(signed_in(ada)) == []
    assert guest.get(f"{POSTS}/{hidden.id}").status == 404
    assert signed_in(ada).get(f"{POSTS}/{hidden.id}").json()["hidden"]["reason"] == "Spam"
    assert signed_in(ada).get(f"{POSTS}/{deleted.id}").status == 404
