"""A device that has signed in before is held up by its own failures only."""

from __future__ import annotations

import time
from http.cookies import SimpleCookie
from uuid import UUID

import boto3
import pytest
from sqlalchemy.orm import Session

from functions.identity.service import devices
from shared import tokens
from shared.contexts.identity.models.accounts import User
from tests.integration.identity.conftest import ME, PASSWORD, bearer, link, log_in, register, requested
from tests.integration.identity.test_password_reset import NEW, reset
from tests.support.cloud import TABLE, Cloud
from tests.support.lambda_client import Answer, LambdaClient

COOKIE = "__Secure-device_token"


@pytest.fixture
def device(client: LambdaClient) -> str:
    """What Ada's phone was given when she registered."""
    token: str = register(client).json()["device_token"]
    return token


@pytest.fixture
def strangers(client: LambdaClient) -> list[LambdaClient]:
    """Callers from many networks."""
    return [LambdaClient(client.handler, source_ip=f"198.51.100.{number}") for number in range(1, 30)]


def guessed_to_a_halt(strangers: list[LambdaClient]) -> None:
    statuses = [log_in(stranger, password="guess").status for stranger in strangers[:6]]
    assert statuses == [401] * 5 + [429], "a guesser from many networks is slowed down"


def cookie_of(answer: Answer) -> str:
    parsed = SimpleCookie()
    for cookie in answer.cookies:
        parsed.load(cookie)
    return parsed[COOKIE].value


def test_strangers_do_not_hold_up_a_known_device(
    client: LambdaClient, device: str, strangers: list[LambdaClient]
) -> None:
    guessed_to_a_halt(strangers)
    assert log_in(client).status == 429
    reply = log_in(client, device_token=device)
    assert reply.status == 200
    assert log_in(client, device_token=reply.json()["device_token"]).status == 200
    assert log_in(client).status == 429, "and its success gives strangers no new guesses"


def test_a_browser_is_known_by_its_cookie(client: LambdaClient, strangers: list[LambdaClient]) -> None:
    jar = {COOKIE: cookie_of(register(client, mode="cookie"))}
    guessed_to_a_halt(strangers)
    body = {"email": "ada@example.com", "password": PASSWORD, "mode": "cookie"}
    assert client.post("/api/v1/auth/login", json=body).status == 429
    assert client.post("/api/v1/auth/login", json=body, cookies=jar).status == 200


def test_neighbours_who_guess_do_not_hold_up_a_known_device(client: LambdaClient, device: str) -> None:
    for number in range(20):
        log_in(client, f"user{number}@example.com", "guess")
    assert log_in(client).status == 429
    assert log_in(client, device_token=device).status == 200


def test_a_known_device_has_five_guesses_of_its_own_and_no_more(
    client: LambdaClient, device: str, strangers: list[LambdaClient]
) -> None:
    guesses = [log_in(client, password="guess", device_token=device).status for _ in range(7)]
    assert guesses == [401] * 5 + [429] * 2
    assert log_in(strangers[0], device_token=device).status == 429, "wherever it is carried"
    assert log_in(client).status == 200, "strangers are not held up by it either"


def test_the_token_of_another_account_is_a_stranger_s(
    client: LambdaClient, device: str, strangers: list[LambdaClient]
) -> None:
    eves = register(client, "eve@example.com").json()["device_token"]
    guessed_to_a_halt(strangers)
    assert log_in(client, device_token=eves).status == 429


def test_a_token_that_was_made_up_is_a_stranger_s(
    client: LambdaClient, device: str, strangers: list[LambdaClient], db: Session
) -> None:
    user = db.query(User).one()
    payload = tokens.unsign("device", device)
    assert payload is not None
    guessed_to_a_halt(strangers)
    made_up = [
        device[:-1] + ("A" if device[-1] != "A" else "B"),
        tokens.sign("csrf", payload),
        tokens.sign("device", payload[:-1]),
        tokens.sign("device", user.id.bytes),
        str(user.id),
        "é",
    ]
    assert {log_in(client, device_token=token).status for token in made_up} == {429}


def test_a_token_ends_after_half_a_year_without_a_sign_in(
    client: LambdaClient, device: str, strangers: list[LambdaClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed_to_a_halt(strangers)
    later = time.time() + devices.LIFETIME_SECONDS + 1
    with monkeypatch.context() as patched:
        patched.setattr(devices, "time", type("Clock", (), {"time": staticmethod(lambda: later)}))
        assert log_in(client, device_token=device).status == 429
    assert log_in(client, device_token=device).status == 200


def test_another_password_makes_strangers_of_all_devices_but_the_one_that_chose_it(
    client: LambdaClient, device: str, aws: Cloud, strangers: list[LambdaClient]
) -> None:
    """Whoever knew the old password could have made themselves known as often as they liked."""
    client.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"})
    token = link(requested(aws, "PasswordResetRequested")[-1], "password-reset")
    jar = {COOKIE: cookie_of(reset(client, token))}
    guessed_to_a_halt(strangers)
    assert log_in(client, password=NEW, device_token=device).status == 429
    body = {"email": "ada@example.com", "password": NEW}
    assert client.post("/api/v1/auth/login", json=body, cookies=jar).status == 200


def test_a_browser_that_changes_the_password_stays_known(client: LambdaClient, strangers: list[LambdaClient]) -> None:
    registered = register(client, mode="cookie")
    csrf = {"__Host-csrf_token": registered.json()["csrf_token"]}
    me = client.signed_in(bearer(registered.json()["access_token"]))
    change = me.post(f"{ME}/password", json={"current_password": PASSWORD, "new_password": NEW}, cookies=csrf)
    guessed_to_a_halt(strangers)
    body = {"email": "ada@example.com", "password": NEW}
    assert client.post("/api/v1/auth/login", json=body, cookies={COOKIE: cookie_of(change)}).status == 200


def test_a_known_device_gets_its_reset_link_whoever_else_asks(
    client: LambdaClient, device: str, aws: Cloud, strangers: list[LambdaClient]
) -> None:
    for stranger in strangers:
        stranger.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"})
    for number in range(25):
        client.post("/api/v1/auth/password/forgot", json={"email": f"user{number}@example.com"})
    aws.published()
    ask = {"email": "ada@example.com"}
    assert client.post("/api/v1/auth/password/forgot", json=ask).status == 429, "neighbours have asked too often"
    for _ in range(7):
        assert client.post("/api/v1/auth/password/forgot", json={**ask, "device_token": device}).status == 202
    assert len(requested(aws, "PasswordResetRequested")) == 5


def test_what_a_device_is_known_by_says_nothing_but_ids(client: LambdaClient, device: str, db: Session) -> None:
    user = db.query(User).one()
    payload = tokens.unsign("device", device)
    assert payload is not None
    assert payload[:16] == UUID(str(user.id)).bytes
    assert user.password_hash.encode() not in payload
    log_in(client, password="guess", device_token=device)
    stored = repr(boto3.client("dynamodb").scan(TableName=TABLE)["Items"])
    assert f"login#device#{payload[16:32].hex()}" in stored
    assert device not in stored
    assert str(user.id) not in stored
