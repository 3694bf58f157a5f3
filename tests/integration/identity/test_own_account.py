"""Changing one's password and e-mail address while signed in, and signing out elsewhere."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import tokens
from shared.contexts.identity.models.accounts import AccountRequest, LoginSession, User
from tests.factories import identity
from tests.integration.identity.conftest import ME, PASSWORD, bearer, link, log_in, refresh, register, requested
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

NEW = "windy-harbour-17"
SESSIONS = "/api/v1/auth/sessions"


@pytest.fixture
def signed_in(client: LambdaClient, aws: Cloud) -> dict[str, Any]:
    """What Ada's registration answered; its mail is read."""
    answer: dict[str, Any] = register(client).json()
    aws.published()
    return answer


@pytest.fixture
def ada(client: LambdaClient, signed_in: dict[str, Any]) -> LambdaClient:
    """Ada, signed in."""
    return client.signed_in(bearer(signed_in["access_token"]))


def change_password(client: LambdaClient, current: str = PASSWORD, new: str = NEW) -> Answer:
    return client.post(f"{ME}/password", json={"current_password": current, "new_password": new})


def change_email(client: LambdaClient, new: str = "ada@newhome.example.com", password: str = PASSWORD) -> Answer:
    return client.post(f"{ME}/email", json={"new_email": new, "password": password})


def verify(client: LambdaClient, token: str) -> Answer:
    return client.post("/api/v1/auth/email/verify", json={"token": token})


def the_link(aws: Cloud) -> str:
    return link(requested(aws, "EmailVerificationRequested")[-1])


def test_the_password_can_be_changed_and_other_sessions_end(
    client: LambdaClient, ada: LambdaClient, signed_in: dict[str, Any]
) -> None:
    elsewhere = log_in(client).json()["refresh_token"]
    assert change_password(ada).status == 204
    assert refresh(client, elsewhere).status == 401
    assert refresh(client, signed_in["refresh_token"]).status == 200
    assert log_in(client).status == 401
    assert log_in(client, password=NEW).status == 200


def test_a_stolen_access_token_is_not_enough_to_change_password_or_address(ada: LambdaClient, aws: Cloud) -> None:
    for reply, field in (
        (change_password(ada, "not-the-password"), "body.current_password"),
        (change_email(ada, password="not-the-password"), "body.password"),
    ):
        assert (reply.status, reply.json()["code"]) == (422, "wrong_password")
        assert [error["field"] for error in reply.json()["errors"]] == [field]
    assert aws.published() == []


def test_guesses_of_whoever_is_signed_in_count_for_them_and_for_nobody_s_login(
    client: LambdaClient, ada: LambdaClient
) -> None:
    for guess in range(3):
        assert change_password(ada, f"guess-{guess}").status == 422
    for guess in range(2):
        assert change_email(ada, password=f"guess-{guess}").status == 422
    refused = [change_password(ada), change_email(ada), ada.delete(ME, json={"password": PASSWORD})]
    assert [reply.status for reply in refused] == [429] * 3
    assert log_in(client).status == 200


def test_strangers_who_guess_do_not_keep_whoever_is_signed_in_from_what_is_theirs(
    client: LambdaClient, ada: LambdaClient
) -> None:
    strangers = LambdaClient(client.handler, source_ip="198.51.100.9")
    assert [log_in(strangers, password="guess").status for _ in range(6)] == [401] * 5 + [429]
    assert change_email(ada).status == 202
    assert change_password(ada).status == 204
    assert ada.delete(ME, json={"password": NEW}).status == 202


def test_a_new_password_must_be_as_good_as_the_first(ada: LambdaClient, client: LambdaClient) -> None:
    for weak in ("short", "Password123!", "lovelace-plum-7"):
        reply = change_password(ada, new=weak)
        assert [error["field"] for error in reply.json()["errors"]] == ["body.new_password"]
    assert log_in(client).status == 200


def test_changing_the_password_voids_links_to_another(client: LambdaClient, ada: LambdaClient, aws: Cloud) -> None:
    client.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"})
    token = link(requested(aws, "PasswordResetRequested")[-1], "password-reset")
    assert change_password(ada).status == 204
    reply = client.post("/api/v1/auth/password/reset", json={"token": token, "new_password": "third-harbour-18"})
    assert reply.json()["code"] == "invalid_link"


