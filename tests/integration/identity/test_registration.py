"""Creating an account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import LoginSession, RefreshToken, User
from tests.integration.identity.conftest import PASSWORD, bearer, log_in, refresh, register
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded


def test_registration_creates_a_customer_and_signs_in(client: LambdaClient, aws: Cloud, db: Session) -> None:
    reply = register(client, " Ada@Example.COM ", full_name="  Ada Lovelace ")
    assert reply.status == 201
    assert reply.headers["location"] == "/api/v1/users/me"
    assert reply.headers["cache-control"] == "private, no-store"
    body = reply.json()
    assert (body["token_type"], body["expires_in"], body["refresh_expires_in"]) == ("Bearer", 900, 30 * 24 * 3600)
    shown = body["user"]
    assert (shown["email"], shown["full_name"], shown["roles"]) == ("Ada@example.com", "Ada Lovelace", ["customer"])
    assert shown.items() <= client.get("/api/v1/users/me", headers=bearer(body["access_token"])).json().items()
    assert refresh(client, body["refresh_token"]).status == 200
    assert db.query(User).one().email_verified_at is None


def test_registration_is_told_to_the_bus_without_personal_data(client: LambdaClient, aws: Cloud) -> None:
    user = register(client).json()["user"]
    event = next(event for event in aws.published() if event["detail-type"] == "UserRegistered")
    assert (event["source"], event["detail-type"]) == ("sharestack.identity", "UserRegistered")
    assert event["detail"]["data"] == {"user_id": user["id"]}


def test_a_registration_needs_few_statements(client: LambdaClient) -> None:
    register(client)
    with recorded() as statements:
        assert register(client, "bob@example.com").status == 201
    assert len(statements) == 7  # user, event, request, event, session; the events read back and marked as sent


def test_a_password_is_stored_as_a_bcrypt_hash_and_shown_nowhere(
    client: LambdaClient, db: Session, caplog: pytest.LogCaptureFixture
) -> None:
    reply = register(client)
    stored = db.query(User).one().password_hash
    assert stored.startswith("$2b$")
    for place in (reply.body.decode(), caplog.text, repr([record.__dict__ for record in caplog.records])):
        assert PASSWORD not in place
        assert stored not in place


def test_refresh_tokens_are_stored_hashed(client: LambdaClient, db: Session) -> None:
    token = register(client).json()["refresh_token"]
    stored = db.query(RefreshToken).one().token_hash
    assert len(stored) == 32
    assert token.encode() not in stored


@pytest.mark.parametrize("address", ["ada@example.com", "ADA@example.com", "ada@EXAMPLE.com"])
def test_an_address_has_one_account_whatever_the_case_of_its_letters(client: LambdaClient, address: str) -> None:
    register(client)
    reply = register(client, address)
    assert (reply.status, reply.json()["code"]) == (409, "email_taken")


def test_two_registrations_of_one_address_at_once_make_one_account(
    client: LambdaClient, db: Session, database_url: str
) -> None:
    from functions.identity.errors import EmailTakenError
    from functions.identity.repository.accounts import NewUser
    from functions.identity.service import registration

    barrier = Barrier(8)

    def contend(number: int) -> str:
        with psycopg.connect(database_url, autocommit=True, row_factory=dict_row) as connection:
            barrier.wait()
            try:
                with connection.transaction():
                    registration.register(
                        connection,
                        NewUser(
                            email=f"{'aA'[number % 2]}da@example.com",
                            password_hash="!",
                            full_name="Ada",
                            language="en",
                        ),
                        [],
                    )
            except EmailTakenError:
                return "taken"
            return "created"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(contend, range(8)))
    assert sorted(outcomes) == ["created"] + ["taken"] * 7
    assert db.query(User).count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "ada"}, "body.email"),
        ({"email": "Ada <ada@example.com>"}, "body.email"),
        ({"email": "a" * 250 + "@example.com"}, "body.email"),
        ({"email": None}, "body.email"),
        ({"password": "short"}, "body.password"),
        ({"password": "Password123!"}, "body.password"),
        ({"password": "lovelace-plum-7"}, "body.password"),
        ({"password": "x" * 1001}, "body.password"),
        ({"password": "sunny\ud800orchard"}, "body.password"),
        ({"password": 1234567890123}, "body.password"),
        ({"full_name": "  "}, "body.full_name"),
        ({"full_name": "Ada\r\nBcc: all@example.com"}, "body.full_name"),
        ({"full_name": "Ada \u202egnp.exe"}, "body.full_name"),
        ({"full_name": "x" * 201}, "body.full_name"),
        ({"roles": ["admin"]}, "body.roles"),
        ({"is_active": True}, "body.is_active"),
        ({"email_verified_at": "2026-01-01T00:00:00Z"}, "body.email_verified_at"),
        ({"mode": "header"}, "body.mode"),
        ({"language": "english please"}, "body.language"),
        ({"accepts_marketing": "perhaps"}, "body.accepts_marketing"),
        ({"marketing_consent_at": "2026-01-01T00:00:00Z"}, "body.marketing_consent_at"),
    ],
)
def test_a_registration_that_is_not_acceptable_names_the_field(
    client: LambdaClient, db: Session, changed: dict[str, Any], field: str
) -> None:
    reply = client.post(
        "/api/v1/auth/register",
        json={"email": "ada@example.com", "password": PASSWORD, "full_name": "Ada Lovelace", **changed},
    )
    assert (reply.status, reply.json()["code"]) == (422, "validation_failed")
    assert [error["field"] for error in reply.json()["errors"]] == [field]
    assert str(changed.get("password", "\x00")) not in reply.body.decode()
    assert db.query(User).count() == 0


def test_text_of_every_kind_is_stored_as_it_is(client: LambdaClient) -> None:
    name = "Robert'); DROP TABLE users;-- <script>alert(1)</script> 李小龙"
    assert register(client, "o'brien+shop@example.com", full_name=name).json()["user"]["full_name"] == name
    assert log_in(client, "o'brien+shop@example.com").json()["user"]["full_name"] == name


def test_who_names_no_language_is_written_to_in_the_browsers(client: LambdaClient) -> None:
    browser = client.signed_in({"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert register(browser).json()["user"]["language"] == "zh-CN"
    assert register(browser, "bob@example.com", language="de").json()["user"]["language"] == "de"
    assert register(client, "eve@example.com").json()["user"]["language"] == "en"


def test_mails_that_nobody_asked_for_need_consent(client: LambdaClient) -> None:
    assert register(client).json()["user"]["accepts_marketing"] is False
    agreed = register(client, "bob@example.com", accepts_marketing=True).json()["user"]
    assert (agreed["accepts_marketing"], agreed["marketing_consent_at"]) == (True, agreed["created_at"])


def test_blanks_in_a_password_count(client: LambdaClient) -> None:
    register(client, password="  two kites fly  ")
    assert log_in(client, password="two kites fly").status == 401
    assert log_in(client, password="  two kites fly  ").status == 200


def test_nobody_is_registered_while_there_is_no_signing_key(api: LambdaClient, db: Session, aws: Cloud) -> None:
    reply = register(api)
    assert (reply.status, reply.json()["code"]) == (503, "temporarily_unavailable")
    assert (db.query(User).count(), db.query(LoginSession).count()) == (0, 0)
    assert aws.published() == []
