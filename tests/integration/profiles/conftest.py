"""profiles' API: as a guest, and as people who are onboarded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

SignIn = Callable[[User], LambdaClient]


@pytest.fixture
def guest(db: Session, aws: Cloud, signing_key: TestSigningKey) -> LambdaClient:
    from functions.profiles.handlers.api import handler

    return LambdaClient(handler)


@pytest.fixture
def sign_in(guest: LambdaClient, signing_key: TestSigningKey) -> SignIn:
    """The API as this user."""
    return lambda user: guest.signed_in(signing_key.authorization(user))
