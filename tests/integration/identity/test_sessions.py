"""Refresh tokens in body mode, and logging out."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import tokens
from shared.contexts.identity.models.accounts import LoginSession, RefreshToken, User
from tests.integration.identity.conftest import bearer, log_in, refresh, register
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded


def _log_out(client: LambdaClient, token: str) -> Answer:
    return client.post("/api/v1/auth/logout", json={"refresh_token": token})


def test_a_refresh_brings_the_next_tokens_of_the_same_session(client: LambdaClient, db: Session) -> None:
    first = register(client).json()
    reply = refresh(client, first["refresh_token"])
    assert reply.status == 200
    second = reply.json()
    assert second["refresh_token"] != first["refresh_token"]
    before, after = (tokens.verify_access_token(each["access_token"]) for each in (first, second))
    assert (before.user_id, before.session_id) == (after.user_id, after.session_id)
    assert refresh(client, second["refresh_token"]).status == 200
    assert db.query(LoginSession).count() == 1


def test_a_refresh_needs_few_statements(client: LambdaClient) -> None:
    token = register(client).json()["refresh_token"]
    with recorded() as statements:
        assert refresh(client, token).status == 200
    assert len(statements) == 2


def test_a_spent_token_that_turns_up_again_ends_the_whole_session(
    client: LambdaClient, db: Session, caplog: pytest.LogCaptureFixture
) -> None:
    stolen = register(client).json()["refresh_token"]
    current = refresh(client, stolen).json()["refresh_token"]
    reply = refresh(client, stolen)
    assert (reply.status, reply.json()["code"]) == (401, "invalid_refresh_token")
    assert refresh(client, current).status == 401
    assert db.query(LoginSession).one().revoked_reason == "token_reused"
    (event,) = [record for record in caplog.records if getattr(record, "security_event", "") == "refresh_token_reused"]
    assert event.session_id == str(db.query(LoginSession).one().id)  # type: ignore[attr-defined]


def test_reuse_ends_no_other_session_of_the_user(client: LambdaClient) -> None:
    stolen = register(client).json()["refresh_token"]
    elsewhere = log_in(client).json()["refresh_token"]
    refresh(client, stolen)
    refresh(client, stolen)
    assert refresh(client, elsewhere).status == 200


@pytest.mark.parametrize("token", ["x", "é" * 40, "a" * 43, "' OR 1=1 --"])
def test_a_token_that_was_never_given_out_is_refused(client: LambdaClient, token: str) -> None:
    register(client)
    reply = refresh(client, token)
    assert (reply.status, reply.json()["code"]) == (401, "invalid_refresh_token")
    assert reply.headers["www-authenticate"] == "Bearer"


def test_a_refresh_without_a_token_is_refused(client: LambdaClient) -> None:
    for options in ({}, {"json": {}}, {"json": {"refresh_token": None}}):
        reply = client.post("/api/v1/auth/refresh", **options)
        assert (reply.status, reply.json()["code"]) == (401, "not_authenticated")


def test_an_access_token_is_no_refresh_token(client: LambdaClient) -> None:
    assert refresh(client, register(client).json()["access_token"]).status == 401


def test_a_token_ends_after_thirty_days(client: LambdaClient, db: Session) -> None:
    token = register(client).json()["refresh_token"]
    row = db.query(RefreshToken).one()
    assert (row.expires_at - row.created_at).days == 30
    db.execute(text("UPDATE refresh_tokens SET expires_at = now()"))
    db.commit()
    assert refresh(client, token).status == 401
    assert db.query(LoginSession).one().revoked_at is None


def test_a_refresh_removes_the_sessions_tokens_that_have_run_out(client: LambdaClient, db: Session) -> None:
    first = register(client).json()["refresh_token"]
    second = refresh(client, first).json()["refresh_token"]
    db.execute(text("UPDATE refresh_tokens SET expires_at = now() - interval '1 second' WHERE spent_at IS NOT NULL"))
    db.commit()
    third = refresh(client, second).json()["refresh_token"]
    assert db.query(RefreshToken).count() == 2
    assert refresh(client, third).status == 200


def test_a_refresh_records_when_and_with_what(client: LambdaClient, db: Session) -> None:
    token = register(client).json()["refresh_token"]
    created = db.query(LoginSession).one().last_used_at
    client.signed_in({"user-agent": "phone/2"}).post("/api/v1/auth/refresh", json={"refresh_token": token})
    db.expire_all()
    session = db.query(LoginSession).one()
    assert session.last_used_at > created
    assert session.user_agent == "phone/2"


def test_a_refresh_brings_the_roles_of_now(client: LambdaClient, db: Session) -> None:
    token = register(client).json()["refresh_token"]
    db.execute(text("UPDATE users SET roles = '{customer,creator}'"))
    db.commit()
    granted = tokens.verify_access_token(refresh(client, token).json()["access_token"])
    assert granted.roles == {"customer", "creator"}


def test_a_deactivated_user_gets_no_more_tokens(client: LambdaClient, db: Session) -> None:
    token = register(client).json()["refresh_token"]
    db.query(User).one().is_active = False
    db.commit()
    reply = refresh(client, token)
    assert (reply.status, reply.json()["code"]) == (401, "invalid_refresh_token")


def test_a_refresh_that_cannot_sign_spends_nothing(
    client: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from functions.identity.service import key_ring

    token = register(client).json()["refresh_token"]
    with monkeypatch.context() as broken:
        broken.setattr(key_ring, "read", lambda: None)
        assert refresh(client, token).status == 503
    assert refresh(client, token).status == 200


def test_logging_out_ends_the_session_at_once(client: LambdaClient, db: Session) -> None:
    token = register(client).json()["refresh_token"]
    elsewhere = log_in(client).json()["refresh_token"]
    assert _log_out(client, token).status == 204
    assert refresh(client, token).status == 401
    assert refresh(client, elsewhere).status == 200
    assert [session.revoked_reason for session in db.query(LoginSession).order_by(LoginSession.id)] == [
        "logged_out",
        None,
    ]


def test_logging_out_twice_or_with_an_unknown_token_is_no_error(client: LambdaClient) -> None:
    token = register(client).json()["refresh_token"]
    assert [_log_out(client, each).status for each in (token, token, "unknown")] == [204] * 3


def test_logging_out_works_with_an_expired_access_token_beside_the_refresh_token(client: LambdaClient) -> None:
    token = register(client).json()["refresh_token"]
    assert _log_out(client.signed_in(bearer("expired")), token).status == 204
    assert refresh(client, token).status == 401


def test_an_access_token_alone_logs_its_session_out(client: LambdaClient) -> None:
    signed_in = register(client).json()
    assert client.post("/api/v1/auth/logout", headers=bearer(signed_in["access_token"])).status == 204
    assert refresh(client, signed_in["refresh_token"]).status == 401


def test_logging_out_as_nobody_is_refused(client: LambdaClient) -> None:
    assert client.post("/api/v1/auth/logout").status == 401
    assert client.post("/api/v1/auth/logout", headers=bearer("forged")).status == 401


def test_what_holds_secrets_does_not_show_them_when_it_is_printed(client: LambdaClient, db: Session) -> None:
    from functions.identity.repository import accounts
    from functions.identity.service import key_ring
    from functions.identity.service.sessions import Grant, PresentedToken
    from shared.clients import database

    register(client)
    ring, account = key_ring.read(), accounts.find_by_email(database.connection(), "ada@example.com")
    assert ring is not None
    assert account is not None
    session = db.query(LoginSession).one()
    shown = repr(
        [ring, account, Grant(session.id, [], "access", "refresh"), PresentedToken("refresh", csrf_token="csrf")]
    )
    for secret in (ring.signing["d"], account.password_hash, "'access'", "'refresh'", "'csrf'"):
        assert secret not in shown
