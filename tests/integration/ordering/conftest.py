from __future__ import annotations

import importlib
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared import keys
from shared.permissions import Role
from tests.factories import identity
from tests.factories.ordering import Shopper
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey


@pytest.fixture
def api(db: Session, aws: Cloud) -> LambdaClient:
    handler = importlib.import_module("functions.ordering.handlers.api").handler
    keys.reset()  # the warm-up of a first import has looked for keys, in a database that has none yet
    return LambdaClient(handler)


@pytest.fixture
def guest(api: LambdaClient) -> Shopper:
    return Shopper(api)


@pytest.fixture
def customer(api: LambdaClient, db: Session, signing_key: TestSigningKey) -> Shopper:
    return Shopper(api).signed_in(signing_key.authorization(identity.user(db)))


@pytest.fixture
def admin(api: LambdaClient, db: Session, signing_key: TestSigningKey) -> Shopper:
    return Shopper(api).signed_in(signing_key.authorization(identity.user(db, Role.ADMIN)))


@pytest.fixture
def expire(db: Session, aws: Cloud) -> Any:
    """Runs the schedule's function once."""
    from functions.ordering.handlers import expire_reservations
    from tests.support.lambda_client import Context

    return lambda: expire_reservations.handler({}, Context())
