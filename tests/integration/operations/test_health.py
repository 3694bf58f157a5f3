"""Liveness and readiness, through the handler."""

from __future__ import annotations

import json
import time
from pathlib import Path

import boto3
import pytest

from functions.operations.handlers.api import handler
from functions.operations.service import readiness
from shared import settings
from tests.support import process_state
from tests.support.cloud import BUS, IMPORTS_BUCKET, TABLE, Cloud
from tests.support.lambda_client import Context, LambdaClient

EVENTS = Path(__file__).parents[3] / "events" / "operations"
UNREACHABLE = "postgresql://nobody:secret-password@127.0.0.1:1/nothing"

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def client(aws: Cloud) -> LambdaClient:
    return LambdaClient(handler)


def test_the_sample_event_of_the_gateway_is_answered(aws: Cloud) -> None:
    reply = handler(json.loads((EVENTS / "api.json").read_text()), Context())
    assert (reply["statusCode"], json.loads(reply["body"])) == (200, {"status": "ok"})


def test_liveness_asks_nobody(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", UNREACHABLE)
    process_state.forget()
    reply = client.get("/health")
    assert (reply.status, reply.json()) == (200, {"status": "ok"})


def test_a_ready_system_tells_what_it_asked_and_how_long_it_took(client: LambdaClient) -> None:
    reply = client.get("/health/ready")
    assert reply.status == 200
    assert reply.headers["cache-control"] == "private, no-store"
    assert reply.json()["status"] == "ready"
    assert set(reply.json()["checks"]) == {"database", "bus", "storage", "counters"}
    assert all(check["status"] == "ok" and check["milliseconds"] >= 0 for check in reply.json()["checks"].values())


def test_health_is_not_rate_limited(client: LambdaClient) -> None:
    assert {client.get("/health").status for _ in range(150)} == {200}
    assert "ratelimit-limit" not in client.get("/health").headers


@pytest.mark.parametrize("broken", ["database", "bus", "storage", "counters"])
def test_what_does_not_answer_makes_the_system_not_ready(
    broken: str, client: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    if broken == "database":
        monkeypatch.setenv("DATABASE_URL", UNREACHABLE)
        process_state.forget()
    elif broken == "bus":
        events = boto3.client("events")
        events.remove_targets(Rule="everything", EventBusName=BUS, Ids=["queue"])
        events.delete_rule(Name="everything", EventBusName=BUS)
        events.delete_event_bus(Name=BUS)
    elif broken == "storage":
        boto3.client("s3").delete_bucket(Bucket=IMPORTS_BUCKET)
    else:
        boto3.client("dynamodb").delete_table(TableName=TABLE)
    reply = client.get("/health/ready")
    assert (reply.status, reply.json()["code"]) == (503, "not_ready")
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["retry-after"] == "5"
    states = {name: check["status"] for name, check in reply.json()["checks"].items()}
    assert states == {name: "failed" if name == broken else "ok" for name in states}
    assert len(states) == 4
    for internal in ("secret-password", "127.0.0.1", BUS, "psycopg", "botocore"):
        assert internal not in reply.body.decode()


def test_something_that_hangs_is_not_waited_for(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(readiness.counters, "read", lambda _key: time.sleep(1.5))
    started = time.monotonic()
    reply = client.get("/health/ready")
    assert time.monotonic() - started < 1.0
    assert reply.json()["checks"]["counters"]["status"] == "failed"
    assert reply.json()["checks"]["database"]["status"] == "ok"


def test_a_function_without_its_variables_says_which_ones(aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMPORTS_BUCKET")
    process_state.forget()
    with pytest.raises(settings.SettingsError, match="IMPORTS_BUCKET"):
        readiness.check()
