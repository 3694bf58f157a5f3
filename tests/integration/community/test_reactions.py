"""Reactions and reposts over HTTP: what people do with posts and comments, and undo."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.community.models.groups import Group, GroupMember
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient

NOTHING = {"like": 0, "love": 0, "laugh": 0, "rocket": 0, "eyes": 0, "sad": 0}


def target(db: Session, kind: str, author: Any) -> str:
    """The address of a post or comment of the author's."""
    post = community.post(db, author)
    if kind == "post":
        return f"/api/v1/posts/{post.id}"
    return f"/api/v1/comments/{community.comment(db, post, author).id}"


def names(client: LambdaClient, path: str, **query: Any) -> list[str]:
    return [item["person"]["username"] for item in client.get(path, query=query).json()["items"]]


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_a_toggle_reacts_replaces_and_undoes(kind: str, signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    address, client = target(db, kind, profiles.person(db)), signed_in(ada)
    bodies: list[dict[str, str] | None] = [None, {"reaction": "rocket"}, {"reaction": "rocket"}, {}]
    told = [client.post(f"{address}/reactions", json=body).json() for body in bodies]
    assert told == [
        {"reaction": "like", "reactions": {**NOTHING, "like": 1}},
        {"reaction": "rocket", "reactions": {**NOTHING, "rocket": 1}},
        {"reaction": None, "reactions": NOTHING},
        {"reaction": "like", "reactions": {**NOTHING, "like": 1}},
    ]
    assert client.get(address).json()["viewer"]["reaction"] == "like"
    assert client.post(f"{address}/reactions", json={"reaction": "skull"}).status == 422


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_put_and_delete_can_be_sent_again(kind: str, signed_in: SignedIn, db: Session) -> None:
    address, client = target(db, kind, profiles.person(db)), signed_in(profiles.person(db))
    for _ in range(2):
        put = client.put(f"{address}/reactions", json={"reaction": "love"})
        assert (put.status, put.json()["reactions"]) == (200, {**NOTHING, "love": 1})
    for _ in range(2):
        assert client.delete(f"{address}/reactions").status == 204
    assert db.execute(text("SELECT count(*) FROM reactions")).scalar() == 0
    assert db.execute(text(community.MISCOUNTED)).all() == []


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_fifty_toggles_at_once_leave_counts_that_equal_the_rows(kind: str, signed_in: SignedIn, db: Session) -> None:
    address = target(db, kind, profiles.person(db))
    clients = [signed_in(profiles.person(db)) for _ in range(5)]
    db.rollback()

    statuses = at_once(10, lambda number: [clients[number % 5].post(f"{address}/reactions").status for _ in range(5)])

    assert Counter(status for each in statuses for status in each) == {200: 50}
    # Ten presses of each person undo one another.
    assert db.execute(text("SELECT count(*) FROM reactions")).scalar() == 0
    assert db.execute(text(community.MISCOUNTED)).all() == []


def test_different_acts_of_one_person_at_once_wait_for_each_other(signed_in: SignedIn, db: Session) -> None:
    address, client = target(db, "post", profiles.person(db)), signed_in(profiles.person(db))
    db.rollback()
    acts = [
        lambda: client.put(f"{address}/reactions", json={"reaction": "sad"}),
        lambda: client.delete(f"{address}/reactions"),
        lambda: client.post(f"{address}/reactions"),
        lambda: client.post(f"{address}/reposts"),
        lambda: client.delete(f"{address}/reposts"),
        lambda: client.post(f"{address}/comments", json={"text": "I agree"}),
    ]
    statuses = at_once(6, lambda number: [acts[(number + turn) % 6]().status for turn in range(6)])
    assert {status for each in statuses for status in each} <= {200, 201, 204}
    assert db.execute(text(community.MISCOUNTED)).all() == []


@pytest.mark.parametrize("is_by_author", [True, False], ids=["by the author", "of the author"])
@pytest.mark.parametrize("kind", ["post", "comment"])
def test_a_block_in_either_direction_forbids_acts_and_never_their_end(
    kind: str, is_by_author: bool, signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    address, client = target(db, kind, ada), signed_in(bob)
    acts = ["reactions", "reposts", "bookmarks"] if kind == "post" else ["reactions"]
    for act in acts:
        assert client.put(f"{address}/{act}").status == 200
    profiles.block(db, *((ada, bob) if is_by_author else (bob, ada)))
    for act in acts:
        assert client.put(f"{address}/{act}").status == client.post(f"{address}/{act}").status == 404
        assert client.delete(f"{address}/{act}").status == 204
    assert db.execute(text(community.MISCOUNTED)).all() == []
    left = "SELECT (SELECT count(*) FROM reactions) + (SELECT count(*) FROM reposts) + (SELECT count(*) FROM bookmarks)"
    assert db.execute(text(left)).scalar() == 0


@pytest.mark.parametrize(("kind", "act"), [("post", "reactions"), ("comment", "reactions"), ("post", "reposts")])
def test_people_who_acted_are_listed_through_the_filter(
    kind: str, act: str, guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada = profiles.person(db)
    address = target(db, kind, ada)
    people = {name: profiles.person(db, name) for name in ("bob", "eve", "joe", "zoe")}
    for person in people.values():
        signed_in(person).put(f"{address}/{act}")
    assert names(guest, f"{address}/{act}") == ["zoe", "joe", "eve", "bob"]
    profiles.block(db, ada, people["bob"])
    profiles.block(db, people["eve"], ada)
    profiles.mute(db, ada, people["joe"])
    assert names(signed_in(ada), f"{address}/{act}") == ["zoe"]
    first = guest.get(f"{address}/{act}", query={"limit": 2}).json()
    assert names(guest, f"{address}/{act}", limit=2, cursor=first["next_cursor"]) == ["eve", "bob"]
    assert guest.get(f"{address}/{act}", query={"limit": 4}).json()["next_cursor"] is None


def test_people_are_listed_by_reaction(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    address = target(db, "post", profiles.person(db))
    for name, reaction in (("bob", "love"), ("eve", "sad")):
        signed_in(profiles.person(db, name)).put(f"{address}/reactions", json={"reaction": reaction})
    assert names(guest, f"{address}/reactions", reaction="sad") == ["eve"]


def test_the_suspended_do_nothing_new_and_may_undo(signed_in: SignedIn, db: Session) -> None:
    address = target(db, "post", profiles.person(db))
    client = signed_in(profiles.person(db, standing="suspended", standing_reason="Spam"))
    for act in ("reactions", "reposts"):
        refused = client.put(f"{address}/{act}")
        assert (refused.status, refused.json()["code"], refused.json()["reason"]) == (403, "suspended", "Spam")
        assert client.delete(f"{address}/{act}").status == 204


def test_a_post_is_reposted_once(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    address, client = target(db, "post", profiles.person(db)), signed_in(profiles.person(db))
    statuses = [client.post(f"{address}/reposts").status, client.post(f"{address}/reposts").status]
    assert statuses == [201, 200]
    assert client.get(address).json()["viewer"]["is_reposted"] is True
    assert guest.get(address).json()["stats"]["reposts"] == 1
    assert client.delete(f"{address}/reposts").status == 204
    assert guest.get(address).json()["stats"]["reposts"] == 0


@pytest.mark.parametrize("reach", ["followers", "private account", "closed group"])
def test_what_is_for_some_is_not_passed_on(reach: str, signed_in: SignedIn, db: Session) -> None:
    fan, ada = profiles.person(db), profiles.person(db, is_private=reach == "private account")
    profiles.follow(db, fan, ada)
    columns: dict[str, Any] = {"visibility": "followers"} if reach == "followers" else {}
    if reach == "closed group":
        group = Group(slug="value", name="Value", access="request")
        db.add(group)
        db.flush()
        db.add_all(GroupMember(group_id=group.id, user_id=person.id) for person in (fan, ada))
        columns = {"visibility": "group", "group_id": group.id}
    post = community.post(db, ada, **columns)
    refused = signed_in(fan).post(f"/api/v1/posts/{post.id}/reposts")
    assert (refused.status, refused.json()["code"]) == (409, "repost_not_allowed")


def test_a_repost_with_a_text_is_a_quote(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    address, client = target(db, "post", profiles.person(db)), signed_in(profiles.person(db, "bob"))
    made = client.post(f"{address}/reposts", json={"text": "Worth reading"})
    assert made.status == 201
    assert (made.json()["is_reposted"], made.json()["repost_count"]) == (False, 0)
    assert made.json()["quote"]["text"] == "Worth reading"
    assert made.json()["quote"]["quoted"]["post"]["text"] == "Good morning"
    stats = guest.get(address).json()["stats"]
    assert (stats["reposts"], stats["quotes"]) == (0, 1)


def test_a_quote_is_for_no_more_people_than_what_it_quotes(signed_in: SignedIn, db: Session) -> None:
    ada, fan = profiles.person(db), profiles.person(db)
    profiles.follow(db, fan, ada)
    post = community.post(db, ada, visibility="followers")
    refused = signed_in(fan).post(f"/api/v1/posts/{post.id}/reposts", json={"text": "Look"})
    assert (refused.status, refused.json()["code"]) == (422, "quote_too_wide")
