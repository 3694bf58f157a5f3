"""Logging in."""

from __future__ import annotations

import bcrypt
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import permissions, tokens
from shared.contexts.identity.models.accounts import LoginSession, User
from shared.permissions import Role
from tests.factories import identity
from tests.integration.identity.conftest import PASSWORD, log_in, refresh, register
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded


def test_the_right_password_opens_a_session(client: LambdaClient, db: Session) -> None:
    user = identity.user(db, Role.CUSTOMER, Role.VENDOR, email="ada@example.com", password=PASSWORD)
    reply = log_in(client, "ADA@Example.com")
    assert reply.status == 200
    assert reply.json()["user"]["id"] == str(user.id)
    principal = tokens.verify_access_token(reply.json()["access_token"])
    session = db.query(LoginSession).one()
    assert (principal.user_id, principal.session_id) == (user.id, session.id)
    assert principal.roles == {Role.CUSTOMER, Role.VENDOR}
    assert session.user_agent == "tests/1.0"


def test_a_sign_in_and_a_refresh_tell_what_the_person_may_do(client: LambdaClient, db: Session) -> None:
    identity.user(db, Role.MODERATOR, email="ada@example.com", password=PASSWORD)
    identity.user(db, email="eve@example.com", password=PASSWORD)
    signed_in = log_in(client, "ada@example.com").json()
    assert signed_in["permissions"] == sorted(permissions.granted(frozenset({Role.MODERATOR})))
    refreshed = client.post("/api/v1/auth/refresh", json={"refresh_token": signed_in["refresh_token"]}).json()
    me = {"Authorization": f"Bearer {refreshed['access_token']}"}
    verified = client.post("/api/v1/auth/verify", headers=me).json()
    assert refreshed["permissions"] == verified["permissions"] == signed_in["permissions"]
    assert log_in(client, "eve@example.com").json()["permissions"] == []


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer_for_the_same_work(
    client: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(client)
    computations: list[bytes] = []
    check = bcrypt.checkpw

    def record(password: bytes, stored: bytes) -> bool:
        computations.append(stored[:7])
        return check(password, stored)

    monkeypatch.setattr(bcrypt, "checkpw", record)
    replies = []
    for email, password in (
        ("ada@example.com", "wrong"),
        ("eve@example.com", "wrong"),
        ("not an address", "wrong"),
        ("ada@example.com", "x" * 500),
    ):
        with recorded() as statements:
            replies.append(log_in(client, email, password))
        assert len(statements) == 1
    shown = [{**reply.json(), "correlation_id": ""} for reply in replies]
    assert [reply.status for reply in replies] == [401] * 4
    assert shown == [shown[0]] * 4
    assert shown[0]["code"] == "invalid_credentials"
    assert [set(reply.headers) for reply in replies] == [set(replies[0].headers)] * 4
    assert computations == [b"$2b$04$"] * 4


def test_a_deactivated_user_learns_so_only_with_the_right_password(client: LambdaClient, db: Session) -> None:
    identity.user(db, email="ada@example.com", password=PASSWORD, is_active=False)
    assert log_in(client, password="wrong").json()["code"] == "invalid_credentials"
    reply = log_in(client)
    assert (reply.status, reply.json()["code"]) == (403, "account_inactive")
    assert db.query(LoginSession).count() == 0


def test_an_account_without_a_password_cannot_be_logged_into(client: LambdaClient, db: Session) -> None:
    identity.user(db, email="ada@example.com")
    for password in ("!", "", " "):
        assert log_in(client, password=password).status in {401, 422}


def test_a_hash_of_a_lower_cost_is_replaced_at_the_next_login(
    client: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared import settings

    user = identity.user(db, email="ada@example.com", password=PASSWORD)
    log_in(client)
    db.refresh(user)
    assert user.password_hash.startswith("$2b$04$")
    monkeypatch.setenv("PASSWORD_HASH_COST", "5")
    settings.reset()
    assert log_in(client, password="wrong").status == 401
    assert log_in(client).status == 200
    db.refresh(user)
    assert user.password_hash.startswith("$2b$05$")
    assert log_in(client).status == 200


def test_a_login_forgets_the_users_sessions_that_have_run_out(client: LambdaClient, db: Session) -> None:
    old, recent = register(client).json(), log_in(client).json()
    db.execute(
        text(
            "UPDATE login_sessions SET last_used_at = now() - interval '31 days'"
            " WHERE id = (SELECT id FROM login_sessions ORDER BY id LIMIT 1)"
        )
    )
    db.commit()
    log_in(client)
    assert db.query(LoginSession).count() == 2
    assert refresh(client, old["refresh_token"]).status == 401
    assert refresh(client, recent["refresh_token"]).status == 200


def test_a_login_needs_few_statements(client: LambdaClient) -> None:
    register(client)
    with recorded() as statements:
        assert log_in(client).status == 200
    assert len(statements) == 2


def test_a_hostile_user_agent_is_recorded_harmlessly(client: LambdaClient, db: Session) -> None:
    register(client)
    reply = client.post(
        "/api/v1/auth/login",
        json={"email": "ada@example.com", "password": PASSWORD},
        headers={"user-agent": "x\x00\x1b[31m" + "y" * 500},
    )
    assert reply.status == 200
    recorded_agents = [session.user_agent for session in db.query(LoginSession).order_by(LoginSession.id)]
    assert recorded_agents[-1] == ("x[31m" + "y" * 500)[:300]


@pytest.mark.parametrize("body", [{}, {"email": "ada@example.com"}, {"email": "a" * 255, "password": "x"}, []])
def test_a_login_that_cannot_be_read_is_refused(client: LambdaClient, body: object) -> None:
    assert client.post("/api/v1/auth/login", json=body).status == 422


def test_a_login_form_of_another_site_is_not_understood(client: LambdaClient) -> None:
    register(client)
    for media_type in ("text/plain", "application/x-www-form-urlencoded"):
        reply = client.post(
            "/api/v1/auth/login",
            body=f'{{"email": "ada@example.com", "password": "{PASSWORD}", "mode": "cookie"}}',
            headers={"Content-Type": media_type},
        )
        assert (reply.status, reply.cookies) == (415, [])


def test_only_post_is_allowed(client: LambdaClient) -> None:
    reply = client.get("/api/v1/auth/login")
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_the_users_row_is_as_it_was_after_a_login(client: LambdaClient, db: Session) -> None:
    register(client)
    before = db.query(User).one().version
    log_in(client)
    db.expire_all()
    assert db.query(User).one().version == before
