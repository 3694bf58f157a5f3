"""Moderation's door, and those who come to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.permissions import Role
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

SignedIn = Callable[[User], LambdaClient]


@pytest.fixture
def guest(db: Session, aws: Cloud) -> LambdaClient:
    from functions.moderation.handlers.api import handler

    return LambdaClient(handler)


@pytest.fixture
def signed_in(guest: LambdaClient, signing_key: TestSigningKey) -> SignedIn:
    """The API as somebody calls it."""
    return lambda user: guest.signed_in(signing_key.authorization(user))


@pytest.fixture
def moderator(db: Session, signed_in: SignedIn) -> LambdaClient:
    return signed_in(identity.user(db, Role.MODERATOR))
