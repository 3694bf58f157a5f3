"""Who comes into groups, who has to go, and what remains of who is gone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.clients import database
from shared.contexts.community.models.groups import Group, GroupMember, GroupRequest
from shared.contexts.community.personal_data import PERSONAL_DATA
from shared.privacy import Erasure, Person
from shared.tables.platform import AuditEntry
from tests.factories import community, groups, profiles
from tests.integration.community.conftest import SignedIn
from tests.integration.community.test_groups import GROUPS, listed, membership, refusal
from tests.support.cloud import Cloud
from tests.support.database_logins import logged_in
from tests.support.lambda_client import LambdaClient


def names(client: LambdaClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status == 200, answer.json()
    return [item["person"]["username"] for item in answer.json()["items"]]


@pytest.mark.parametrize(("decision", "then"), [("accept", "member"), ("decline", "none")])
def test_a_request_is_answered_once(decision: str, then: str, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db, "bob")
    group = groups.group(db, ada, access="request")
    path, owner, guest = f"{GROUPS}/{group.slug}", signed_in(ada), signed_in(bob)
    asked = guest.put(f"{path}/membership", json={"message": "I read Graham"})
    assert (asked.json()["viewer"]["membership"], asked.json()["member_count"]) == ("requested", 1)
    assert listed(guest, membership="requested") == [group.slug]
    [request] = owner.get(f"{path}/requests").json()["items"]
    assert (request["person"]["username"], request["message"]) == ("bob", "I read Graham")
    assert refusal(guest.get(f"{path}/requests")) == (403, "group_role_required")
    answered = owner.post(f"{path}/requests/{bob.id}/decision", json={"decision": decision})
    assert answered.status == 204
    assert membership(guest, group.slug) == then
    again = owner.post(f"{path}/requests/{bob.id}/decision", json={"decision": "accept"})
    assert refusal(again) == (404, "person_not_found")
    assert names(owner, f"{path}/requests") == []


def test_a_request_is_withdrawn_by_who_asked(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada, access="request")
    groups.request(db, group, bob)
    assert signed_in(bob).delete(f"{GROUPS}/{group.slug}/membership").status == 204
    assert names(signed_in(ada), f"{GROUPS}/{group.slug}/requests") == []


def test_an_invitation_is_taken_declined_or_withdrawn(signed_in: SignedIn, db: Session) -> None:
    ada, moderator, bob = profiles.person(db), profiles.person(db), profiles.person(db, "bob")
    group = groups.group(db, ada, access="invitation")
    groups.member(db, group, moderator, "moderator")
    path, staff, invited = f"{GROUPS}/{group.slug}", signed_in(moderator), signed_in(bob)

    def invite() -> None:
        assert staff.put(f"{path}/invitations/{bob.id}").status == 204
        assert names(signed_in(ada), f"{path}/invitations") == ["bob"]

    invite()
    assert invited.delete(f"{path}/membership").status == 204
    assert membership(invited, group.slug) == "404"
    invite()
    assert staff.delete(f"{path}/invitations/{bob.id}").status == 204
    assert membership(invited, group.slug) == "404"
    invite()
    assert invited.put(f"{path}/membership").json()["viewer"]["membership"] == "member"
    assert refusal(staff.put(f"{path}/invitations/{bob.id}")) == (409, "already_member")
    assert names(staff, f"{path}/invitations") == []


def test_nobody_invites_across_a_block(signed_in: SignedIn, db: Session) -> None:
    """In neither direction; it reads as if there were no such person."""
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    group = groups.group(db, ada)
    profiles.block(db, ada, bob)
    profiles.block(db, eve, ada)
    for person in (bob.id, eve.id, uuid.uuid4()):
        refused = signed_in(ada).put(f"{GROUPS}/{group.slug}/invitations/{person}")
        assert refusal(refused) == (404, "person_not_found")


def test_who_is_invited_after_asking_is_in(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada, access="request")
    groups.request(db, group, bob)
    assert signed_in(ada).put(f"{GROUPS}/{group.slug}/invitations/{bob.id}").status == 204
    assert membership(signed_in(bob), group.slug) == "member"


def test_invitations_end_with_the_right_to_invite(signed_in: SignedIn, db: Session) -> None:
    ada, moderator, bob = (profiles.person(db) for _ in range(3))
    group = groups.group(db, ada, access="invitation")
    groups.member(db, group, moderator, "moderator")
    groups.request(db, group, bob, invited_by=moderator)
    demoted = signed_in(ada).put(f"{GROUPS}/{group.slug}/members/{moderator.id}/role", json={"role": "member"})
    assert demoted.status == 204
    assert membership(signed_in(bob), group.slug) == "404"


def test_the_banned_read_why_and_until_when_and_nothing_else(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db, "bob")
    group = groups.group(db, ada)
    groups.member(db, group, bob)
    post = community.post(db, ada, "inside", visibility="group", group_id=group.id)
    path, owner, banned = f"{GROUPS}/{group.slug}", signed_in(ada), signed_in(bob)
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert owner.put(f"{path}/bans/{bob.id}", json={"reason": "Spam", "until": until}).status == 204
    assert banned.get(path).json()["viewer"]["ban"]["reason"] == "Spam"
    for answer in (banned.put(f"{path}/membership"), banned.get(f"{path}/posts"), banned.get(f"{path}/members")):
        assert refusal(answer) == (403, "banned_from_group")
        assert (answer.json()["reason"], answer.json()["until"][:10]) == ("Spam", until[:10])
    assert banned.get(f"/api/v1/posts/{post.id}").status == 404
    assert guest.get(f"/api/v1/posts/{post.id}").status == 200
    assert names(owner, f"{path}/bans") == ["bob"]
    db.execute(text("UPDATE group_bans SET until = now() - interval '1 second'"))
    db.commit()
    assert names(owner, f"{path}/bans") == []
    assert banned.put(f"{path}/membership").status == 200


def test_a_ban_ends(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    groups.ban(db, group, bob)
    path, owner = f"{GROUPS}/{group.slug}", signed_in(ada)
    assert refusal(owner.put(f"{path}/invitations/{bob.id}")) == (409, "person_banned")
    for _ in range(2):
        assert owner.delete(f"{path}/bans/{bob.id}").status == 204
    assert signed_in(bob).put(f"{path}/membership").status == 200


def test_bans_follow_ranks_and_end_in_the_future(signed_in: SignedIn, db: Session) -> None:
    ada, moderator, other, stranger = (profiles.person(db) for _ in range(4))
    group = groups.group(db, ada)
    groups.member(db, group, moderator, "moderator")
    groups.member(db, group, other, "moderator")
    bans = f"{GROUPS}/{group.slug}/bans"
    for person in (ada, other, moderator):
        assert refusal(signed_in(moderator).put(f"{bans}/{person.id}")) == (403, "group_role_required")
    assert refusal(signed_in(moderator).put(f"{bans}/{uuid.uuid4()}")) == (404, "person_not_found")
    for until in ("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2027-01-01T00:00:00"):
        assert signed_in(moderator).put(f"{bans}/{stranger.id}", json={"until": until}).status == 422
    assert signed_in(moderator).put(f"{bans}/{stranger.id}").status == 204
    assert signed_in(ada).put(f"{bans}/{other.id}").status == 204


def test_what_staff_of_a_group_decides_about_people_is_in_the_audit_log(signed_in: SignedIn, db: Session) -> None:
    """With ids; the reason, a letter to the person, stands where it can be erased."""
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    groups.member(db, group, bob)
    path, owner = f"{GROUPS}/{group.slug}", signed_in(ada)
    owner.put(f"{path}/members/{bob.id}/role", json={"role": "moderator"})
    owner.put(f"{path}/bans/{bob.id}", json={"reason": "Told everybody about Bob's illness"})
    entries = list(db.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    assert [(entry.action, entry.subject_id, entry.actor_id) for entry in entries] == [
        ("group.role_changed", group.id, ada.id),
        ("group.banned", group.id, ada.id),
    ]
    assert str(bob.id) in f"{entries[1].changes}"
    assert "illness" not in f"{entries[1].changes}"


@pytest.mark.parametrize("heir", ["moderator", "member", None])
def test_erasing_the_last_owner_hands_over_or_closes(heir: str | None, aws: Cloud, db: Session) -> None:
    """To the oldest moderator, else to the oldest member; a group of nobody is closed."""
    owner, old, young = (profiles.person(db) for _ in range(3))
    group = groups.group(db, owner)
    if heir:
        banned = profiles.person(db, standing="banned")
        groups.member(db, group, banned, heir, joined_at=datetime(2019, 1, 1, tzinfo=UTC))
        groups.member(db, group, profiles.person(db), "member", joined_at=datetime(2021, 1, 1, tzinfo=UTC))
        groups.member(db, group, young, heir, joined_at=datetime(2025, 1, 1, tzinfo=UTC))
        groups.member(db, group, old, heir, joined_at=datetime(2020, 1, 1, tzinfo=UTC))
    invited = profiles.person(db)
    groups.request(db, group, invited, invited_by=owner)
    person = Person(owner.id, owner.email, is_proven=True)
    with logged_in("identity"), database.transaction() as connection:
        PERSONAL_DATA.erase(connection, Erasure(person, frozenset(), with_publications=False))
    db.expire_all()
    owners = list(db.scalars(select(GroupMember.user_id).where(GroupMember.role == "owner")))
    assert owners == ([old.id] if heir else [])
    assert (db.scalars(select(Group.closed_at)).one() is None) is (heir is not None)
    assert db.scalars(select(GroupRequest)).all() == []
    assert db.execute(text(community.MISCOUNTED)).all() == []


def test_members_follow_their_group_until_they_do_not_want_to(signed_in: SignedIn, db: Session) -> None:
    """Who only reads a public group may follow it, too; what a removal ends is ended."""
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    path, reader = f"{GROUPS}/{group.slug}", signed_in(bob)

    def follows() -> bool:
        return bool(reader.get(path).json()["viewer"]["is_following"])

    assert not follows()
    assert reader.put(f"{path}/follow").status == 204
    assert follows()
    for _ in range(2):
        assert reader.delete(f"{path}/follow").status == 204
    reader.put(f"{path}/membership")
    assert follows()
    signed_in(ada).delete(f"{path}/members/{bob.id}")
    assert not follows()
    signed_in(ada).put(f"{path}/bans/{bob.id}")
    assert refusal(reader.put(f"{path}/follow")) == (403, "banned_from_group")
    assert reader.delete(f"{path}/follow").status == 204
