"""The authorizer that lets CloudFront through: its code, against moto's Secrets Manager."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

ORIGIN_HEADER = "x-origin-secret"
NAMES = ("sharestack-prod/origin-1", "sharestack-prod/origin-2")

Guard = Callable[[str | None], bool]


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Two generations of the secret, both valid."""
    monkeypatch.setenv("ORIGIN_SECRETS", ",".join(NAMES))
    for name, value in {"REGION": "us-east-1", "ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test"}.items():
        monkeypatch.setenv(f"AWS_{'DEFAULT_' if name == 'REGION' else ''}{name}", value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = boto3.client("secretsmanager")
        for number, name in enumerate(NAMES, start=1):
            client.create_secret(Name=name, SecretString=f"secret {number}")
        yield client


@pytest.fixture
def guard(secrets: Any) -> Guard:
    """Asks a freshly started function about the header's value; None stands for a request without it."""
    module = importlib.reload(importlib.import_module("infra.origin_guard.handler"))

    def ask(sent: str | None) -> bool:
        event = {"version": "2.0", "type": "REQUEST", "identitySource": None if sent is None else [sent]}
        answer = module.handler(event | {"headers": {ORIGIN_HEADER: sent}}, None)
        assert answer.get("context") == ({"origin": "cloudfront"} if answer["isAuthorized"] else None)
        return bool(answer["isAuthorized"])

    return ask


@pytest.mark.parametrize("sent", ["secret 1", "secret 2"])
def test_both_generations_of_the_secret_pass(guard: Guard, sent: str) -> None:
    assert guard(sent)


@pytest.mark.parametrize("sent", [None, "", "secret", "secret 11", "SECRET 1", "ä"])
def test_anything_else_is_refused(guard: Guard, sent: str | None) -> None:
    assert not guard(sent)


def test_secrets_are_read_once_for_many_requests(guard: Guard, secrets: Any) -> None:
    assert guard("secret 1")
    secrets.put_secret_value(SecretId=NAMES[0], SecretString="another")
    assert guard("secret 1")
    assert not guard("another")


def test_a_changed_secret_is_noticed_after_five_minutes(
    guard: Guard, secrets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("infra.origin_guard.handler")
    assert guard("secret 1")
    secrets.put_secret_value(SecretId=NAMES[0], SecretString="another")
    later = module.time.monotonic() + module.SECRETS_LIVE_SECONDS + 1
    monkeypatch.setattr(module.time, "monotonic", lambda: later)
    assert guard("another")
    assert not guard("secret 1")
