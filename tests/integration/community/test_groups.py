"""Groups over HTTP: founded, listed, joined, left, closed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.factories import groups, identity, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.lambda_client import Answer, LambdaClient

GROUPS = "/api/v1/groups"


def refusal(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json()["code"]


def listed(client: LambdaClient, **query: str) -> list[str]:
    answer = client.get(GROUPS, query=query)
    assert answer.status == 200, answer.json()
    return [item["slug"] for item in answer.json()["items"]]


def membership(client: LambdaClient, slug: str) -> str:
    answer = client.get(f"{GROUPS}/{slug}")
    return answer.json()["viewer"]["membership"] if answer.status == 200 else str(answer.status)


def test_who_founds_a_group_owns_it(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    made = signed_in(ada).post(GROUPS, json={"name": "价值投资 Club", "rules": ["Be kind"]})
    assert made.status == 201, made.json()
    assert made.json()["slug"] == "价值投资-club"
    assert made.json()["member_count"] == 1
    viewer = made.json()["viewer"]
    assert (viewer["membership"], viewer["can_manage"], viewer["can_post"]) == ("owner", True, True)
    read = guest.get(made.headers["location"])
    assert (read.json()["name"], read.json()["viewer"]) == ("价值投资 Club", None)


def test_a_slug_is_of_one_group(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    assert ada.post(GROUPS, json={"name": "Tea", "slug": "tea"}).status == 201
    assert refusal(ada.post(GROUPS, json={"name": "Tea", "slug": "tea"})) == (409, "slug_taken")
    made = ada.post(GROUPS, json={"name": "Tea"})
    assert made.json()["slug"].startswith("tea-")
    for slug in ("new", "Tea", "-", "a b", "0197a000-0000-7000-8000-000000000000"):
        assert ada.post(GROUPS, json={"name": "Tea", "slug": slug}).status == 422, slug


@pytest.mark.parametrize("name", ["\u200c\u200d", " ", "a\nb", "x" * 81, "\u202egroup", "\u3164\u3164"])
def test_a_name_that_nobody_can_read_is_refused(name: str, signed_in: SignedIn, db: Session) -> None:
    assert signed_in(profiles.person(db)).post(GROUPS, json={"name": name}).status == 422


def test_rules_are_seen_and_a_description_is_or_is_none(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    refused = ada.post(GROUPS, json={"name": "Tea", "rules": ["Be kind", "\u200b"]})
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "body.rules.1")
    assert ada.post(GROUPS, json={"name": "Tea", "description": "\u200b"}).json()["description"] == ""


def test_who_may_not_write_founds_and_joins_nothing(signed_in: SignedIn, db: Session) -> None:
    group = groups.group(db, profiles.person(db))
    bob = signed_in(profiles.person(db, standing="suspended"))
    assert refusal(bob.post(GROUPS, json={"name": "Tea"})) == (403, "suspended")
    assert refusal(bob.put(f"{GROUPS}/{group.slug}/membership")) == (403, "suspended")
    new = signed_in(identity.user(db))
    assert refusal(new.post(GROUPS, json={"name": "Tea"})) == (409, "onboarding_required")


def test_a_public_group_is_joined_and_left(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    group = groups.group(db, profiles.person(db))
    bob = signed_in(profiles.person(db))
    for _ in range(2):
        joined = bob.put(f"{GROUPS}/{group.slug}/membership")
        assert (joined.status, joined.json()["member_count"]) == (200, 2), joined.json()
        assert joined.json()["viewer"]["membership"] == "member"
    for _ in range(2):
        assert bob.delete(f"{GROUPS}/{group.slug}/membership").status == 204
    assert guest.get(f"{GROUPS}/{group.slug}").json()["member_count"] == 1


def test_a_group_by_invitation_is_not_there_for_outsiders(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    """In no list, by no name and by no address, until they are invited."""
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada, access="invitation", slug="secret", name="Secret circle")
    stranger = signed_in(bob)
    for outsider in (guest, stranger):
        assert listed(outsider) == listed(outsider, q="Secret") == listed(outsider, q="secret") == []
        assert refusal(outsider.get(f"{GROUPS}/secret")) == (404, "group_not_found")
        assert refusal(outsider.get(f"{GROUPS}/secret/members")) == (404, "group_not_found")
    assert refusal(stranger.put(f"{GROUPS}/secret/membership")) == (404, "group_not_found")
    assert listed(signed_in(ada), q="circle") == ["secret"]
    groups.request(db, group, bob, invited_by=ada)
    assert membership(stranger, "secret") == "invited"
    assert listed(stranger) == listed(stranger, membership="invited") == ["secret"]
    assert refusal(stranger.get(f"{GROUPS}/secret/members")) == (403, "members_only")
    assert stranger.put(f"{GROUPS}/secret/membership").json()["viewer"]["membership"] == "member"
    assert stranger.get(f"{GROUPS}/secret/members").status == 200


def test_the_directory_has_open_groups_in_pages(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    for number in range(4):
        groups.group(db, ada, slug=f"tea-{number}", name=f"１００% Tea {number}")
    groups.group(db, ada, slug="closed", name="Tea", closed_at=datetime(2026, 1, 1, tzinfo=UTC))
    first = guest.get(GROUPS, query={"limit": 2, "q": "100% tea"}).json()
    second = guest.get(GROUPS, query={"limit": 2, "q": "100% tea", "cursor": first["next_cursor"]}).json()
    assert [item["slug"] for item in first["items"] + second["items"]] == [f"tea-{number}" for number in (3, 2, 1, 0)]
    assert second["next_cursor"] is None
    assert listed(guest, q="100_") == []
    foreign = signed_in(ada).get(GROUPS, query={"q": "100% tea", "cursor": first["next_cursor"]})
    assert refusal(foreign) == (400, "invalid_cursor")
    assert "closed" in listed(signed_in(ada), membership="staff")
    assert guest.get(GROUPS, query={"membership": "member"}).status == 401


def test_an_owner_changes_the_group_and_nobody_else(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada, access="request")
    groups.member(db, group, bob, "moderator")
    path = f"{GROUPS}/{group.slug}"
    refused = signed_in(bob).patch(path, json={"version": 1, "name": "Mine"})
    assert refusal(refused) == (403, "group_role_required")
    changed = signed_in(ada).patch(path, json={"version": 1, "name": "Ours", "rules": ["Listen"]})
    assert (changed.json()["name"], changed.json()["rules"], changed.json()["version"]) == ("Ours", ["Listen"], 2)
    late = signed_in(ada).patch(path, json={"version": 1, "name": "Late"})
    assert (refusal(late), late.json()["version"]) == ((409, "version_conflict"), 2)
    widened = signed_in(ada).patch(path, json={"version": 2, "access": "public"})
    assert refusal(widened) == (409, "group_stays_private")


def test_nobody_joins_a_closed_group_until_it_is_open_again(signed_in: SignedIn, db: Session) -> None:
    ada, bob = signed_in(profiles.person(db)), signed_in(profiles.person(db))
    slug = ada.post(GROUPS, json={"name": "Tea"}).json()["slug"]
    closed = ada.put(f"{GROUPS}/{slug}/closure")
    assert closed.json()["closed_at"]
    assert not closed.json()["viewer"]["can_post"]
    assert refusal(bob.put(f"{GROUPS}/{slug}/membership")) == (409, "group_closed")
    assert ada.delete(f"{GROUPS}/{slug}/closure").json()["closed_at"] is None
    assert bob.put(f"{GROUPS}/{slug}/membership").status == 200


def test_the_last_owner_hands_over_before_they_leave(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    groups.member(db, group, bob)
    path, owner = f"{GROUPS}/{group.slug}", signed_in(ada)
    assert refusal(owner.delete(f"{path}/membership")) == (409, "last_owner")
    assert refusal(owner.put(f"{path}/members/{ada.id}/role", json={"role": "member"})) == (409, "last_owner")
    assert owner.put(f"{path}/members/{bob.id}/role", json={"role": "owner"}).status == 204
    assert owner.delete(f"{path}/membership").status == 204
    assert membership(signed_in(bob), group.slug) == "owner"


def test_members_are_listed_without_those_whom_a_block_hides(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob, eve = profiles.person(db, "ada"), profiles.person(db, "bob"), profiles.person(db, "eve")
    group = groups.group(db, ada)
    groups.member(db, group, bob, "moderator")
    groups.member(db, group, eve)
    profiles.block(db, eve, ada)

    def names(client: LambdaClient, **query: str) -> list[str]:
        answer = client.get(f"{GROUPS}/{group.slug}/members", query=query)
        return [item["person"]["username"] for item in answer.json()["items"]]

    assert names(guest) == ["eve", "bob", "ada"]
    assert names(signed_in(ada)) == ["bob", "ada"]
    assert names(signed_in(eve)) == ["eve", "bob"]
    assert names(guest, role="moderator") == ["bob"]


def test_who_is_of_a_lower_role_is_removed(signed_in: SignedIn, db: Session) -> None:
    owner, moderator, other, member = (profiles.person(db) for _ in range(4))
    group = groups.group(db, owner, access="request")
    for user, role in ((moderator, "moderator"), (other, "moderator"), (member, "member")):
        groups.member(db, group, user, role)

    def remove(by: User, whom: User) -> Answer:
        return signed_in(by).delete(f"{GROUPS}/{group.slug}/members/{whom.id}")

    assert refusal(remove(member, moderator)) == (403, "group_role_required")
    assert refusal(remove(moderator, other)) == (403, "group_role_required")
    assert refusal(remove(moderator, owner)) == (403, "group_role_required")
    assert remove(moderator, member).status == 204
    assert refusal(remove(moderator, member)) == (404, "person_not_found")
    assert membership(signed_in(member), group.slug) == "none"
    assert refusal(signed_in(member).get(f"{GROUPS}/{group.slug}/members")) == (403, "members_only")
    assert remove(owner, other).status == 204