def test_of_two_changes_at_once_one_holds(client: LambdaClient, ada: LambdaClient) -> None:
    chosen = [f"windy-harbour-{number}7" for number in range(4)]
    statuses = at_once(4, lambda number: change_password(ada, new=chosen[number]).status)
    assert sorted(statuses) == [204, 422, 422, 422]
    assert log_in(client, password=chosen[statuses.index(204)]).status == 200


def test_a_new_address_takes_effect_when_it_is_proven(client: LambdaClient, ada: LambdaClient, aws: Cloud) -> None:
    reply = change_email(ada, "Ada@NewHome.example.com")
    assert (reply.status, reply.json()) == (202, {"expires_in": 24 * 3600})
    (event,) = requested(aws, "EmailVerificationRequested")
    assert event["email"] == "Ada@newhome.example.com"
    assert ada.get(ME).json()["email"] == "ada@example.com"
    assert verify(ada, link(event)).json()["email"] == "Ada@newhome.example.com"
    me = ada.get(ME).json()
    assert (me["email"], me["version"]) == ("Ada@newhome.example.com", 2)
    assert me["email_verified_at"] is not None
    assert log_in(client).status == 401
    assert log_in(client, "ada@newhome.example.com").status == 200


def test_links_to_the_old_address_open_nothing_after_the_change(
    client: LambdaClient, ada: LambdaClient, aws: Cloud
) -> None:
    ada.post("/api/v1/auth/email/verification")
    old_verification = the_link(aws)
    client.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"})
    old_reset = link(requested(aws, "PasswordResetRequested")[-1], "password-reset")
    change_email(ada)
    assert verify(ada, the_link(aws)).status == 200
    assert verify(client, old_verification).json()["code"] == "invalid_link"
    reply = client.post("/api/v1/auth/password/reset", json={"token": old_reset, "new_password": NEW})
    assert reply.json()["code"] == "invalid_link"
    assert ada.get(ME).json()["email"] == "ada@newhome.example.com"


def test_another_choice_voids_the_link_to_a_mistyped_address(
    client: LambdaClient, ada: LambdaClient, aws: Cloud
) -> None:
    change_email(ada, "adda@newhome.example.com")
    mistyped = the_link(aws)
    change_email(ada)
    assert verify(ada, mistyped).json()["code"] == "invalid_link"
    assert verify(ada, the_link(aws)).status == 200


def test_the_case_of_ones_own_address_can_be_changed(client: LambdaClient, ada: LambdaClient, aws: Cloud) -> None:
    assert change_email(ada, "ada@example.com").json()["code"] == "same_email"
    assert change_email(ada, "Ada@example.com").status == 202
    assert verify(ada, the_link(aws)).status == 200
    assert ada.get(ME).json()["email"] == "Ada@example.com"


def test_the_address_of_somebody_else_cannot_be_taken(ada: LambdaClient, client: LambdaClient, aws: Cloud) -> None:
    register(client, "bob@example.com")
    aws.published()
    reply = change_email(ada, "BOB@example.com")
    assert (reply.status, reply.json()["code"]) == (409, "email_taken")
    assert aws.published() == []


def test_an_address_that_was_registered_meanwhile_cannot_be_taken(
    ada: LambdaClient, client: LambdaClient, aws: Cloud, db: Session
) -> None:
    change_email(ada)
    token = the_link(aws)
    register(client, "ada@newhome.example.com")
    reply = verify(ada, token)
    assert (reply.status, reply.json()["code"]) == (409, "email_taken")
    assert ada.get(ME).json()["email"] == "ada@example.com"
    assert db.query(AccountRequest).filter_by(kind="email_change").one().used_at is None


def test_two_accounts_that_prove_one_address_at_once_do_not_both_get_it(
    client: LambdaClient, aws: Cloud, db: Session, signing_key: TestSigningKey
) -> None:
    users = [identity.user(db) for _ in range(4)]
    callers = [client.signed_in(signing_key.authorization(user)) for user in users]
    links = [
        tokens.sign(
            "email-verification", identity.account_request(db, user, "email_change", email="x@example.com").id.bytes
        )
        for user in users
    ]
    db.close()
    statuses = at_once(4, lambda number: verify(callers[number], links[number]).status)
    assert sorted(statuses) == [200, 409, 409, 409]
    assert db.query(User).filter_by(email="x@example.com").count() == 1


