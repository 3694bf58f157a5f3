"""What moderators do has its effect, and who it concerns reads why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import Product
from shared.contexts.community.models.groups import GroupMember
from shared.contexts.identity.models.accounts import LoginSession, User
from shared.contexts.moderation.models.reports import ReportCase
from shared.contexts.profiles.models import PendingStanding, Profile
from shared.permissions import Role
from tests.factories import catalog, community, groups, identity, moderation, profiles
from tests.factories.reviews import miscounted, review
from tests.integration.moderation.conftest import SignedIn
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.tokens import TestSigningKey

CASES = "/api/v1/admin/reports"
OWN = "/api/v1/moderation/actions"


def act(client: LambdaClient, case: ReportCase, kind: str, reason: str = "Spam", **changed: Any) -> Answer:
    return client.post(f"{CASES}/{case.id}/actions", json={"kind": kind, "reason": reason, **changed})


def in_days(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


@pytest.fixture
def of_community(signing_key: TestSigningKey, aws: Cloud, db: Session) -> Callable[[User], LambdaClient]:
    from functions.community.handlers.api import handler

    return lambda user: LambdaClient(handler).signed_in(signing_key.authorization(user))


def test_a_hidden_post_is_read_by_its_author_alone_with_the_reason(
    moderator: LambdaClient, signed_in: SignedIn, of_community: Callable[[User], LambdaClient], db: Session
) -> None:
    """Traps, row 14."""
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada, "Buy now")
    case = moderation.case(db, "post", post.id, ada)
    made = act(moderator, case, "hide", "Advertising")
    assert made.status == 201, made.json()
    address = f"/api/v1/posts/{post.id}"
    assert of_community(bob).get(address).status == 404
    own = of_community(ada).get(address).json()
    assert (own["text"], own["hidden"]["reason"]) == ("Buy now", "Advertising")
    [concerned] = signed_in(ada).get(OWN).json()["items"]
    assert (concerned["kind"], concerned["reason"], concerned["content"]) == (
        "hide",
        "Advertising",
        {"text": "Buy now"},
    )
    assert "moderator_id" not in concerned
    assert act(moderator, case, "unhide").status == 201
    assert of_community(bob).get(address).status == 200
    assert signed_in(ada).get(OWN).json()["items"][1]["undone_at"] is not None


@pytest.mark.parametrize("order", ["hide delete unhide", "delete hide unhide", "hide unhide delete"])
def test_counts_equal_rows_whoever_hides_and_deletes_first(order: str, moderator: LambdaClient, db: Session) -> None:
    """Traps, row 40."""
    ada = profiles.person(db)
    post = community.post(db, profiles.person(db))
    comment = community.comment(db, post, ada)
    case = moderation.case(db, "comment", comment.id, ada)
    for step in order.split():
        if step == "delete":
            db.refresh(comment)
            comment.deleted_at = datetime.now(UTC)
            db.commit()
        else:
            assert act(moderator, case, step).status == 201
        assert db.execute(text(community.MISCOUNTED)).all() == []
        db.commit()


def test_a_hidden_review_counts_no_more(moderator: LambdaClient, db: Session) -> None:
    product, ada = catalog.product(db), profiles.person(db)
    made = review(db, product, ada, rating=1)
    case = moderation.case(db, "review", made.id, ada)
    assert act(moderator, case, "hide").status == 201
    db.refresh(product)
    assert (product.rating_count, miscounted(db)) == (0, [])
    assert act(moderator, case, "unhide").status == 201
    db.refresh(product)
    assert (product.rating_count, miscounted(db)) == (1, [])


def test_a_product_is_taken_off_the_shelves(moderator: LambdaClient, db: Session, aws: Cloud) -> None:
    product = catalog.product(db)
    case = moderation.case(db, "product", product.id, None)
    assert act(moderator, case, "hide").status == 201
    assert db.scalar(select(Product.is_active).where(Product.id == product.id)) is False
    assert "ProductChanged" in [event["detail-type"] for event in aws.published()]
    refused = act(moderator, case, "warn")
    assert (refused.status, refused.json()["code"]) == (409, "action_not_possible")


def test_a_hidden_group_is_closed_and_there_for_its_members_alone(
    moderator: LambdaClient, of_community: Callable[[User], LambdaClient], db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    address = f"/api/v1/groups/{group.slug}"
    post = community.post(db, ada, group_id=group.id, visibility="group")
    case = moderation.case(db, "group", group.id, ada)
    assert act(moderator, case, "hide", "A pump").status == 201
    others, own = of_community(bob), of_community(ada)
    assert [
        others.get(address).status,
        others.get(f"{address}/posts").status,
        others.get(f"/api/v1/posts/{post.id}").status,
        others.put(f"{address}/membership").status,
    ] == [404] * 4
    assert others.get("/api/v1/groups").json()["items"] == []
    read = own.get(address).json()
    assert (read["hidden_reason"], read["viewer"]["can_post"]) == ("A pump", False)
    body = {"text": "Still here", "group_id": str(group.id)}
    assert own.post("/api/v1/posts", json=body).json()["code"] == "group_closed"
    opened = own.delete(f"{address}/closure")
    assert (opened.status, opened.json()["code"]) == (409, "hidden_by_platform")
    assert act(moderator, case, "unhide").status == 201
    assert others.get(f"/api/v1/posts/{post.id}").status == 200
    assert own.post("/api/v1/posts", json=body).status == 201


def test_the_suspended_read_why_and_do_not_write(
    moderator: LambdaClient, of_community: Callable[[User], LambdaClient], db: Session, aws: Cloud
) -> None:
    """Traps, row 17."""
    ada = profiles.person(db)
    case = moderation.case(db, "user", ada.id, ada)
    made = act(moderator, case, "suspend", "Threats", ends_at=in_days(7))
    assert made.status == 201, made.json()
    refused = of_community(ada).post("/api/v1/posts", json={"text": "Hello"})
    assert (refused.status, refused.json()["code"], refused.json()["reason"]) == (403, "suspended", "Threats")
    assert datetime.fromisoformat(refused.json()["until"]) > datetime.now(UTC) + timedelta(days=6)
    assert of_community(ada).get("/api/v1/posts").status == 200
    [event] = [event for event in aws.published() if event["detail-type"] == "ModerationActionTaken"]
    letter = event["detail"]["data"]
    assert (letter["user_id"], letter["email"], letter["reason"]) == (str(ada.id), ada.email, "Threats")
    assert datetime.fromisoformat(letter["appeal_ends_at"]) > datetime.now(UTC) + timedelta(days=29)
    assert act(moderator, case, "lift").status == 201
    assert of_community(ada).post("/api/v1/posts", json={"text": "Hello"}).status == 201


@pytest.mark.parametrize("days", [7, -1])
def test_a_sanction_of_somebody_without_a_profile_is_that_of_the_profile_they_make(
    days: float, moderator: LambdaClient, signing_key: TestSigningKey, db: Session
) -> None:
    from functions.profiles.handlers.api import handler

    ada = identity.user(db)
    made = review(db, catalog.product(db), ada)
    case = moderation.case(db, "review", made.id, ada)
    assert act(moderator, case, "suspend", "Threats", ends_at=in_days(7)).status == 201
    for pending in db.scalars(select(PendingStanding)):
        pending.standing_until = datetime.now(UTC) + timedelta(days=days)
    db.commit()
    client = LambdaClient(handler).signed_in(signing_key.authorization(ada))
    onboarded = client.post("/api/v1/users/me/onboarding", json={"username": "Ada_L", "time_zone": "Europe/Berlin"})
    assert onboarded.status == 201, onboarded.json()
    expected = ("suspended", "Threats") if days > 0 else ("good", None)
    assert (onboarded.json()["standing"], onboarded.json()["standing_reason"]) == expected
    assert act(moderator, case, "lift").status == 201
    assert client.get("/api/v1/users/me").json()["standing"] == "good"


@pytest.mark.parametrize("name", ["ada_x", "ada_y", "ada_z"])
def test_a_sanction_and_an_onboarding_at_the_same_moment_both_take_place(
    name: str, moderator: LambdaClient, signing_key: TestSigningKey, db: Session
) -> None:
    from functions.profiles.handlers.api import handler

    ada = identity.user(db)
    case = moderation.case(db, "review", review(db, catalog.product(db), ada).id, ada)
    client = LambdaClient(handler).signed_in(signing_key.authorization(ada))
    address, body = f"{CASES}/{case.id}/actions", {"username": name, "time_zone": "Europe/Berlin"}
    db.rollback()

    def contend(number: int) -> int:
        if number == 0:
            return moderator.post(address, json={"kind": "ban", "reason": "Spam"}).status
        return client.post("/api/v1/users/me/onboarding", json=body).status

    assert at_once(2, contend) == [201, 201]
    assert client.get("/api/v1/users/me").json()["standing"] == "banned"


def test_a_ban_ends_all_sessions_and_shows_the_person_to_nobody(
    moderator: LambdaClient, of_community: Callable[[User], LambdaClient], db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    db.add(LoginSession(user_id=ada.id, user_agent="tests/1.0"))
    db.commit()
    assert act(moderator, moderation.case(db, "post", post.id, ada), "ban").status == 201
    assert of_community(bob).get(f"/api/v1/posts/{post.id}").status == 404
    session = db.scalars(select(LoginSession).where(LoginSession.user_id == ada.id)).one()
    assert (session.revoked_at is not None, session.revoked_reason) == (True, "banned")


def test_a_group_whose_only_owner_is_banned_has_another(moderator: LambdaClient, db: Session) -> None:
    """Traps, row 61."""
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    group = groups.group(db, ada)
    groups.member(db, group, bob)
    groups.member(db, group, eve, "moderator")
    assert act(moderator, moderation.case(db, "user", ada.id, ada), "ban").status == 201
    owners = db.scalars(select(GroupMember.user_id).where(GroupMember.role == "owner", GroupMember.user_id != ada.id))
    assert owners.all() == [eve.id]


def test_the_heaviest_sanction_in_force_makes_the_standing(moderator: LambdaClient, db: Session) -> None:
    ada = profiles.person(db)
    case = moderation.case(db, "user", ada.id, ada)

    def standing() -> tuple[str, str | None]:
        db.rollback()
        profile = db.get_one(Profile, ada.id)
        return profile.standing, profile.standing_reason

    act(moderator, case, "warn", "first")
    assert standing() == ("good", None)
    act(moderator, case, "suspend", "long", ends_at=in_days(9))
    act(moderator, case, "suspend", "short", ends_at=in_days(1))
    assert standing() == ("suspended", "long")
    act(moderator, case, "ban", "last")
    assert standing() == ("banned", "last")
    act(moderator, case, "lift")
    assert standing() == ("good", None)
    again = act(moderator, case, "lift")
    assert (again.status, again.json()["code"]) == (409, "action_not_possible")


@pytest.mark.parametrize("ends_at", [None, -1, 400])
def test_a_suspension_has_an_end_within_a_year(ends_at: float | None, moderator: LambdaClient, db: Session) -> None:
    ada = profiles.person(db)
    end = {} if ends_at is None else {"ends_at": in_days(ends_at)}
    refused = act(moderator, moderation.case(db, "user", ada.id, ada), "suspend", **end)
    assert (refused.status, refused.json()["code"]) == (422, "invalid_action")


def test_only_administrators_sanction_staff(moderator: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    colleague = identity.user(db, Role.MODERATOR)
    profiles.profile(db, colleague)
    case = moderation.case(db, "user", colleague.id, colleague)
    refused = act(moderator, case, "warn")
    assert (refused.status, refused.json()["code"]) == (403, "staff_target")
    assert act(signed_in(identity.user(db, Role.ADMIN)), case, "warn").status == 201


def test_what_was_removed_is_shown_again_by_administrators_only(
    moderator: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada = profiles.person(db)
    case = moderation.case(db, "post", community.post(db, ada).id, ada)
    assert act(moderator, case, "remove").status == 201
    refused = act(moderator, case, "unhide")
    assert (refused.status, refused.json()["code"]) == (403, "removed_for_good")
    assert act(signed_in(identity.user(db, Role.ADMIN)), case, "unhide").status == 201


def test_actions_are_listed_by_whom_they_concern_and_who_did_them(moderator: LambdaClient, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    for person in (ada, bob):
        act(moderator, moderation.case(db, "user", person.id, person), "warn")
    page = moderator.get("/api/v1/admin/moderation/actions", query={"user_id": str(ada.id)}).json()
    assert [item["user_id"] for item in page["items"]] == [str(ada.id)]
    assert len(moderator.get("/api/v1/admin/moderation/actions", query={"kind": "warn"}).json()["items"]) == 2
    assert moderator.get("/api/v1/admin/moderation/actions", query={"kind": "ban"}).json()["items"] == []
