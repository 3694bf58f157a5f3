"""A fake provider among the registered ones, for one test."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from functions.payments import providers
from functions.payments.providers.port import Provider
from functions.payments.providers.webhooks import SignatureError, WrongSignatureError
from tests.support.fake_provider.provider import FakeProvider

if TYPE_CHECKING:
    from functions.payments.providers.webhooks import WebhookScheme

SIGNATURE = "fake-signature"


class FakeWebhooks:
    """The signature is the secret itself."""

    def __init__(self) -> None:
        self.arn_variable = "FAKE_WEBHOOK_SECRET_ARN"
        self.accepted: dict[str, Any] = {"thanks": True}

    def check_form(self, headers: Mapping[str, str]) -> None:
        if SIGNATURE not in headers:
            raise SignatureError("There is no signature")

    def verify(self, body: bytes, headers: Mapping[str, str], secrets: Sequence[str], *, now: float) -> None:
        if not any(hmac.compare_digest(headers[SIGNATURE], secret) for secret in secrets):
            raise WrongSignatureError("The signature is wrong")

    def identify(self, event: Any) -> tuple[str, str] | None:
        return (event["id"], event["type"]) if isinstance(event, dict) else None


@dataclass(frozen=True)
class Registered:
    """A registration of a provider in memory."""

    provider: FakeProvider
    scheme: WebhookScheme = field(default_factory=FakeWebhooks)

    def adapter(self) -> Provider:
        return self.provider

    def webhooks(self) -> WebhookScheme:
        return self.scheme

    def preload(self) -> None:
        """Nothing is imported for it."""


def register(monkeypatch: pytest.MonkeyPatch, provider: FakeProvider, scheme: WebhookScheme | None = None) -> None:
    """Register the provider by its name until the test ends, in the place of one that has it."""
    registration = Registered(provider, scheme) if scheme is not None else Registered(provider)
    monkeypatch.setitem(providers.REGISTRY, provider.name, registration)
    providers.of.cache_clear()
