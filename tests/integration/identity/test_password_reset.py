"""A new password by a link that goes to the account's address."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import bcrypt
import boto3
import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.identity.errors import InvalidCredentialsError
from functions.identity.service import login, throttling
from shared import tokens
from shared.clients import counters
from shared.contexts.identity.models.accounts import AccountRequest, LoginSession, User
from tests.factories import identity
from tests.integration.identity.conftest import PASSWORD, link, log_in, refresh, register, requested
from tests.support.cloud import TABLE, Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded

NEW = "windy-harbour-17"


def forgot(client: LambdaClient, email: str = "ada@example.com") -> Answer:
    return client.post("/api/v1/auth/password/forgot", json={"email": email})


def reset(client: LambdaClient, token: str, password: str = NEW) -> Answer:
    return client.post("/api/v1/auth/password/reset", json={"token": token, "new_password": password})


def the_link(client: LambdaClient, aws: Cloud) -> str:
    """Ask, and take the token from the mail."""
    assert forgot(client).status == 202
    return link(requested(aws, "PasswordResetRequested")[-1], "password-reset")


@pytest.fixture
def ada(client: LambdaClient, db: Session) -> User:
    """Ada, who has forgotten her password, and has not proven her address yet."""
    return identity.user(db, email="ada@example.com", password=PASSWORD, language="zh-CN", verified=False)


def test_asking_has_a_link_sent_in_the_users_language(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    reply = forgot(client, " ADA@Example.com ")
    assert (reply.status, reply.json()) == (202, {"expires_in": 3600})
    (event,) = requested(aws, "PasswordResetRequested")
    request = db.query(AccountRequest).one()
    assert (request.expires_at - request.created_at).total_seconds() == 3600
    assert event == {
        "request_id": str(request.id),
        "user_id": str(ada.id),
        "email": "ada@example.com",
        "language": "zh-CN",
        "expires_at": event["expires_at"],
    }


def test_the_new_password_opens_the_account_and_the_old_one_does_not(
    client: LambdaClient, ada: User, aws: Cloud
) -> None:
    reply = reset(client, the_link(client, aws))
    assert (reply.status, reply.body) == (204, b"")
    assert log_in(client, password=PASSWORD).status == 401
    assert log_in(client, password=NEW).status == 200


def test_every_session_ends(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    stolen = [log_in(client).json()["refresh_token"] for _ in range(2)]
    reset(client, the_link(client, aws))
    assert [refresh(client, token).status for token in stolen] == [401, 401]
    assert {session.revoked_reason for session in db.query(LoginSession)} == {"password_reset"}


def test_the_link_proves_the_address_as_well(client: LambdaClient, ada: User, aws: Cloud) -> None:
    reset(client, the_link(client, aws))
    user = log_in(client, password=NEW).json()["user"]
    assert user["email_verified_at"] is not None
    assert user["version"] == 2


def test_only_the_newest_link_is_good_and_for_one_use(client: LambdaClient, ada: User, aws: Cloud) -> None:
    first, second = the_link(client, aws), the_link(client, aws)
    assert reset(client, first).json()["code"] == "invalid_link"
    assert reset(client, second).status == 204
    for token in (first, second):
        reply = reset(client, token, "third-password-91")
        assert (reply.status, reply.json()["code"]) == (400, "invalid_link")
    assert log_in(client, password=NEW).status == 200


def test_an_open_change_of_the_address_is_void(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    """Whoever knew the old password may have asked for it."""
    change = identity.account_request(db, ada, "email_change", email="eve@example.com")
    token = tokens.sign("email-verification", change.id.bytes)
    reset(client, the_link(client, aws))
    assert client.post("/api/v1/auth/email/verify", json={"token": token}).json()["code"] == "invalid_link"
    assert db.query(User).one().email == "ada@example.com"


def test_a_link_runs_out_after_an_hour(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    token = the_link(client, aws)
    db.execute(text("UPDATE account_requests SET expires_at = now()"))
    db.commit()
    assert reset(client, token).json()["code"] == "invalid_link"
    assert log_in(client).status == 200


def test_a_link_that_was_made_up_resets_nothing(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    forgot(client)
    request = db.query(AccountRequest).one()
    verification = identity.account_request(db, ada, "email_verification")
    made_up = [
        tokens.sign("email-verification", request.id.bytes),
        tokens.sign("password-reset", verification.id.bytes),
        tokens.sign("password-reset", uuid4().bytes),
        tokens.sign("password-reset", ada.id.bytes),
        tokens.sign("password-reset", request.id.bytes)[:-2],
        str(request.id),
        "",
    ]
    assert [reset(client, token).status for token in made_up] == [400] * 6 + [422]
    assert log_in(client).status == 200


def test_a_link_of_a_deactivated_account_resets_nothing(
    client: LambdaClient, ada: User, aws: Cloud, db: Session
) -> None:
    token = the_link(client, aws)
    ada.is_active = False
    db.commit()
    assert reset(client, token).json()["code"] == "invalid_link"


@pytest.mark.parametrize("password", ["short", "Password123!", "lovelace-plum-7", "x" * 73, "ada@example.com"])
def test_a_password_that_is_refused_does_not_use_the_link_up(
    client: LambdaClient, ada: User, aws: Cloud, password: str
) -> None:
    token = the_link(client, aws)
    reply = reset(client, token, password)
    assert (reply.status, [error["field"] for error in reply.json()["errors"]]) == (422, ["body.new_password"])
    assert password not in reply.body.decode()
    assert reset(client, token).status == 204


def test_of_many_at_once_with_one_link_one_chooses_the_password(
    client: LambdaClient, ada: User, aws: Cloud, db: Session
) -> None:
    token = the_link(client, aws)
    db.close()
    chosen = [f"windy-harbour-{number}7" for number in range(6)]
    statuses = at_once(6, lambda number: reset(client, token, chosen[number]).status)
    assert sorted(statuses) == [204, *[400] * 5]
    assert log_in(client, password=chosen[statuses.index(204)]).status == 200


def test_of_many_links_at_once_one_chooses_the_password_and_nobody_deadlocks(
    client: LambdaClient, ada: User, aws: Cloud, db: Session
) -> None:
    links = [tokens.sign("password-reset", _request(db, ada)) for _ in range(6)]
    db.close()
    # Each from an address of its own: moto shows a counter that is being made before it has its value.
    callers = [LambdaClient(client.handler, source_ip=f"203.0.113.{100 + number}") for number in range(6)]
    statuses = at_once(6, lambda number: reset(callers[number], links[number], f"windy-harbour-{number}7").status)
    assert sorted(statuses) == [204, *[400] * 5]
    assert log_in(client, password=f"windy-harbour-{statuses.index(204)}7").status == 200


def _request(db: Session, user: User) -> bytes:
    return identity.account_request(db, user, "password_reset").id.bytes


def test_no_session_slips_through_that_the_old_password_is_about_to_open(
    client: LambdaClient, ada: User, aws: Cloud, database_url: str, db: Session
) -> None:
    """The old password was right when it was looked at; then it was reset; then the session is to be opened."""
    with psycopg.connect(database_url, autocommit=True, row_factory=dict_row) as slow:
        known = login.authenticate(slow, email="ada@example.com", password=PASSWORD, address="203.0.113.9")
        reset(client, the_link(client, aws))
        with slow.transaction(), pytest.raises(InvalidCredentialsError):
            login.complete(slow, known, "slow")
    assert db.query(LoginSession).filter_by(revoked_at=None).count() == 0


def test_who_was_kept_out_by_failures_gets_in_after_a_reset(client: LambdaClient, ada: User, aws: Cloud) -> None:
    for _ in range(5):
        log_in(client, password="wrong")
    assert log_in(client).status == 429
    reset(client, the_link(client, aws))
    assert log_in(client, password=NEW).status == 200


class Work:
    """What asking made the function do."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        for target, name in ((counters, "_call"), (bcrypt, "checkpw"), (bcrypt, "hashpw")):
            monkeypatch.setattr(target, name, self._recorded(name, getattr(target, name)))

    def _recorded(self, name: str, function: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            self.done.append(f"{name} {arguments[0]}" if name == "_call" else name)
            return function(*arguments, **options)

        return call


def test_asking_tells_nobody_whether_there_is_an_account(
    client: LambdaClient, ada: User, aws: Cloud, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same answer, same statements, same counters, and one event on the bus each."""
    identity.user(db, email="gone@example.com", password=PASSWORD, is_active=False)
    forgot(client, "warm@example.com")
    aws.published()
    answers, works, told = [], [], []
    for email in ("ada@example.com", "nobody@example.com", "gone@example.com", "not an address"):
        with monkeypatch.context() as patched, recorded() as statements:
            work = Work(patched)
            answers.append(forgot(client, email))
        assert len(statements) == 5  # whose it is; the request, the event; the event read back and marked as sent
        works.append([*statements, *work.done])
        told.append([event["detail-type"] for event in aws.published()])
    shown = [re.sub(r"[0-9a-f-]{36}", "", f"{a.status} {sorted(a.headers)} {a.body!r}") for a in answers]
    assert shown == [shown[0]] * 4
    assert works == [works[0]] * 4
    assert told == [["PasswordResetRequested"], *[["PasswordResetUnmatched"]] * 3]


def test_an_address_without_an_account_leaves_no_trace_of_itself(client: LambdaClient, aws: Cloud, db: Session) -> None:
    forgot(client, "nobody@example.com")
    request = db.query(AccountRequest).one()
    assert (request.user_id, request.email) == (None, "")
    assert "nobody" not in repr(aws.published())
    assert "nobody" not in repr(boto3.client("dynamodb").scan(TableName=TABLE)["Items"])
    assert reset(client, tokens.sign("password-reset", request.id.bytes)).json()["code"] == "invalid_link"


def test_after_five_requests_from_a_network_there_is_no_mail_and_the_answer_stays(
    client: LambdaClient, ada: User, aws: Cloud
) -> None:
    replies = [forgot(client) for _ in range(8)]
    assert {(reply.status, reply.body) for reply in replies} == {(202, replies[0].body)}
    sent = [event["detail-type"] for event in aws.published()]
    assert sorted(sent) == ["PasswordResetRequested"] * 5 + ["PasswordResetUnmatched"] * 3


def test_a_stranger_who_asks_too_often_takes_no_mail_from_the_owner(
    client: LambdaClient, ada: User, aws: Cloud
) -> None:
    stranger = LambdaClient(client.handler, source_ip="198.51.100.9")
    for _ in range(7):
        forgot(stranger)
    aws.published()
    assert reset(client, the_link(client, aws)).status == 204


def test_when_strangers_from_everywhere_have_asked_too_often_the_newest_of_their_links_serves_the_owner(
    client: LambdaClient, ada: User, aws: Cloud
) -> None:
    for number in range(24):
        assert forgot(LambdaClient(client.handler, source_ip=f"198.51.100.{number}")).status == 202
    mails = requested(aws, "PasswordResetRequested")
    assert len(mails) == 20
    assert forgot(client).status == 202
    assert requested(aws, "PasswordResetRequested") == []
    assert reset(client, link(mails[-1], "password-reset")).status == 204


def test_after_twenty_requests_an_address_has_to_wait(client: LambdaClient, ada: User) -> None:
    statuses = [forgot(client, f"user{number}@example.com").status for number in range(21)]
    assert statuses == [202] * 20 + [429]
    assert forgot(LambdaClient(client.handler, source_ip="198.51.100.9")).status == 202


def test_the_wait_grows(client: LambdaClient, ada: User, aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_800_000_000.0
    clock = type("Clock", (), {"time": staticmethod(lambda: now)})
    monkeypatch.setattr(throttling, "time", clock)
    for _ in range(5):
        forgot(client)
    aws.published()
    for wait in (30, 60, 120):
        now += wait - 1
        forgot(client)
        assert requested(aws, "PasswordResetRequested") == []
        now += 1
        forgot(client)
        assert len(requested(aws, "PasswordResetRequested")) == 1


def test_asking_does_not_keep_the_owner_from_logging_in(client: LambdaClient, ada: User) -> None:
    for _ in range(7):
        forgot(client)
    assert log_in(client).status == 200


def test_nothing_is_sent_while_requests_cannot_be_counted(client: LambdaClient, ada: User, aws: Cloud) -> None:
    token = the_link(client, aws)
    boto3.client("dynamodb").delete_table(TableName=TABLE)
    for reply in (forgot(client), forgot(client, "nobody@example.com"), reset(client, token)):
        assert (reply.status, reply.json()["code"]) == (503, "temporarily_unavailable")
    assert aws.published() == []


def test_a_reset_needs_few_statements(client: LambdaClient, ada: User, aws: Cloud) -> None:
    token = the_link(client, aws)
    with recorded() as statements:
        assert reset(client, token).status == 204
    # whose it is; lock, use, all that changes, audit log, event; event read back and marked
    assert len([s for s in statements if "service_keys" not in s]) == 8


def test_passwords_and_links_are_not_logged(
    client: LambdaClient, ada: User, aws: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    token = the_link(client, aws)
    reset(client, token)
    reset(client, token, "short")
    logged = repr([record.__dict__ for record in caplog.records])
    assert NEW not in logged
    assert token not in logged


def test_registering_again_is_no_way_around(client: LambdaClient, ada: User) -> None:
    assert register(client, password=NEW).json()["code"] == "email_taken"
    assert log_in(client).status == 200
