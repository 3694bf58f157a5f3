"""Comments over HTTP: written, answered, changed, deleted, and read as threads."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Comment
from shared.contexts.community.models.groups import Group, GroupMember
from shared.contexts.community.models.posts import Post
from shared.contexts.community.models.topics import PostMention
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import WordFilter
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded


def comments_of(post: Post) -> str:
    return f"/api/v1/posts/{post.id}/comments"


def answer(db: Session, comment: Comment, author: User, body: str = "And I", **columns: Any) -> Comment:
    post = db.get_one(Post, comment.post_id)
    return community.comment(db, post, author, body, parent_id=comment.id, depth=comment.depth + 1, **columns)


def texts(page: Answer) -> list[str | None]:
    assert page.status == 200, page.json()
    return [item["text"] for item in page.json()["items"]]


def walked(client: LambdaClient, path: str, **query: Any) -> list[str]:
    seen: list[str] = []
    cursor = None
    while True:
        page = client.get(path, query={**query, **({"cursor": cursor} if cursor else {})}).json()
        seen += [item["text"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return seen


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


def test_who_may_answer_is_what_the_author_decided(signed_in: SignedIn, db: Session) -> None:
    ada, fan, named, stranger = (profiles.person(db) for _ in range(4))
    profiles.follow(db, fan, ada)
    allowed = {"everybody": {fan, named, stranger}, "followers": {fan}, "mentioned": {named}, "nobody": set[User]()}
    for policy, people in allowed.items():
        post = community.post(db, ada, reply_policy=policy)
        db.add(PostMention(post_id=post.id, user_id=named.id))
        db.commit()
        for person in (ada, fan, named, stranger):
            may = person is ada or person in people
            assert signed_in(person).get(comments_of(post)).json()["can_reply"] is may
            made = signed_in(person).post(comments_of(post), json={"text": "I agree"})
            assert made.status == (201 if may else 403), (policy, made.json())
            assert may or (made.json()["code"], made.json()["reply_policy"]) == ("reply_not_allowed", policy)


def test_who_is_named_no_more_may_no_more_answer(signed_in: SignedIn, db: Session) -> None:
    named = profiles.person(db)
    post = community.post(db, profiles.person(db), reply_policy="mentioned")
    db.add(PostMention(post_id=post.id, user_id=named.id, withdrawn_at=datetime.now(UTC)))
    db.commit()
    assert signed_in(named).post(comments_of(post), json={"text": "I agree"}).status == 403


def test_in_a_group_its_members_comment_until_the_post_is_locked_or_the_group_closed(
    signed_in: SignedIn, db: Session
) -> None:
    ada, guest = profiles.person(db), profiles.person(db)
    group = Group(slug="value", name="Value", access="public")
    db.add(group)
    db.flush()
    db.add(GroupMember(group_id=group.id, user_id=ada.id))
    post = community.post(db, ada, visibility="group", group_id=group.id)

    def codes() -> list[str | None]:
        replies = [signed_in(who).post(comments_of(post), json={"text": "I agree"}) for who in (ada, guest)]
        return [reply.json().get("code") for reply in replies]

    assert codes() == [None, "not_a_member"]
    post.locked_at = datetime.now(UTC)
    db.commit()
    assert codes() == ["post_locked", "post_locked"]
    post.locked_at, group.closed_at = None, datetime.now(UTC)
    db.commit()
    assert codes() == ["group_closed", "group_closed"]


@pytest.mark.parametrize("blocker", ["post", "comment", "reader"])
def test_a_block_forbids_answers_and_reactions_in_both_directions(
    blocker: str, signed_in: SignedIn, db: Session
) -> None:
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    post = community.post(db, ada)
    comment = community.comment(db, post, bob)
    profiles.block(db, *{"post": (ada, eve), "comment": (bob, eve), "reader": (eve, bob)}[blocker])
    client = signed_in(eve)
    answered = client.post(comments_of(post), json={"text": "No", "parent_id": str(comment.id)})
    reacted = client.put(f"/api/v1/comments/{comment.id}/reactions")
    read = client.get(f"/api/v1/comments/{comment.id}")
    assert [answered.status, reacted.status, read.status] == [404, 404, 404]
    missing = client.get(f"/api/v1/comments/{uuid.uuid4()}")
    assert {**read.json(), "instance": "", "correlation_id": ""} == {
        **missing.json(),
        "instance": "",
        "correlation_id": "",
    }
    assert client.post(comments_of(post), json={"text": "Hello"}).status == (404 if blocker == "post" else 201)


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


def test_a_deleted_comment_keeps_its_place_as_long_as_there_are_answers(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    first = community.comment(db, post, ada, "first")
    second = answer(db, first, bob, "second")
    third = answer(db, second, ada, "third")
    for comment, author in ((first, ada), (second, bob)):
        assert signed_in(author).delete(f"/api/v1/comments/{comment.id}").status == 204
        assert signed_in(author).delete(f"/api/v1/comments/{comment.id}").status == 204
    assert texts(guest.get(comments_of(post))) == [None]
    assert guest.get(f"/api/v1/comments/{second.id}").json()["state"] == "deleted"
    assert guest.get(f"/api/v1/posts/{post.id}").json()["stats"]["comments"] == 1
    assert signed_in(ada).delete(f"/api/v1/comments/{third.id}").status == 204
    assert texts(guest.get(comments_of(post))) == []
    assert guest.get(f"/api/v1/comments/{first.id}").status == 404


def test_the_author_of_a_post_removes_answers_to_it(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    post = community.post(db, ada)
    comment = community.comment(db, post, bob, "Buy my course")
    address = f"/api/v1/comments/{comment.id}"
    assert signed_in(ada).get(address).json()["viewer"]["can_delete"] is True
    assert signed_in(eve).get(address).json()["viewer"]["can_delete"] is False
    assert signed_in(eve).delete(address).status == 404
    assert signed_in(ada).delete(address).status == 204
    assert guest.get(address).status == signed_in(ada).get(address).status == 404
    own = signed_in(bob).get(address).json()
    assert (own["state"], own["text"], own["viewer"]["can_edit"]) == ("removed", "Buy my course", False)
    assert signed_in(bob).delete(address).status == 204


def test_who_wrote_what_moderators_hid_reads_it_with_the_reason(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    bob = profiles.person(db)
    post = community.post(db, profiles.person(db))
    comment = community.comment(db, post, bob, "spam", hidden_at=datetime.now(UTC), hidden_reason="Advertising")
    address = f"/api/v1/comments/{comment.id}"
    assert guest.get(address).status == 404
    own = signed_in(bob).get(address).json()
    assert (own["state"], own["text"], own["hidden_reason"]) == ("hidden", "spam", "Advertising")
    changed = signed_in(bob).patch(address, json={"text": "no spam", "version": own["version"]})
    assert changed.status == 404


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


def test_a_comment_is_changed_by_its_author_and_by_version(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    address = f"/api/v1/comments/{community.comment(db, post, bob, 'Buy').id}"
    changed = signed_in(bob).patch(address, json={"text": "Sell", "version": 1}).json()
    assert (changed["text"], changed["version"]) == ("Sell", 2)
    assert changed["edited_at"] is not None
    stale = signed_in(bob).patch(address, json={"text": "Hold", "version": 1})
    assert (stale.status, stale.json()["code"]) == (409, "version_conflict")
    assert signed_in(ada).patch(address, json={"text": "Hold", "version": 2}).status == 404
    signed_in(bob).delete(address)
    assert signed_in(bob).patch(address, json={"text": "Hold", "version": 3}).status == 404


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


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("👨‍👩‍👧‍👦" * 2_000, 201),
        ("👨‍👩‍👧‍👦" * 2_001, 422),
        ("\u200b\u2060", 422),
        ("\u0301", 422),
        ("", 422),
        ("\u202eabc", 422),
        ("<script>alert(1)</script>", 201),
    ],
    ids=["2,000 families", "2,001 families", "zero-width", "a mark alone", "nothing", "override", "markup"],
)
def test_texts_are_counted_as_people_do_and_must_be_seen(
    body: str, status: int, signed_in: SignedIn, db: Session
) -> None:
    ada = profiles.person(db)
    made = signed_in(ada).post(comments_of(community.post(db, ada)), json={"text": body})
    assert made.status == status
    assert status == 422 or made.json()["text"] == body


def test_an_answer_belongs_to_a_comment_of_the_same_post(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    post, other = community.post(db, ada), community.post(db, ada)
    gone = community.comment(db, post, ada, deleted_at=datetime.now(UTC))
    for parent in (community.comment(db, other, ada).id, gone.id, uuid.uuid4()):
        made = signed_in(ada).post(comments_of(post), json={"text": "Yes", "parent_id": str(parent)})
        assert (made.status, made.json()["code"]) == (404, "comment_not_found")


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


def test_answers_and_deletions_at_once_wait_for_each_other(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    path = comments_of(post)
    parents = [str(community.comment(db, post, bob).id) for _ in range(6)]
    clients = {"answer": signed_in(ada), "delete": signed_in(bob), "remove": signed_in(ada)}
    db.rollback()

    def act(number: int) -> list[int]:
        kind = list(clients)[number % 3]
        client = clients[kind]
        if kind == "answer":
            return [client.post(path, json={"text": "Yes", "parent_id": parent}).status for parent in parents]
        return [client.delete(f"/api/v1/comments/{parent}").status for parent in parents]

    statuses = {status for each in at_once(6, act) for status in each}
    assert statuses <= {201, 204, 404}
    assert db.execute(text(community.MISCOUNTED)).all() == []
