"""Community's door, and people who may come in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

SignedIn = Callable[[User], LambdaClient]


@pytest.fixture
def guest(db: Session, aws: Cloud) -> LambdaClient:
    from functions.community.handlers.api import handler

    return LambdaClient(handler)


@pytest.fixture
def signed_in(guest: LambdaClient, signing_key: TestSigningKey) -> SignedIn:
    """The API as somebody calls it."""
    return lambda user: guest.signed_in(signing_key.authorization(user))
