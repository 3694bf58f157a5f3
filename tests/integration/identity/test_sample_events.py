"""Every handler understands the sample of what wakes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.events import (
    AccountErasureRequested,
    EmailVerificationRequested,
    PasswordResetRequested,
    PersonalDataExportRequested,
    UserRegistered,
)
from shared.events import DomainEvent, EventEnvelope
from tests.integration.identity.conftest import PASSWORD, bearer, register
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient


def _sample(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(Path("events", name).read_text())
    return document


def test_the_api_answers_a_login_as_the_gateway_sends_it(client: LambdaClient) -> None:
    register(client)
    reply = client.handler(_sample("identity/api.json"), Context())
    assert reply["statusCode"] == 200
    assert [cookie.partition("=")[0] for cookie in reply["cookies"]] == [
        "__Secure-refresh_token",
        "__Host-csrf_token",
        "__Secure-device_token",
    ]


@pytest.mark.parametrize("event", [_sample("identity/rotate_signing_keys.json"), {}, None])
def test_the_rotation_runs_on_schedule_and_at_deployment(db: Session, aws: Cloud, event: dict[str, Any] | None) -> None:
    from functions.identity.handlers.rotate_signing_keys import handler

    first, second = handler(event, Context()), handler(event, Context())
    assert (first["rotated"], second["rotated"]) == (True, False)


@pytest.mark.parametrize(
    "event",
    [
        UserRegistered,
        EmailVerificationRequested,
        PasswordResetRequested,
        PersonalDataExportRequested,
        AccountErasureRequested,
    ],
)
def test_the_sample_of_a_domain_event_is_what_is_published(
    client: LambdaClient, aws: Cloud, event: type[DomainEvent]
) -> None:
    sample = _sample(f"domain/{event.detail_type()}.json")
    me = client.signed_in(bearer(register(client).json()["access_token"]))
    client.post("/api/v1/auth/password/forgot", json={"email": "ada@example.com"})
    me.post("/api/v1/users/me/export")
    me.delete("/api/v1/users/me", json={"password": PASSWORD})
    (published,) = [found for found in aws.published() if found["detail-type"] == event.detail_type()]
    assert set(published) | {"account"} == set(sample)  # moto leaves the account out
    assert published["source"] == sample["source"]
    assert set(published["detail"]) == set(sample["detail"])
    assert set(published["detail"]["data"]) == set(sample["detail"]["data"])
    event.model_validate(EventEnvelope.model_validate(sample["detail"]).data)
