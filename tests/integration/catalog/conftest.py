"""The catalogue's doors: the HTTP handler as a guest and as an admin, and the importer that S3 wakes."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from shared.permissions import Role
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey


@pytest.fixture
def guest(db: Session, aws: Cloud) -> LambdaClient:
    from functions.catalog.handlers.api import handler

    return LambdaClient(handler)


@pytest.fixture
def admin(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(identity.user(db, Role.ADMIN)))
