"""Payments among real parts: SQS and Secrets Manager over HTTP (moto), PostgreSQL; a provider in memory, or the Stripe
simulator over HTTP.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.payments import providers
from tests.integration.payments.stage import Stage, StripeStage
from tests.support import cloud
from tests.support.fake_provider.provider import FakeProvider
from tests.support.fake_provider.registration import register
from tests.support.lambda_client import LambdaClient
from tests.support.stripe_account import Account, simulated_account
from tests.support.tokens import TestSigningKey


@pytest.fixture(scope="session")
def _served_account() -> Iterator[Account]:
    with simulated_account((cloud.WEBHOOK_SECRET,), settle_seconds=3600.0) as served:
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
def stage(
    db: Session, aws: cloud.Cloud, signing_key: TestSigningKey, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """The functions of payments in front of an empty provider in memory, registered as Stripe."""
    provider = FakeProvider()
    register(monkeypatch, provider, providers.webhooks_of("stripe"))
    yield Stage(db=db, cloud=aws, signing_key=signing_key, provider=provider, **_functions())
    providers.of.cache_clear()


@pytest.fixture
def stripe_stage(
    db: Session, addresses: cloud.Cloud, account: Account, signing_key: TestSigningKey
) -> Iterator[StripeStage]:
    """The functions of payments in front of an empty Stripe account, simulated over HTTP."""
    providers.of.cache_clear()
    yield StripeStage(
        db=db, cloud=addresses, signing_key=signing_key, provider=FakeProvider(), account=account, **_functions()
    )
    providers.of.cache_clear()


def _functions() -> dict[str, Any]:
    from functions.payments.handlers import api, on_webhook, receive_webhook, resolve_refunds

    importlib.reload(receive_webhook)
    return {
        "api": LambdaClient(api.handler),
        "receive": receive_webhook.handler,
        "work": on_webhook.handler,
        "resolve": resolve_refunds.handler,
    }