def test_nobody_floods_other_peoples_mailboxes(ada: LambdaClient, aws: Cloud) -> None:
    statuses = [change_email(ada, f"victim{number}@example.com").status for number in range(7)]
    assert statuses == [202] * 5 + [429] * 2


def test_the_changes_need_few_statements(ada: LambdaClient) -> None:
    change_email(ada)
    with recorded() as statements:
        assert change_email(ada).status == 202
    assert len(statements) == 7  # account, other account; earlier ones, request, event; event read back and marked
    with recorded() as statements:
        assert change_password(ada).status == 204
    assert len(statements) == 7  # account; hash, sessions and links, audit log, event; event read back and marked


def test_sessions_are_listed_the_newest_first(client: LambdaClient, ada: LambdaClient, db: Session) -> None:
    log_in(client.signed_in({"user-agent": "phone/2"}))
    log_in(client, password="wrong")
    reply = ada.get(SESSIONS)
    assert (reply.status, reply.headers["cache-control"]) == (200, "private, no-store")
    page = reply.json()
    assert [(item["user_agent"], item["current"]) for item in page["items"]] == [
        ("phone/2", False),
        ("tests/1.0", True),
    ]
    assert set(page["items"][0]) == {"id", "user_agent", "created_at", "last_used_at", "current"}
    assert page["next_cursor"] is None


def test_only_sessions_that_go_on_are_listed(client: LambdaClient, ada: LambdaClient, db: Session) -> None:
    client.post("/api/v1/auth/logout", json={"refresh_token": log_in(client).json()["refresh_token"]})
    identity.login_session(db, identity.user(db))
    user = db.query(User).filter_by(email="ada@example.com").one()
    unused = identity.login_session(db, user)
    db.execute(
        text("UPDATE login_sessions SET last_used_at = now() - interval '31 days' WHERE id = :id"), {"id": unused.id}
    )
    db.commit()
    assert [item["current"] for item in ada.get(SESSIONS).json()["items"]] == [True]


def test_the_list_is_paged_and_its_cursor_is_ones_own(client: LambdaClient, ada: LambdaClient, db: Session) -> None:
    for _ in range(4):
        log_in(client)
    seen, cursor = [], None
    while True:
        page = ada.get(f"{SESSIONS}?limit=2&fields=id" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [item["id"] for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == [str(session.id) for session in db.query(LoginSession).order_by(LoginSession.id.desc())]
    assert len(seen) == 5
    foreign = ada.get(f"{SESSIONS}?limit=2").json()["next_cursor"]
    bob = client.signed_in(bearer(register(client, "bob@example.com").json()["access_token"]))
    assert bob.get(f"{SESSIONS}?cursor={foreign}").json()["code"] == "invalid_cursor"


def test_listing_sessions_is_one_statement(ada: LambdaClient) -> None:
    ada.get(SESSIONS)
    with recorded() as statements:
        ada.get(SESSIONS)
    assert len(statements) == 1


def test_a_session_can_be_ended_from_another(client: LambdaClient, ada: LambdaClient) -> None:
    phone = log_in(client).json()
    (newest, _current) = ada.get(SESSIONS).json()["items"]
    assert ada.delete(f"{SESSIONS}/{newest['id']}").status == 204
    assert refresh(client, phone["refresh_token"]).status == 401
    assert len(ada.get(SESSIONS).json()["items"]) == 1
    assert ada.delete(f"{SESSIONS}/{newest['id']}").status == 404


def test_a_session_of_somebody_else_does_not_exist(client: LambdaClient, ada: LambdaClient, db: Session) -> None:
    theirs = identity.login_session(db, identity.user(db))
    for session_id in (theirs.id, uuid4()):
        assert ada.delete(f"{SESSIONS}/{session_id}").status == 404
    db.refresh(theirs)
    assert theirs.revoked_at is None


def test_one_can_sign_out_everywhere_else(
    client: LambdaClient, ada: LambdaClient, signed_in: dict[str, Any], db: Session
) -> None:
    elsewhere = [log_in(client).json()["refresh_token"] for _ in range(3)]
    theirs = identity.login_session(db, identity.user(db))
    assert ada.delete(SESSIONS).status == 204
    assert [refresh(client, token).status for token in elsewhere] == [401] * 3
    assert refresh(client, signed_in["refresh_token"]).status == 200
    db.refresh(theirs)
    assert theirs.revoked_at is None
