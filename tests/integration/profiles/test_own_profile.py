"""People about themselves: the account and the profile are one document."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.factories import identity, profiles
from tests.integration.profiles.conftest import SignIn
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded

ME = "/api/v1/users/me"
PROFILE = {"full_name": "Ada King", "language": "en", "accepts_marketing": False, "version": 1}


@pytest.fixture
def ada(db: Session, sign_in: SignIn) -> LambdaClient:
    """Ada, signed in, who has not chosen a username."""
    return sign_in(identity.user(db, email="ada@example.com"))


@pytest.fixture
def grace(db: Session, sign_in: SignIn) -> LambdaClient:
    """Grace, who has."""
    return sign_in(profiles.person(db, "grace", full_name="Grace Hopper"))


def test_users_see_themselves_and_no_secret(ada: LambdaClient) -> None:
    reply = ada.get(ME)
    assert (reply.status, reply.headers["cache-control"]) == (200, "private, no-store")
    assert set(reply.json()) == {
        "id",
        "email",
        "email_verified_at",
        "full_name",
        "language",
        "accepts_marketing",
        "marketing_consent_at",
        "roles",
        "permissions",
        "version",
        "created_at",
        "updated_at",
        "username",
        "display_name",
        "bio",
        "picture",
        "country",
        "time_zone",
        "is_private",
        "standing",
        "standing_until",
        "standing_reason",
        "stats",
        "interest_count",
        "follow_request_count",
    }
    assert reply.json()["permissions"] == []
    assert {reply.json()[name] for name in ("username", "bio", "stats", "interest_count", "standing")} == {None}
    assert reply.json()["created_at"].endswith("Z")


def test_only_the_named_fields_are_sent(ada: LambdaClient) -> None:
    assert ada.get(f"{ME}?fields=email,version").json() == {"email": "ada@example.com", "version": 1}
    assert ada.get(f"{ME}?fields=password_hash").status == 422


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_the_name_can_be_changed(ada: LambdaClient, method: str) -> None:
    before = ada.get(ME).json()
    reply = ada.request(method, ME, json=PROFILE)
    assert reply.status == 200
    after = reply.json()
    assert (after["full_name"], after["version"]) == ("Ada King", 2)
    assert after["updated_at"] > before["updated_at"]
    assert ada.get(ME).json() == after


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_change_based_on_an_old_version_is_refused(ada: LambdaClient, method: str) -> None:
    ada.patch(ME, json={"full_name": "Ada King", "version": 1})
    reply = ada.request(method, ME, json={**PROFILE, "full_name": "Ada Byron"})
    assert (reply.status, reply.json()["code"], reply.json()["version"]) == (409, "version_conflict", 2)
    assert ada.get(ME).json()["full_name"] == "Ada King"


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_language_is_kept_in_its_usual_spelling(ada: LambdaClient, method: str) -> None:
    reply = ada.request(method, ME, json={**PROFILE, "language": "zh-cn"})
    assert (reply.status, reply.json()["language"]) == (200, "zh-CN")
    assert ada.patch(ME, json={"full_name": "Ada", "version": 2}).json()["language"] == "zh-CN"


def test_consent_has_a_date_that_stays_until_it_is_withdrawn(ada: LambdaClient) -> None:
    assert ada.get(ME).json()["marketing_consent_at"] is None
    given = ada.patch(ME, json={"accepts_marketing": True, "version": 1}).json()
    assert given["accepts_marketing"] is True
    assert given["marketing_consent_at"] == given["updated_at"]
    again = ada.put(ME, json={**PROFILE, "accepts_marketing": True, "version": 2}).json()
    assert again["marketing_consent_at"] == given["marketing_consent_at"]
    assert ada.patch(ME, json={"full_name": "Ada", "version": 3}).json()["accepts_marketing"] is True
    withdrawn = ada.patch(ME, json={"accepts_marketing": False, "version": 4}).json()
    assert (withdrawn["accepts_marketing"], withdrawn["marketing_consent_at"]) == (False, None)


def test_a_patch_that_names_nothing_changes_nothing(ada: LambdaClient) -> None:
    before = ada.get(ME).json()
    assert ada.patch(ME, json={"version": 1}).json() == before
    assert ada.patch(ME, json={"version": 2}).status == 409


@pytest.mark.parametrize(
    ("method", "body", "field"),
    [
        ("PUT", {"full_name": "Ada", "language": "en", "version": 1}, "body.accepts_marketing"),
        ("PUT", {"full_name": "Ada", "accepts_marketing": False, "version": 1}, "body.language"),
        ("PUT", {"language": "en", "accepts_marketing": False, "version": 1}, "body.full_name"),
        ("PUT", {"full_name": "Ada", "language": "en", "accepts_marketing": False}, "body.version"),
        ("PATCH", {"language": "klingon", "version": 1}, "body.language"),
        ("PATCH", {"language": None, "version": 1}, "body.language"),
        ("PATCH", {"accepts_marketing": None, "version": 1}, "body.accepts_marketing"),
        ("PATCH", {"marketing_consent_at": "2020-01-01T00:00:00Z", "version": 1}, "body.marketing_consent_at"),
        ("PATCH", {"full_name": "Ada"}, "body.version"),
        ("PATCH", {"full_name": None, "version": 1}, "body.full_name"),
        ("PATCH", {"full_name": " ", "version": 1}, "body.full_name"),
        ("PATCH", {"full_name": "Ada\nKing", "version": 1}, "body.full_name"),
        ("PATCH", {"full_name": "Ada", "version": 0}, "body.version"),
        ("PATCH", {"full_name": "Ada", "version": 2**31}, "body.version"),
        ("PATCH", {"email": "eve@example.com", "version": 1}, "body.email"),
        ("PUT", {**PROFILE, "roles": ["admin"]}, "body.roles"),
        ("PUT", {**PROFILE, "is_active": True}, "body.is_active"),
        ("PATCH", {"id": "x", "version": 1}, "body.id"),
        ("PATCH", {"password_hash": "x", "version": 1}, "body.password_hash"),
    ],
)
def test_what_is_not_ones_own_to_change_is_refused_by_name(
    ada: LambdaClient, db: Session, method: str, body: dict[str, Any], field: str
) -> None:
    reply = ada.request(method, ME, json=body)
    assert (reply.status, [error["field"] for error in reply.json()["errors"]]) == (422, [field])
    user = db.query(User).one()
    assert (user.full_name, user.roles, user.version) == ("Ada Lovelace", ["customer"], 1)


def test_a_merge_patch_may_say_that_it_is_one(ada: LambdaClient) -> None:
    reply = ada.patch(
        ME, body='{"full_name": "Ada King", "version": 1}', headers={"Content-Type": "application/merge-patch+json"}
    )
    assert reply.status == 200


def test_reading_ones_profile_is_one_statement(ada: LambdaClient) -> None:
    ada.get(ME)
    with recorded() as statements:
        ada.get(ME)
    assert len(statements) == 1


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH"])
def test_a_guest_has_no_profile(guest: LambdaClient, method: str) -> None:
    reply = guest.request(method, ME, json=None if method == "GET" else PROFILE)
    assert (reply.status, reply.json()["code"]) == (401, "not_authenticated")


def test_other_methods_are_not_allowed_here(ada: LambdaClient) -> None:
    reply = ada.post(ME)
    assert (reply.status, reply.headers["allow"]) == (405, "DELETE, GET, PATCH, PUT")


def test_the_public_profile_is_changed_under_the_same_version(grace: LambdaClient) -> None:
    changes = {"display_name": "Amazing Grace", "bio": "COBOL", "time_zone": "Asia/Shanghai", "is_private": True}
    after = grace.patch(ME, json={**changes, "version": 1}).json()
    assert {name: after[name] for name in changes} == changes
    assert (after["version"], after["full_name"]) == (2, "Grace Hopper")
    unseen = grace.patch(ME, json={"bio": "\u200b", "display_name": "\u3164", "version": 2}).json()
    assert (unseen["bio"], unseen["display_name"]) == ("", unseen["username"])
    grace.patch(ME, json={"bio": "COBOL", "version": 3})
    stale = grace.patch(ME, json={"bio": "FORTRAN", "version": 1})
    assert (stale.status, stale.json()["code"]) == (409, "version_conflict")
    assert grace.get(ME).json()["bio"] == "COBOL"


def test_a_put_without_the_public_profile_leaves_it(grace: LambdaClient) -> None:
    grace.patch(ME, json={"bio": "COBOL", "display_name": "G", "version": 1})
    after = grace.put(ME, json={**PROFILE, "version": 2}).json()
    assert (after["bio"], after["display_name"], after["username"]) == ("COBOL", "G", "grace")


def test_who_has_chosen_no_username_is_asked_to_first(ada: LambdaClient) -> None:
    reply = ada.patch(ME, json={"bio": "Poetical science", "version": 1})
    assert (reply.status, reply.json()["code"]) == (409, "onboarding_required")
    assert ada.get(ME).json()["version"] == 1


def test_only_the_case_of_a_username_can_be_changed(grace: LambdaClient, guest: LambdaClient) -> None:
    assert grace.patch(ME, json={"username": "GRACE", "version": 1}).json()["username"] == "GRACE"
    assert guest.get("/api/v1/users/grace").json()["username"] == "GRACE"


def test_a_username_of_somebody_else_is_refused_with_free_ones(db: Session, grace: LambdaClient) -> None:
    profiles.person(db, "hopper")
    for name in ("hopper", "HOPPER", "h0pper"):
        reply = grace.patch(ME, json={"username": name, "version": 1})
        assert (reply.status, reply.json()["code"]) == (409, "username_taken")
        assert len(reply.json()["suggestions"]) == 3
    assert grace.get(ME).json()["username"] == "grace"


@pytest.mark.parametrize("name", ["\u200c", "\u3164", "\u2800", "\u0301", " \u00a0 "])
def test_who_has_an_invisible_display_name_is_shown_by_the_username(grace: LambdaClient, name: str) -> None:
    reply = grace.patch(ME, json={"display_name": name, "version": 1})
    assert (reply.status, reply.json()["display_name"]) == (200, "grace")


@pytest.mark.parametrize("name", ["Ada\u202e", "\u2067Ada", "A\u200fda", "Ada\nKing", "Ada\u0007"])
def test_a_display_name_turns_no_direction_and_is_one_line(grace: LambdaClient, name: str) -> None:
    reply = grace.patch(ME, json={"display_name": name, "version": 1})
    assert (reply.status, [error["field"] for error in reply.json()["errors"]]) == (422, ["body.display_name"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bio", "x" * 501),
        ("bio", None),
        ("display_name", "x" * 61),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "Factory"),
        ("time_zone", "right/Europe/Paris"),
        ("time_zone", "posix/Europe/Paris"),
        ("username", None),
        ("username", "a"),
        ("is_private", None),
        ("country", "CH"),
        ("standing", "good"),
    ],
)
def test_what_is_no_profile_is_refused_by_name(grace: LambdaClient, field: str, value: object) -> None:
    reply = grace.patch(ME, json={field: value, "version": 1})
    assert (reply.status, [error["field"] for error in reply.json()["errors"]]) == (422, [f"body.{field}"])
