"""Payments among real parts: SQS and Secrets Manager over HTTP (moto), the Stripe simulator over HTTP, PostgreSQL."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from functions.payments.providers import stripe
from tests.integration.payments.stage import Stage
from tests.support import cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey
from tests.unit.stripe_simulator.serving import Account, simulated_account


@pytest.fixture(scope="session")
def _served_account() -> Iterator[Account]:
    with simulated_account((cloud.WEBHOOK_SECRET,)) as served:
        yield served


@pytest.fixture
def account(_served_account: Account) -> Account:
    """An empty Stripe account."""
    _served_account.reset()
    return _served_account


@pytest.fixture
def addresses(aws: cloud.Cloud, account: Account, monkeypatch: pytest.MonkeyPatch) -> cloud.Cloud:
    """The cloud, with the variable that leads the functions to the simulator."""
    monkeypatch.setenv("STRIPE_API_BASE", account.url)
    return aws


@pytest.fixture
def stage(db: Session, addresses: cloud.Cloud, account: Account, signing_key: TestSigningKey) -> Iterator[Stage]:
    """The functions of payments in front of an empty Stripe account."""
    stripe.provider.cache_clear()
    from functions.payments.handlers import api, on_webhook, receive_webhook, resolve_refunds

    importlib.reload(receive_webhook)
    yield Stage(
        db=db,
        cloud=addresses,
        account=account,
        signing_key=signing_key,
        api=LambdaClient(api.handler),
        receive=receive_webhook.handler,
        work=on_webhook.handler,
        resolve=resolve_refunds.handler,
    )
    stripe.provider.cache_clear()
