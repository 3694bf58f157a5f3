"""The doors of discovery: its API as a guest and as a customer, and the job that computes what goes together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey

SAMPLES = Path(__file__).parents[3] / "events" / "discovery"


@pytest.fixture
def guest(aws: Cloud, signing_key: TestSigningKey) -> LambdaClient:
    """Made when the key is there: the handler reads the keys when it is imported."""
    from functions.discovery.handlers.api import handler

    return LambdaClient(handler)


@pytest.fixture
def as_customer(guest: LambdaClient, signing_key: TestSigningKey) -> Callable[[User], LambdaClient]:
    return lambda user: guest.signed_in(signing_key.authorization(user))


@pytest.fixture
def refresh(aws: Cloud, db: Session) -> Callable[[], dict[str, Any]]:
    from functions.discovery.handlers.refresh_recommendations import handler

    return lambda: handler(json.loads((SAMPLES / "refresh_recommendations.json").read_text()), Context())
