"""A group's feed, and what its moderators and authors do with posts there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Comment
from shared.contexts.community.models.groups import Group
from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.tables.platform import AuditEntry
from tests.factories import community, groups, profiles
from tests.integration.community.conftest import SignedIn
from tests.integration.community.test_groups import GROUPS, refusal
from tests.support.lambda_client import LambdaClient

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def post(db: Session, group: Group, author: User, body: str = "Good morning", **columns: Any) -> Post:
    return community.post(db, author, body, visibility="group", group_id=group.id, **columns)


def feed(client: LambdaClient, group: Group, **query: Any) -> list[str]:
    """All pages of it."""
    seen, cursor = [], None
    for _ in range(20):
        page = client.get(f"{GROUPS}/{group.slug}/posts", query={**query, **({"cursor": cursor} if cursor else {})})
        assert page.status == 200, page.json()
        assert len(page.json()["items"]) <= query.get("limit", 20)
        seen += [item["text"] for item in page.json()["items"]]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            return seen
    raise AssertionError(f"no last page: {seen}")


def test_pinned_posts_stand_first_and_once(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    group = groups.group(db, ada)
    made = [post(db, group, ada, str(n), published_at=NOON) for n in range(8)]
    for pinned in (made[1], made[5], made[3]):
        pin = signed_in(ada).put(f"{GROUPS}/{group.slug}/posts/{pinned.id}/pin")
        assert pin.json()["group"]["is_pinned"], pin.json()
    refused = signed_in(ada).put(f"{GROUPS}/{group.slug}/posts/{made[0].id}/pin")
    assert refusal(refused) == (409, "too_many_pins")
    for limit in (4, 5, 8, 20):
        assert feed(guest, group, limit=limit) == ["3", "5", "1", "7", "6", "4", "2", "0"], limit
    for limit in (1, 2, 3):
        assert sorted(feed(guest, group, limit=limit)) == [str(n) for n in range(8)], limit
    unpinned = signed_in(ada).delete(f"{GROUPS}/{group.slug}/posts/{made[3].id}/pin")
    assert not unpinned.json()["group"]["is_pinned"]
    assert feed(guest, group)[:3] == ["5", "1", "7"]


def test_a_post_that_is_pinned_while_somebody_reads_on_is_not_missed(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada = profiles.person(db)
    group = groups.group(db, ada)
    made = [post(db, group, ada, str(n), published_at=NOON + timedelta(hours=n)) for n in range(4)]
    path = f"{GROUPS}/{group.slug}/posts"
    first = guest.get(path, query={"limit": 2}).json()
    signed_in(ada).put(f"{path}/{made[1].id}/pin")
    second = guest.get(path, query={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["text"] for item in (*first["items"], *second["items"])] == ["3", "2", "1", "0"]
    foreign = signed_in(ada).get(path, query={"limit": 2, "cursor": first["next_cursor"]})
    assert refusal(foreign) == (400, "invalid_cursor")


def test_hot_posts_are_those_that_people_do_something_with(guest: LambdaClient, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    old = post(db, group, ada, "old and liked", published_at=NOON)
    post(db, group, ada, "new", published_at=NOON + timedelta(hours=5))
    for _ in range(3):
        community.comment(db, old, bob)
    assert feed(guest, group) == ["new", "old and liked"]
    assert feed(guest, group, order="hot", limit=1) == ["old and liked", "new"]


def test_the_feed_of_a_group_passes_the_one_filter(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    """Blocks in both directions, mutes, banned authors, private ones, what is deleted or hidden."""
    ada, reader = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    blocked, blocker, muted, private = (profiles.person(db, is_private=n == 3) for n in range(4))
    post(db, group, ada, "seen")
    for author in (blocked, blocker, muted, private, profiles.person(db, standing="banned")):
        post(db, group, author, "not seen")
    post(db, group, ada, "deleted", deleted_at=NOON)
    post(db, group, ada, "hidden", hidden_at=NOON)
    post(db, group, ada, "draft", status="draft", published_at=None)
    post(db, groups.group(db, ada), ada, "in another group")
    profiles.block(db, reader, blocked)
    profiles.block(db, blocker, reader)
    profiles.mute(db, reader, muted)
    assert feed(signed_in(reader), group) == ["seen"]
    assert feed(guest, group) == ["not seen", "not seen", "not seen", "seen"]
    assert guest.get("/api/v1/posts").json()["items"] == []


@pytest.mark.parametrize("access", ["request", "invitation"])
def test_a_removed_member_sees_nothing_from_that_moment(access: str, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada, access=access)
    groups.member(db, group, bob)
    inside = post(db, group, ada, "inside")
    path, member = f"{GROUPS}/{group.slug}", signed_in(bob)
    assert feed(member, group) == ["inside"]
    cursorless = member.get(f"/api/v1/posts/{inside.id}")
    assert cursorless.json()["group"]["slug"] == group.slug
    assert signed_in(ada).delete(f"{path}/members/{bob.id}").status == 204
    assert member.get(f"/api/v1/posts/{inside.id}").status == 404
    assert member.get(f"{path}/posts").status == (403 if access == "request" else 404)
    assert member.put(f"{path}/posts/{inside.id}/pin").status == (403 if access == "request" else 404)


def test_a_removed_post_is_read_by_its_author_with_the_reason(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, moderator, bob, member = (profiles.person(db) for _ in range(4))
    group = groups.group(db, ada)
    for user, role in ((moderator, "moderator"), (bob, "member"), (member, "member")):
        groups.member(db, group, user, role)
    made = post(db, group, bob, "Buy now")
    path, reason = f"{GROUPS}/{group.slug}/posts/{made.id}/removal", {"reason": "Advertising again"}
    assert refusal(signed_in(member).put(path, json=reason)) == (403, "group_role_required")
    for _ in range(2):
        assert signed_in(moderator).put(path, json=reason).status == 204
    assert feed(guest, group) == feed(signed_in(moderator), group) == []
    address = f"/api/v1/posts/{made.id}"
    assert [client.get(address).status for client in (guest, signed_in(member), signed_in(bob))] == [404, 404, 200]
    seen = signed_in(bob).get(address).json()
    assert (seen["text"], seen["hidden"]["reason"]) == ("Buy now", "Advertising again")
    removed = f"{GROUPS}/{group.slug}/removed-posts"
    [listed] = signed_in(moderator).get(removed).json()["items"]
    assert (listed["id"], listed["hidden"]["reason"]) == (str(made.id), "Advertising again")
    assert refusal(signed_in(bob).get(removed)) == (403, "group_role_required")
    [entry] = db.scalars(select(AuditEntry))
    assert (entry.action, entry.subject_id, entry.actor_id) == ("group.post_removed", made.id, moderator.id)
    assert "Advertising" not in f"{entry.changes}{entry.reason}"
    for _ in range(2):
        assert signed_in(moderator).delete(path).status == 204
    assert feed(guest, group) == ["Buy now"]
    assert signed_in(moderator).get(removed).json()["items"] == []
    assert db.execute(text(community.MISCOUNTED)).all() == []


def test_a_removed_comment_is_counted_no_more(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    made = post(db, group, ada)
    comment = community.comment(db, made, bob, "Buy now")
    path = f"{GROUPS}/{group.slug}/comments/{comment.id}/removal"
    elsewhere = f"{GROUPS}/{groups.group(db, ada).slug}/comments/{comment.id}/removal"
    assert refusal(signed_in(ada).put(elsewhere, json={"reason": "Ad"})) == (404, "comment_not_found")
    assert signed_in(ada).put(path, json={"reason": "Advertising"}).status == 204
    assert signed_in(ada).get(f"/api/v1/posts/{made.id}").json()["stats"]["comments"] == 0
    db.expire_all()
    assert db.scalars(select(Comment.hidden_reason)).one() == "Advertising"
    assert signed_in(ada).delete(path).status == 204
    assert signed_in(ada).get(f"/api/v1/posts/{made.id}").json()["stats"]["comments"] == 1
    assert db.execute(text(community.MISCOUNTED)).all() == []


def test_what_the_platform_hides_no_group_reinstates(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    group = groups.group(db, ada)
    made = post(db, group, ada, hidden_at=NOON, hidden_reason="Illegal")
    comment = community.comment(db, post(db, group, ada), ada, hidden_at=NOON)
    for path in (f"posts/{made.id}", f"comments/{comment.id}"):
        refused = signed_in(ada).delete(f"{GROUPS}/{group.slug}/{path}/removal")
        assert refusal(refused) == (409, "hidden_by_platform")


def test_a_post_has_a_flair_of_its_group(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    groups.member(db, group, bob)
    path, owner, author = f"{GROUPS}/{group.slug}", signed_in(ada), signed_in(bob)
    flair = owner.post(f"{path}/flairs", json={"name": "提问"}).json()
    assert refusal(owner.post(f"{path}/flairs", json={"name": "提问"})) == (409, "flair_name_taken")
    assert refusal(author.post(f"{path}/flairs", json={"name": "News"})) == (403, "group_role_required")
    assert guest.get(path).json()["flairs"] == [flair]
    made, other = post(db, group, bob, "How?"), post(db, group, ada, "Hello")
    set_flair = author.put(f"{path}/posts/{made.id}/flair", json={"flair_id": flair["id"]})
    assert set_flair.json()["flair"]["name"] == "提问"
    foreign = author.put(f"{path}/posts/{other.id}/flair", json={"flair_id": flair["id"]})
    assert refusal(foreign) == (403, "group_role_required")
    unknown = author.put(f"{path}/posts/{made.id}/flair", json={"flair_id": str(uuid4())})
    assert refusal(unknown) == (404, "flair_not_found")
    assert feed(guest, group, flair_id=flair["id"]) == ["How?"]
    assert owner.delete(f"{path}/posts/{made.id}/flair").json()["flair"] is None
    author.put(f"{path}/posts/{made.id}/flair", json={"flair_id": flair["id"]})
    assert owner.delete(f"{path}/flairs/{flair['id']}").status == 204
    assert guest.get(f"/api/v1/posts/{made.id}").json()["flair"] is None


def test_who_asked_accepts_an_answer(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    groups.member(db, group, bob)
    question = post(db, group, bob, "How?")
    answer, gone = community.comment(db, question, ada), community.comment(db, question, ada, deleted_at=NOON)
    other = community.comment(db, post(db, group, ada), ada)
    path, asker = f"{GROUPS}/{group.slug}/posts/{question.id}/accepted-answer", signed_in(bob)

    def accept(client: LambdaClient, comment_id: UUID) -> Any:
        return client.put(path, json={"comment_id": str(comment_id)})

    assert refusal(accept(signed_in(ada), answer.id)) == (403, "not_author")
    for comment in (gone, other):
        assert refusal(accept(asker, comment.id)) == (404, "comment_not_found")
    assert accept(asker, answer.id).json()["group"]["accepted_comment_id"] == str(answer.id)
    assert asker.delete(path).json()["group"]["accepted_comment_id"] is None


def test_a_locked_post_says_so(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    group = groups.group(db, ada)
    path = f"{GROUPS}/{group.slug}/posts/{post(db, group, ada).id}/lock"
    assert signed_in(ada).put(path).json()["group"]["is_locked"]
    assert not signed_in(ada).delete(path).json()["group"]["is_locked"]
