"""Guessing passwords gets slower and slower, for strangers together and for each known device by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import boto3
import pytest

from functions.identity.domain.throttling import ACCOUNT_FAILURES
from functions.identity.errors import ThrottledError
from functions.identity.service import throttling
from tests.integration.identity.conftest import PASSWORD, log_in, register
from tests.support.cloud import TABLE
from tests.support.lambda_client import LambdaClient


class Clock:
    """The time that the throttle sees."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(throttling, "time", clock)
    return clock


def _from(client: LambdaClient, address: str) -> LambdaClient:
    return LambdaClient(client.handler, client.headers, source_ip=address)


def _fail(client: LambdaClient, times: int, email: str = "ada@example.com") -> None:
    for _ in range(times):
        assert log_in(client, email, "wrong").status == 401


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
def test_after_five_failures_the_account_has_to_wait_whether_it_exists_or_not(client: LambdaClient, email: str) -> None:
    register(client)
    _fail(client, 5, email)
    reply = log_in(client, email.upper())
    assert (reply.status, reply.json()["code"]) == (429, "too_many_attempts")
    assert 1 <= int(reply.headers["retry-after"]) <= 30


def test_another_address_does_not_help_to_guess_on(client: LambdaClient) -> None:
    register(client)
    _fail(client, 5)
    assert log_in(_from(client, "198.51.100.9")).status == 429


def test_another_spelling_of_the_address_does_not_help_to_guess_on(client: LambdaClient) -> None:
    """The database folds the Turkish dotted I to i, and so finds the account; Python's lower() does not."""
    register(client, "trinity@example.com")
    assert log_in(client, "trİnity@example.com").status == 200
    for spelling in ("trinity@example.com", "TRINITY@Example.com", "trİnity@example.com", "trİnİty@example.com"):
        _fail(client, 1, spelling)
    _fail(client, 1, "trinity@example.com ")
    assert log_in(client, "trinİty@example.com", "wrong").status == 429


def test_other_accounts_are_not_held_up(client: LambdaClient) -> None:
    register(client)
    register(client, "bob@example.com")
    _fail(client, 5)
    assert log_in(client, "bob@example.com").status == 200


def test_each_further_failure_doubles_the_wait(client: LambdaClient, clock: Clock) -> None:
    register(client)
    _fail(client, 5)
    for wait in (30, 60, 120, 240, 480, 900, 900):
        clock.now += wait - 1
        assert log_in(client).headers["retry-after"] == "1"
        clock.now += 1
        assert log_in(client, password="wrong").status == 401


def test_attempts_during_the_wait_do_not_make_it_longer(client: LambdaClient, clock: Clock) -> None:
    register(client)
    _fail(client, 5)
    for _ in range(10):
        assert log_in(_from(client, "198.51.100.9"), password="wrong").status == 429
    clock.now += 30
    assert log_in(client).status == 200


def test_the_right_password_forgives_the_failures_before_it(client: LambdaClient) -> None:
    register(client)
    for _ in range(3):
        _fail(client, 4)
        assert log_in(client).status == 200


def test_failures_are_forgotten_after_fifteen_minutes(client: LambdaClient, clock: Clock) -> None:
    register(client)
    _fail(client, 4)
    clock.now += 901
    _fail(client, 4)
    assert log_in(client).status == 200


def test_twenty_failures_from_an_address_make_it_wait_for_every_account(client: LambdaClient, clock: Clock) -> None:
    register(client)
    for number in range(20):
        _fail(client, 1, f"user{number}@example.com")
    assert log_in(client).status == 429
    assert log_in(_from(client, "198.51.100.9")).status == 200
    clock.now += 30
    assert log_in(client).status == 200


def test_logins_that_succeed_do_not_use_up_an_address(client: LambdaClient) -> None:
    register(client)
    assert {log_in(client).status for _ in range(25)} == {200}


def test_the_addresses_of_one_ipv6_network_count_as_one(client: LambdaClient) -> None:
    register(client)
    for number in range(20):
        _fail(_from(client, f"2001:db8::{number + 1:x}"), 1, f"user{number}@example.com")
    assert log_in(_from(client, "2001:db8::ffff")).status == 429
    assert log_in(_from(client, "2001:db8:0:1::1")).status == 200


def test_a_forwarded_header_does_not_change_the_address(client: LambdaClient) -> None:
    register(client)
    for number in range(20):
        forged = client.signed_in({"X-Forwarded-For": f"198.51.100.{number}"})
        _fail(forged, 1, f"user{number}@example.com")
    assert log_in(client.signed_in({"X-Forwarded-For": "198.51.100.99"})).status == 429


def test_nobody_logs_in_while_attempts_cannot_be_counted(client: LambdaClient) -> None:
    signed_in = register(client).json()
    boto3.client("dynamodb").delete_table(TableName=TABLE)
    reply = log_in(client)
    assert (reply.status, reply.json()["code"]) == (503, "temporarily_unavailable")
    assert "retry-after" in reply.headers
    again = client.post("/api/v1/auth/refresh", json={"refresh_token": signed_in["refresh_token"]})
    assert again.status == 200


def test_guesses_sent_all_at_once_are_counted_one_by_one(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every guess waits at the password check until all have begun: still no more than five get there."""
    register(client)
    begun = 0
    for _ in range(12):
        try:
            throttling.LoginAttempt("ada@example.com", "203.0.113.7").begin()
        except ThrottledError:
            continue
        begun += 1
    assert begun == ACCOUNT_FAILURES


def test_what_is_stored_does_not_show_the_email_address(client: LambdaClient) -> None:
    _fail(client, 1)
    stored = repr(boto3.client("dynamodb").scan(TableName=TABLE)["Items"])
    assert "login#account#" in stored
    assert "ada" not in stored.replace("metadata", "")
    assert PASSWORD not in stored
