"""Users about themselves."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.integration.identity.conftest import ME, PROFILE, bearer, register
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded


@pytest.fixture
def ada(client: LambdaClient) -> LambdaClient:
    """Ada, signed in."""
    return client.signed_in(bearer(register(client).json()["access_token"]))


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
        "version",
        "created_at",
        "updated_at",
    }
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
    assert (reply.status, reply.json()["code"]) == (409, "version_conflict")
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
def test_a_guest_has_no_profile(client: LambdaClient, method: str) -> None:
    reply = client.request(method, ME, json=None if method == "GET" else PROFILE)
    assert (reply.status, reply.json()["code"]) == (401, "not_authenticated")


def test_other_methods_are_not_allowed(ada: LambdaClient) -> None:
    reply = ada.post(ME)
    assert (reply.status, reply.headers["allow"]) == (405, "DELETE, GET, PATCH, PUT")
