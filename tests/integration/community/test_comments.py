"""Comments over HTTP: written, answered, changed and deleted."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.community.models.groups import Group, GroupMember
from shared.contexts.community.models.topics import PostMention
from shared.contexts.identity.models.accounts import User
from tests.factories import community, groups, profiles
from tests.integration.community.conftest import SignedIn
from tests.integration.community.threads import answer, comments_of, texts
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient


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


def test_what_is_sent_again_with_its_key_is_written_once(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    post, client = community.post(db, ada), signed_in(ada)
    sent: list[tuple[str, dict[str, str], str]] = [
        (comments_of(post), {"text": "Once"}, "id"),
        (f"/api/v1/posts/{post.id}/reposts", {"text": "Look"}, "quote"),
        ("/api/v1/groups", {"name": "Value investors"}, "slug"),
    ]
    for path, body, name in sent:
        key = {"Idempotency-Key": str(uuid.uuid4())}
        first, again = (client.post(path, json=body, headers=key) for _ in range(2))
        assert (first.status, again.status) == (201, 201)
        assert (again.json()[name], again.headers.get("location")) == (
            first.json()[name],
            first.headers.get("location"),
        )
        other = client.post(path, json={name: f"{text} more" for name, text in body.items()}, headers=key)
        assert (other.status, other.json()["code"]) == (422, "idempotency_key_reused")
    counts = client.get(f"/api/v1/posts/{post.id}").json()["stats"]
    assert (counts["comments"], counts["quotes"]) == (1, 1)


def test_who_has_left_a_group_changes_nothing_that_members_read(signed_in: SignedIn, db: Session) -> None:
    ada, gone = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    post = community.post(db, gone, visibility="group", group_id=group.id)
    comment = community.comment(db, post, gone)
    client, change = signed_in(gone), {"version": 1, "text": "Buy my course"}
    for path in (f"posts/{post.id}", f"comments/{comment.id}"):
        refused = client.patch(f"/api/v1/{path}", json=change)
        assert (refused.status, refused.json()["code"]) == (403, "not_a_member")
    assert client.get(f"/api/v1/comments/{comment.id}").json()["viewer"]["can_edit"] is False
    groups.member(db, group, gone)
    group.closed_at = datetime.now(UTC)
    db.commit()
    for path in (f"comments/{comment.id}", f"posts/{post.id}"):
        refused = client.patch(f"/api/v1/{path}", json=change)
        assert (refused.status, refused.json()["code"]) == (409, "group_closed")
        assert client.delete(f"/api/v1/{path}").status == 204


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


def test_what_somebody_said_before_a_block_stays_for_others_until_the_author_removes_it(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    comment = community.comment(db, post, bob, "Buy my course")
    profiles.block(db, ada, bob)
    address = f"/api/v1/comments/{comment.id}"
    assert [client.get(address).status for client in (guest, signed_in(ada))] == [200, 404]
    assert guest.get(f"/api/v1/posts/{post.id}").json()["stats"]["comments"] == 1
    assert signed_in(ada).delete(address).status == 204
    assert guest.get(address).status == 404


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


def test_a_comment_is_changed_by_its_author_and_by_version(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    address = f"/api/v1/comments/{community.comment(db, post, bob, 'Buy').id}"
    changed = signed_in(bob).patch(address, json={"text": "Sell", "version": 1}).json()
    assert (changed["text"], changed["version"]) == ("Sell", 2)
    assert changed["edited_at"] is not None
    stale = signed_in(bob).patch(address, json={"text": "Hold", "version": 1})
    assert (stale.status, stale.json()["code"], stale.json()["version"]) == (409, "version_conflict", 2)
    assert signed_in(ada).patch(address, json={"text": "Hold", "version": 2}).status == 404
    signed_in(bob).delete(address)
    assert signed_in(bob).patch(address, json={"text": "Hold", "version": 3}).status == 404


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


def test_answers_and_deletions_at_once_wait_for_each_other(signed_in: SignedIn, db: Session) -> None:
    ada, bob = community.established_person(db), profiles.person(db)
    post = community.post(db, ada)
    path = comments_of(post)
    # As many as new accounts may write in an hour.
    parents = [str(community.comment(db, post, bob).id) for _ in range(5)]
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


def mentioned(db: Session) -> dict[str, bool]:
    """Who is named in comments, and whether still."""
    rows = db.execute(
        text(
            "SELECT a.username, m.withdrawn_at IS NULL AS is_named FROM comment_mentions m"
            " JOIN profiles_people a ON a.user_id = m.user_id"
        )
    )
    return {row.username: row.is_named for row in rows}


def test_comments_name_tickers_hashtags_and_people(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db, "ada"), profiles.person(db, "Bob")
    made = signed_in(ada).post(comments_of(community.post(db, ada)), json={"text": "看好$AAPL长期 #财报 @bob"}).json()
    assert [(entity["kind"], entity["start"], entity["end"]) for entity in made["entities"]] == [
        ("ticker", 2, 7),
        ("hashtag", 10, 13),
        ("mention", 14, 18),
    ]
    assert made["entities"][2]["user_id"] == str(bob.id)
    assert mentioned(db) == {"Bob": True}


def test_a_mention_is_for_whom_may_read_the_comment(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db, "ada"), profiles.person(db, "bob")
    fan, stranger, walled, shunned = (profiles.person(db, name) for name in ("fan", "stranger", "walled", "shunned"))
    for person in (bob, fan, walled, shunned):
        profiles.follow(db, person, ada)
    profiles.block(db, bob, walled)
    profiles.block(db, shunned, ada)
    post = community.post(db, ada, visibility="followers")
    made = signed_in(bob).post(comments_of(post), json={"text": "@ada @fan @stranger @walled @shunned @bob"})
    assert made.status == 201
    assert mentioned(db) == {"ada": True, "fan": True}
    assert stranger.id


def test_who_is_named_again_has_one_mention(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db, "ada")
    profiles.person(db, "bob")
    client = signed_in(ada)
    made = client.post(comments_of(community.post(db, ada)), json={"text": "@bob"}).json()
    [first] = db.execute(text("SELECT mentioned_at FROM comment_mentions")).all()
    for version, (body, is_named) in enumerate((("nobody", False), ("@bob again", True)), start=1):
        client.patch(f"/api/v1/comments/{made['id']}", json={"text": body, "version": version})
        db.rollback()
        assert mentioned(db) == {"bob": is_named}
    assert db.execute(text("SELECT mentioned_at FROM comment_mentions")).all() == [first]


def test_nobody_names_thousands(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    crowd = " ".join(f"@p{number}" for number in range(10_000))[:1_990]
    refused = signed_in(ada).post(comments_of(community.post(db, ada)), json={"text": crowd})
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "body.text")


def test_what_a_comment_said_before_is_read_by_whoever_reads_the_comment(
    signed_in: SignedIn, guest: LambdaClient, db: Session
) -> None:
    ada, bob, foe = (profiles.person(db) for _ in range(3))
    post = community.post(db, ada)
    made = signed_in(bob).post(comments_of(post), json={"text": "first"}).json()
    address = f"/api/v1/comments/{made['id']}"
    for version, words in enumerate(("second", "second", "third"), start=1):
        changed = signed_in(bob).patch(address, json={"text": words, "version": version})
        assert changed.status == 200

    def read(client: LambdaClient, **query: object) -> list[tuple[int, str]] | str:
        answer = client.get(f"{address}/edits", query=query).json()
        return [(item["version"], item["text"]) for item in answer["items"]] if "items" in answer else answer["code"]

    assert read(guest) == [(3, "second"), (1, "first")]
    page = guest.get(f"{address}/edits", query={"limit": 1}).json()
    rest = guest.get(f"{address}/edits", query={"limit": 1, "cursor": page["next_cursor"]}).json()
    assert ([item["version"] for item in page["items"] + rest["items"]], rest["next_cursor"]) == ([3, 1], None)
    stolen = signed_in(ada).get(f"{address}/edits", query={"cursor": page["next_cursor"]})
    assert stolen.json()["code"] == "invalid_cursor"
    profiles.block(db, bob, foe)
    assert read(signed_in(foe)) == "comment_not_found"
    signed_in(ada).post(comments_of(post), json={"text": "indeed", "parent_id": made["id"]})
    assert signed_in(bob).delete(address).status == 204
    assert [read(client) for client in (guest, signed_in(ada), signed_in(bob))] == ["comment_not_found"] * 3


def test_an_erased_person_leaves_no_earlier_text_of_a_comment(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    made = signed_in(bob).post(comments_of(community.post(db, ada)), json={"text": "My name is Bob"}).json()
    address = f"/api/v1/comments/{made['id']}"
    assert signed_in(bob).patch(address, json={"text": "No name", "version": 1}).json()["edited_at"]
    community.erase(db, bob)
    assert db.scalar(text("SELECT count(*) FROM comment_edits")) == 0
