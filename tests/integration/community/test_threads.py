"""Threads over HTTP: pages of comments, each with its first answers, as one reader sees them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.profiles.models import WordFilter
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.integration.community.threads import answer, comments_of, texts, walked
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded


def test_threads_go_to_any_depth_with_the_first_answers_of_each_level(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db, "ada"), profiles.person(db, "bob")
    post = community.post(db, ada)
    first = signed_in(bob).post(comments_of(post), json={"text": "看好"}).json()
    deepest = first
    for number in range(5):
        client = signed_in(ada if number % 2 else bob)
        made = client.post(comments_of(post), json={"text": f"{number}", "parent_id": deepest["id"]})
        assert made.status == 201, made.json()
        deepest = made.json()
    assert deepest["depth"] == 5
    for number in range(4):
        signed_in(ada).post(comments_of(post), json={"text": f"also {number}", "parent_id": first["id"]})
    page = guest.get(comments_of(post)).json()
    [thread] = page["items"]
    assert (thread["text"], thread["author"]["username"], thread["reply_count"]) == ("看好", "bob", 5)
    assert [reply["text"] for reply in thread["replies"]["items"]] == ["0", "also 0", "also 1"]
    assert thread["replies"]["items"][0]["reply_count"] == 1
    rest = guest.get(f"/api/v1/comments/{first['id']}/replies", query={"cursor": thread["replies"]["next_cursor"]})
    assert texts(rest) == ["also 2", "also 3"]
    assert guest.get(f"/api/v1/posts/{post.id}").json()["stats"]["comments"] == 10
    assert page["can_reply"] is False
    assert page["items"][0]["viewer"] is None


def test_a_blocked_comment_with_answers_looks_as_a_deleted_one_does(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    post = community.post(db, ada)
    of_bob, deleted, alone = (community.comment(db, post, bob, name) for name in ("bob", "gone", "alone"))
    for comment in (of_bob, deleted):
        answer(db, comment, ada)
    deleted.deleted_at = datetime.now(UTC)
    db.commit()
    profiles.block(db, bob, eve)
    seen = signed_in(eve).get(comments_of(post)).json()["items"]
    assert [item["id"] for item in seen] == [str(of_bob.id), str(deleted.id)]
    for item in seen:
        for own in ("id", "created_at", "version", "replies"):
            item.pop(own)
    assert seen[0] == seen[1]
    assert (seen[0]["state"], seen[0]["text"], seen[0]["author"], seen[0]["reply_count"]) == ("deleted", None, None, 1)
    assert texts(guest.get(comments_of(post))) == ["bob", None, "alone"]
    assert alone.id


def test_the_muted_are_folded_inside_threads(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    community.comment(db, post, bob, "I agree")
    profiles.mute(db, ada, bob)
    [item] = signed_in(ada).get(comments_of(post)).json()["items"]
    assert (item["text"], item["viewer"]["is_folded"], item["viewer"]["mutes_author"]) == ("I agree", True, True)
    [item] = signed_in(bob).get(comments_of(post)).json()["items"]
    assert item["viewer"]["is_folded"] is False


@pytest.mark.parametrize("action", ["hide", "fold"])
def test_filtered_words_fold_comments_of_others(action: str, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    db.add(WordFilter(user_id=ada.id, phrase="赌", pattern="赌", action=action))
    post = community.post(db, bob)
    for person in (ada, bob):
        signed_in(person).post(comments_of(post), json={"text": "赌一把"})
    items = signed_in(ada).get(comments_of(post)).json()["items"]
    assert [item["viewer"]["is_folded"] for item in items] == [False, True]


def test_what_private_accounts_say_is_for_their_followers(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    private, fan = profiles.person(db, is_private=True), profiles.person(db)
    profiles.follow(db, fan, private)
    post = community.post(db, profiles.person(db))
    community.comment(db, post, private, "between us")
    assert texts(guest.get(comments_of(post))) == []
    assert texts(signed_in(fan).get(comments_of(post))) == ["between us"]


def test_comments_on_what_one_may_not_read_are_not_there(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, stranger = profiles.person(db), profiles.person(db)
    post = community.post(db, ada, visibility="followers")
    comment = community.comment(db, post, ada)
    for client in (guest, signed_in(stranger)):
        for path in (comments_of(post), f"/api/v1/comments/{comment.id}", f"/api/v1/comments/{comment.id}/replies"):
            assert client.get(path).status == 404, path


def test_orders_are_by_time_in_both_directions_and_by_reactions(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    people = [profiles.person(db) for _ in range(3)]
    post = community.post(db, people[0])
    made = [community.comment(db, post, people[0], f"{number}") for number in range(5)]
    for number, reactors in ((1, 2), (3, 3), (4, 2)):
        for person in people[:reactors]:
            signed_in(person).put(f"/api/v1/comments/{made[number].id}/reactions", json={"reaction": "love"})
    for order, wanted in (("old", "01234"), ("new", "43210"), ("top", "34120")):
        assert walked(guest, comments_of(post), order=order, limit=2) == list(wanted)
    assert guest.get(comments_of(post), query={"order": "hot"}).status == 422


def test_a_page_that_ends_with_the_list_has_no_cursor(guest: LambdaClient, db: Session) -> None:
    ada = profiles.person(db)
    post, instant = community.post(db, ada), datetime(2026, 3, 1, tzinfo=UTC)
    for number in range(4):
        community.comment(db, post, ada, f"{number}", created_at=instant)
    page = guest.get(comments_of(post), query={"limit": 4}).json()
    assert page["next_cursor"] is None
    assert sorted(walked(guest, comments_of(post), limit=2)) == ["0", "1", "2", "3"]


def test_a_cursor_is_for_its_reader_list_and_order(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    post, other = community.post(db, ada), community.post(db, ada)
    for number in range(3):
        community.comment(db, post, ada, f"{number}")
    cursor = guest.get(comments_of(post), query={"limit": 2}).json()["next_cursor"]
    foreign = [
        signed_in(ada).get(comments_of(post), query={"cursor": cursor}),
        guest.get(comments_of(other), query={"cursor": cursor}),
        guest.get(comments_of(post), query={"cursor": cursor, "order": "new"}),
        guest.get(comments_of(post), query={"cursor": cursor[:-2]}),
    ]
    assert [(page.status, page.json()["code"]) for page in foreign] == [(400, "invalid_cursor")] * 4


def test_a_page_takes_as_many_statements_for_forty_threads_as_for_one(guest: LambdaClient, db: Session) -> None:
    ada = profiles.person(db)
    post = community.post(db, ada)
    path = comments_of(post)
    guest.get(path)
    numbers = []
    for size in (1, 40):
        for _ in range(size):
            answer(db, community.comment(db, post, ada), ada)
        with recorded() as statements:
            assert guest.get(path, query={"limit": 100}).status == 200
        numbers.append(len(statements))
    assert numbers == [3, 3]


def test_who_was_erased_leaves_an_empty_place(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    comment = community.comment(db, post, bob, "my address is")
    answer(db, comment, ada, "take care")
    community.erase(db, bob)
    [item] = guest.get(comments_of(post)).json()["items"]
    assert (item["text"], item["author"], item["replies"]["items"][0]["text"]) == (None, None, "take care")
    assert db.execute(text(community.MISCOUNTED)).all() == []
