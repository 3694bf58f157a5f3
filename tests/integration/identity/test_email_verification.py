"""Proving an e-mail address with the link in a mail."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import tokens
from shared.contexts.identity.models.accounts import AccountRequest, User
from tests.factories import identity
from tests.integration.identity.conftest import ME, bearer, link, log_in, refresh, register, requested
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded

PURPOSE = "email-verification"


@pytest.fixture
def ada(client: LambdaClient) -> LambdaClient:
    """Ada, just registered and signed in."""
    return client.signed_in(bearer(register(client).json()["access_token"]))


def verify(client: LambdaClient, token: str) -> Answer:
    return client.post("/api/v1/auth/email/verify", json={"token": token})


def ask_again(client: LambdaClient) -> Answer:
    return client.post("/api/v1/auth/email/verification")


def the_link(aws: Cloud) -> str:
    """The token in the last mail that asks for a proof."""
    return link(requested(aws, "EmailVerificationRequested")[-1])


def test_whoever_registers_is_asked_to_prove_the_address(client: LambdaClient, aws: Cloud, db: Session) -> None:
    user = register(client, language="zh-cn").json()["user"]
    (event,) = requested(aws, "EmailVerificationRequested")
    request = db.query(AccountRequest).one()
    assert event == {
        "request_id": str(request.id),
        "user_id": user["id"],
        "email": "ada@example.com",
        "language": "zh-CN",
        "expires_at": event["expires_at"],
        "is_change": False,
    }
    assert (request.expires_at - request.created_at).total_seconds() == 24 * 3600


def test_no_secret_is_put_on_the_bus(ada: LambdaClient, aws: Cloud) -> None:
    published = aws.published()
    token = link(next(e["detail"]["data"] for e in published if e["detail-type"] == "EmailVerificationRequested"))
    assert token not in repr(published)
    assert verify(ada, token).status == 200


def test_the_link_proves_the_address_of_whoever_is_signed_in_and_all_goes_on(
    client: LambdaClient, ada: LambdaClient, aws: Cloud
) -> None:
    elsewhere = log_in(client).json()["refresh_token"]
    reply = verify(ada, the_link(aws))
    assert reply.status == 200
    me = ada.get(ME).json()
    assert reply.json() == {
        "email": "ada@example.com",
        "email_verified_at": me["email_verified_at"],
        "password_reset_token": None,
    }
    assert refresh(client, elsewhere).status == 200
    assert log_in(client).status == 200
    assert me["email_verified_at"] is not None
    assert me["version"] == 2


def test_a_link_is_good_for_one_use(ada: LambdaClient, aws: Cloud) -> None:
    token = the_link(aws)
    assert verify(ada, token).status == 200
    before = ada.get(ME).json()
    reply = verify(ada, token)
    assert (reply.status, reply.json()["code"]) == (400, "invalid_link")
    assert ada.get(ME).json() == before


def test_a_link_runs_out(ada: LambdaClient, aws: Cloud, db: Session) -> None:
    db.execute(text("UPDATE account_requests SET expires_at = now()"))
    db.commit()
    assert verify(ada, the_link(aws)).json()["code"] == "invalid_link"
    assert ada.get(ME).json()["email_verified_at"] is None


def forged(request_id: UUID) -> list[str]:
    """What is no link for this purpose."""
    good = tokens.sign(PURPOSE, request_id.bytes)
    return [
        good[:30] + ("A" if good[30] != "A" else "B") + good[31:],
        ("A" if good[0] != "A" else "B") + good[1:],
        good + "AAAA",
        tokens.sign("password-reset", request_id.bytes),
        tokens.sign("csrf", request_id.bytes),
        tokens.sign(PURPOSE, uuid4().bytes),
        tokens.sign(PURPOSE, b""),
        tokens.sign(PURPOSE, request_id.bytes * 2),
        str(request_id),
        "' OR 1=1 --",
        "é" * 50,
    ]


def test_a_link_that_was_made_up_proves_nothing(ada: LambdaClient, aws: Cloud, db: Session) -> None:
    replies = [verify(ada, token) for token in forged(db.query(AccountRequest).one().id)]
    assert {(reply.status, reply.json()["code"]) for reply in replies} == {(400, "invalid_link")}
    assert len({reply.json()["detail"] for reply in replies}) == 1
    assert ada.get(ME).json()["email_verified_at"] is None


def test_whoever_makes_links_up_has_to_wait_after_twenty(ada: LambdaClient, aws: Cloud) -> None:
    for _ in range(20):
        assert verify(ada, "made-up").status == 400
    reply = verify(ada, "made-up-as-well")
    assert (reply.status, reply.json()["code"]) == (429, "too_many_attempts")
    assert verify(ada, the_link(aws)).status == 200, "a neighbour who guesses holds up nobody with a link of ours"


def test_a_link_of_a_deactivated_account_proves_nothing(ada: LambdaClient, aws: Cloud, db: Session) -> None:
    db.query(User).one().is_active = False
    db.commit()
    assert verify(ada, the_link(aws)).status == 400
    assert db.query(User).one().email_verified_at is None
    assert db.query(AccountRequest).one().used_at is None


def test_a_link_used_by_many_at_once_is_used_by_one(ada: LambdaClient, aws: Cloud, db: Session) -> None:
    token = the_link(aws)
    db.close()
    statuses = at_once(6, lambda _: verify(ada, token).status)
    assert sorted(statuses) == [200, *[400] * 5]
    assert db.query(User).one().version == 2


def test_the_mail_can_be_sent_again_and_every_link_works_until_one_is_used(ada: LambdaClient, aws: Cloud) -> None:
    first = the_link(aws)
    reply = ask_again(ada)
    assert (reply.status, reply.json()) == (202, {"expires_in": 24 * 3600})
    second = the_link(aws)
    assert second != first
    assert verify(ada, first).status == 200
    assert verify(ada, second).json()["code"] == "invalid_link"


def test_there_is_no_second_mail_for_an_address_that_is_proven(ada: LambdaClient, aws: Cloud) -> None:
    verify(ada, the_link(aws))
    reply = ask_again(ada)
    assert (reply.status, reply.json()["code"]) == (409, "email_already_verified")
    assert requested(aws, "EmailVerificationRequested") == []


def test_nobody_floods_a_mailbox(ada: LambdaClient, aws: Cloud) -> None:
    replies = [ask_again(ada) for _ in range(8)]
    assert [reply.status for reply in replies] == [202] * 5 + [429] * 3
    assert 1 <= int(replies[-1].headers["retry-after"]) <= 30
    assert len(requested(aws, "EmailVerificationRequested")) == 1 + 5


def test_verifying_needs_few_statements(ada: LambdaClient, aws: Cloud) -> None:
    token = the_link(aws)
    verify(ada, "warm")
    with recorded() as statements:
        assert verify(ada, token).status == 200
    assert len(statements) <= 4


def test_sending_again_needs_few_statements(ada: LambdaClient) -> None:
    ask_again(ada)
    with recorded() as statements:
        assert ask_again(ada).status == 202
    assert len(statements) <= 5  # the user, the request, the event; the event read back and marked as sent


@pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": None}, {"token": "x" * 201}, {"token": "x", "a": 1}, []])
def test_a_body_that_cannot_be_read_is_refused(client: LambdaClient, body: Any) -> None:
    assert client.post("/api/v1/auth/email/verify", json=body).status == 422


def test_one_click_ends_mails_that_were_not_asked_for(client: LambdaClient, db: Session) -> None:
    user = identity.user(db, accepts_marketing=True)
    path = f"/api/v1/users/unsubscribe?token={tokens.sign('unsubscribe', user.id.bytes)}"
    form = {"content-type": "application/x-www-form-urlencoded"}
    for _ in range(2):
        assert client.post(path, body="List-Unsubscribe=One-Click", headers=form).status == 204
    db.refresh(user)
    assert (user.marketing_consent_at, user.version) == (None, 2)


def test_nobody_else_is_unsubscribed(client: LambdaClient, db: Session) -> None:
    user = identity.user(db, accepts_marketing=True)
    for token in (tokens.sign("csrf", user.id.bytes), str(user.id), "x"):
        assert client.post(f"/api/v1/users/unsubscribe?token={token}").json()["code"] == "invalid_link"
    db.refresh(user)
    assert user.marketing_consent_at is not None
