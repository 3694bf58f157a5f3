"""Liveness and readiness, through the handler."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import boto3
import pytest
from sqlalchemy.orm import Session

from functions.operations.handlers.api import handler
from functions.operations.service import readiness
from shared import process, settings
from shared.permissions import Role
from tests.factories import identity
from tests.support.cloud import BUS, IMPORTS_BUCKET, TABLE, Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey

EVENTS = Path(__file__).parents[3] / "events" / "operations"
UNREACHABLE = "postgresql://nobody:secret-password@127.0.0.1:1/nothing"

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def client(aws: Cloud) -> LambdaClient:
    return LambdaClient(handler)


@pytest.fixture
def admin(client: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return client.signed_in(signing_key.authorization(identity.user(db, Role.ADMIN)))


def test_the_sample_event_of_the_gateway_is_answered(aws: Cloud) -> None:
    reply = handler(json.loads((EVENTS / "api.json").read_text()), Context())
    assert (reply["statusCode"], json.loads(reply["body"])) == (200, {"status": "ok"})


def test_liveness_asks_nobody(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", UNREACHABLE)
    process.reset()
    reply = client.get("/health")
    assert (reply.status, reply.json()) == (200, {"status": "ok"})


def test_a_ready_system_tells_its_operators_what_it_asked_and_how_long_it_took(
    admin: LambdaClient, client: LambdaClient
) -> None:
    assert client.get("/health/ready").json() == {"status": "ready", "checks": None}
    reply = admin.get("/health/ready")
    assert reply.status == 200
    assert reply.headers["cache-control"] == "private, no-store"
    assert reply.json()["status"] == "ready"
    assert set(reply.json()["checks"]) == {"database", "bus", "storage", "counters"}
    assert all(check["status"] == "ok" and check["milliseconds"] >= 0 for check in reply.json()["checks"].values())


def test_an_answer_is_given_again_for_some_seconds(client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(readiness, "clock", lambda: now)
    assert client.get("/health/ready").status == 200
    boto3.client("dynamodb").delete_table(TableName=TABLE)
    now += readiness.FRESH_SECONDS - 0.1
    assert client.get("/health/ready").status == 200
    now += 0.2
    assert client.get("/health/ready").status == 503


def test_readiness_has_the_limit_of_all_that_is_public(client: LambdaClient) -> None:
    assert int(client.get("/health/ready").headers["ratelimit-limit"]) == 100


def test_health_is_not_rate_limited(client: LambdaClient) -> None:
    assert {client.get("/health").status for _ in range(150)} == {200}
    assert "ratelimit-limit" not in client.get("/health").headers


@pytest.mark.parametrize("broken", ["database", "bus", "storage", "counters"])
def test_what_does_not_answer_makes_the_system_not_ready(
    broken: str, client: LambdaClient, admin: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    if broken == "database":
        monkeypatch.setenv("DATABASE_URL", UNREACHABLE)
        process.reset()
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
    assert "checks" not in reply.json()
    if broken != "database":  # without it nobody can be signed in
        reply = admin.get("/health/ready")
        states = {name: check["status"] for name, check in reply.json()["checks"].items()}
        assert states == {name: "failed" if name == broken else "ok" for name in states}
        assert len(states) == 4
    for internal in ("secret-password", "127.0.0.1", BUS, "psycopg", "botocore"):
        assert internal not in reply.body.decode()


def test_something_that_hangs_is_not_waited_for(admin: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "PATIENCE_SECONDS", 0.5)
    answered = threading.Event()
    monkeypatch.setattr(readiness.counters, "read", lambda _key: answered.wait())
    reply = admin.get("/health/ready")
    answered.set()
    assert reply.json()["checks"]["counters"]["status"] == "failed"
    assert reply.json()["checks"]["database"]["status"] == "ok"


def test_a_function_without_its_variables_says_which_ones(aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMPORTS_BUCKET")
    process.reset()
    with pytest.raises(settings.SettingsError, match="IMPORTS_BUCKET"):
        readiness.check()
