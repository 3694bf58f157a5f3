"""Whoever had the address before can take a change of it back."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import AccountRequest, User
from shared.contexts.identity.models.privacy import AccountErasure
from shared.permissions import Role
from shared.tables.platform import AuditEntry
from tests.factories import identity
from tests.integration.identity.conftest import ME, PASSWORD, bearer, link, log_in, refresh, register, requested
from tests.integration.identity.test_own_account import change_email, change_password
from tests.integration.identity.test_password_reset import reset
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, LambdaClient

OLD, NEW = "ada@example.com", "ada@newhome.example.com"
CHOSEN = "windy-harbour-17"


@pytest.fixture
def ada(client: LambdaClient, db: Session) -> LambdaClient:
    """Ada, signed in, her address proven."""
    identity.user(db, email=OLD, password=PASSWORD, verified=True)
    return client.signed_in(bearer(log_in(client).json()["access_token"]))


def move(caller: LambdaClient, aws: Cloud, to: str = NEW) -> str:
    """Change the address; returns the token in the mail to the one before."""
    assert change_email(caller, to).status == 202
    proof = link(requested(aws, "EmailVerificationRequested")[-1])
    assert caller.post("/api/v1/auth/email/verify", json={"token": proof}).status == 200
    return link(requested(aws, "EmailChanged")[-1], "email-reversal")


def revert(client: LambdaClient, token: str) -> Answer:
    return client.post("/api/v1/auth/email/revert", json={"token": token})


def test_the_old_address_is_told_and_the_new_one_is_not_named(ada: LambdaClient, aws: Cloud, db: Session) -> None:
    change_email(ada)
    proof = link(requested(aws, "EmailVerificationRequested")[-1])
    ada.post("/api/v1/auth/email/verify", json={"token": proof})
    [event] = requested(aws, "EmailChanged")
    assert event["email"] == OLD
    assert NEW not in repr(event)
    request = db.query(AccountRequest).filter_by(kind="email_reversal").one()
    assert (request.expires_at - request.created_at).days == 7


def test_a_change_ends_the_other_sessions(client: LambdaClient, ada: LambdaClient, aws: Cloud) -> None:
    elsewhere = log_in(client).json()["refresh_token"]
    move(ada, aws)
    assert refresh(client, elsewhere).status == 401
    assert ada.get("/api/v1/auth/sessions").json()["items"][0]["current"] is True


def test_taking_it_back_gives_the_account_to_the_old_address(
    client: LambdaClient, ada: LambdaClient, aws: Cloud, db: Session
) -> None:
    token = move(ada, aws)
    thief = log_in(client, NEW).json()
    reply = revert(client, token)
    assert (reply.status, reply.json()["email"]) == (200, OLD)
    assert refresh(client, thief["refresh_token"]).status == 401
    assert {log_in(client, email).status for email in (OLD, NEW)} == {401}
    assert reset(client, reply.json()["password_reset_token"], CHOSEN).status == 204
    assert log_in(client, OLD, CHOSEN).json()["user"]["email_verified_at"] is not None
    assert revert(client, token).json()["code"] == "invalid_link"
    assert {entry.action for entry in db.query(AuditEntry)} == {
        "user.email_changed",
        "user.email_change_reverted",
        "user.password_reset",
    }


def test_nothing_that_a_thief_does_afterwards_voids_the_way_back(
    client: LambdaClient, ada: LambdaClient, aws: Cloud, db: Session
) -> None:
    way_back = move(ada, aws)
    assert change_password(ada, new=CHOSEN).status == 204
    client.post("/api/v1/auth/password/forgot", json={"email": NEW})
    third = "third-harbour-18"
    assert reset(client, link(requested(aws, "PasswordResetRequested")[-1], "password-reset"), third).status == 204
    thief = client.signed_in(bearer(log_in(client, NEW, third).json()["access_token"]))
    change = {"new_email": "thief@example.com", "password": third}
    assert thief.post(f"{ME}/email", json=change).status == 202
    proof = link(requested(aws, "EmailVerificationRequested")[-1])
    assert thief.post("/api/v1/auth/email/verify", json={"token": proof}).status == 200
    own_way_back = link(requested(aws, "EmailChanged")[-1], "email-reversal")
    assert register(client, OLD).json()["code"] == "email_taken", "nobody takes the address in between"
    assert revert(client, own_way_back).json()["email"] == NEW
    assert revert(client, way_back).json()["email"] == OLD
    assert revert(client, own_way_back).json()["code"] == "invalid_link"


def test_an_erasure_that_a_thief_asked_for_is_cancelled(
    client: LambdaClient, ada: LambdaClient, aws: Cloud, db: Session
) -> None:
    token = move(ada, aws)
    assert ada.delete(ME, json={"password": PASSWORD}).status == 202
    reply = revert(client, token)
    assert reply.status == 200
    assert db.query(AccountErasure).count() == 0
    reset(client, reply.json()["password_reset_token"], CHOSEN)
    assert log_in(client, OLD, CHOSEN).status == 200


def test_it_does_not_open_an_account_that_an_administrator_closed(
    client: LambdaClient, ada: LambdaClient, aws: Cloud, db: Session
) -> None:
    token = move(ada, aws)
    db.execute(text("UPDATE users SET is_active = false"))
    db.commit()
    assert revert(client, token).json()["code"] == "invalid_link"
    db.execute(text("UPDATE users SET is_active = true"))
    db.commit()
    assert revert(client, token).status == 200, "the link was not used up"


def test_the_way_back_ends_after_seven_days_and_with_it_the_reservation(
    client: LambdaClient, ada: LambdaClient, aws: Cloud, db: Session
) -> None:
    token = move(ada, aws)
    db.execute(text("UPDATE account_requests SET expires_at = now() WHERE kind = 'email_reversal'"))
    db.commit()
    assert revert(client, token).json()["code"] == "invalid_link"
    assert register(client, OLD).status == 201


def test_no_other_account_moves_to_an_address_that_is_reserved(
    client: LambdaClient, ada: LambdaClient, aws: Cloud, db: Session
) -> None:
    token = move(ada, aws)
    identity.user(db, email="eve@example.com", password=PASSWORD, verified=True)
    eve = client.signed_in(bearer(log_in(client, "eve@example.com").json()["access_token"]))
    change_email(eve, OLD.upper())
    proof = link(requested(aws, "EmailVerificationRequested")[-1])
    assert eve.post("/api/v1/auth/email/verify", json={"token": proof}).json()["code"] == "email_taken"
    assert revert(client, token).status == 200


def test_one_may_go_back_oneself(ada: LambdaClient, aws: Cloud) -> None:
    move(ada, aws)
    move(ada, aws, OLD)
    assert ada.get(ME).json()["email"] == OLD


def test_an_address_that_was_never_proven_has_no_way_back(client: LambdaClient, aws: Cloud, db: Session) -> None:
    """It may be a stranger's, by a slip: the account must not be theirs."""
    slip = client.signed_in(bearer(register(client, "aad@example.com").json()["access_token"]))
    change_email(slip, OLD)
    proof = link(requested(aws, "EmailVerificationRequested")[-1])
    assert slip.post("/api/v1/auth/email/verify", json={"token": proof}).status == 200
    assert requested(aws, "EmailChanged") == []
    assert db.query(AccountRequest).filter_by(kind="email_reversal").count() == 0


def test_another_spelling_of_the_address_is_no_change_of_hands(ada: LambdaClient, aws: Cloud) -> None:
    change_email(ada, "Ada@example.com")
    proof = link(requested(aws, "EmailVerificationRequested")[-1])
    assert ada.post("/api/v1/auth/email/verify", json={"token": proof}).status == 200
    assert requested(aws, "EmailChanged") == []


def test_roles_stay_with_the_account(client: LambdaClient, aws: Cloud, db: Session) -> None:
    identity.user(db, Role.CUSTOMER, Role.ADMIN, email=OLD, password=PASSWORD, verified=True)
    root = client.signed_in(bearer(log_in(client).json()["access_token"]))
    token = move(root, aws)
    assert revert(client, token).status == 200
    assert root.get("/api/v1/admin/users").status == 401, "the sign-in that changed it has ended at once"
    assert db.query(User).one().roles == ["customer", "admin"]
