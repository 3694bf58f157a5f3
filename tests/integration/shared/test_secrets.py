"""A secret goes on being known while Secrets Manager is away, and no longer than that."""

from __future__ import annotations

import boto3
import pytest

from shared.clients import aws_json, secrets
from shared.clients.aws_json import AwsError
from tests.support.cloud import Cloud


def _answer_with(code: str) -> object:
    def call(self: object, operation: str, document: object) -> dict[str, str]:
        raise AwsError(operation, code)

    return call


@pytest.fixture
def arn(aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> str:
    """A secret that was read, and is outdated by now."""
    monkeypatch.setattr(secrets, "TTL_SECONDS", 0.0)
    boto3.client("secretsmanager").create_secret(Name="some-key", SecretString='{"key": "first"}')
    assert secrets.read("some-key") == {"key": "first"}
    return "some-key"


@pytest.mark.parametrize("code", ["TimeoutError", "503 ServiceUnavailable"])
def test_the_last_known_value_serves_through_an_outage(arn: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "RETRY_SECONDS", 0.0)
    with monkeypatch.context() as outage:
        outage.setattr(aws_json.Service, "call", _answer_with(code))
        assert secrets.read(arn) == {"key": "first"}
    boto3.client("secretsmanager").put_secret_value(SecretId=arn, SecretString='{"key": "second"}')
    assert secrets.read(arn) == {"key": "second"}


def test_a_secret_that_was_taken_away_is_not_served_on(arn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws_json.Service, "call", _answer_with("400 AccessDeniedException"))
    with pytest.raises(AwsError):
        secrets.read(arn)


def test_an_outage_is_no_answer_to_who_asks_for_the_present_value(arn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws_json.Service, "call", _answer_with("TimeoutError"))
    with pytest.raises(AwsError):
        secrets.read(arn, fresh=True)
