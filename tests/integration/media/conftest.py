"""The doors of media: its API for a customer, somebody else and the shop's staff."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.permissions import Role
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey


@pytest.fixture
def guest(db: Session, aws: Cloud, signing_key: TestSigningKey) -> LambdaClient:
    # The signing key first: INIT reads the keys that there are.
    from functions.media.handlers.api import handler

    return LambdaClient(handler)


@pytest.fixture
def owner(db: Session) -> User:
    return identity.user(db)


@pytest.fixture
def customer(guest: LambdaClient, owner: User, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(owner))


@pytest.fixture
def stranger(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(identity.user(db)))


@pytest.fixture
def staff(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(identity.user(db, Role.ADMIN)))


@pytest.fixture
def moderator(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(identity.user(db, Role.MODERATOR)))


@pytest.fixture
def catalog(aws: Cloud) -> LambdaClient:
    """The catalogue's API; add whom it is called by."""
    from functions.catalog.handlers.api import handler

    return LambdaClient(handler)
