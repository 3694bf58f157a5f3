"""What can be set when a simulator is made."""

from dataclasses import dataclass

import stripe


@dataclass(frozen=True)
class WebhookTarget:
    """A webhook endpoint that exists from the start, with one or (while rotating) more signing secrets."""

    url: str
    secrets: tuple[str, ...]
    enabled_events: tuple[str, ...] = ("*",)


@dataclass(frozen=True)
class Settings:
    """Keys, endpoints and delays (seconds) of one simulator.

    `secret_key` and `publishable_key` None accept every well-formed test key.
    """

    secret_key: str | None = None
    publishable_key: str | None = None
    webhooks: tuple[WebhookTarget, ...] = ()
    api_version: str = stripe.api_version
    # Asynchronous capture, pending refunds and failing refunds reach their last state after this long.
    settle_seconds: float = 0.2
    # Waits before each further attempt at a delivery; after the last one the delivery has failed.
    retry_seconds: tuple[float, ...] = (0.5, 1, 2, 4, 8, 16, 32, 60, 120, 300)
    delivery_timeout_seconds: float = 30.0
    # A delivery that takes longer than this no longer holds up the next one to the same endpoint.
    delivery_stagger_seconds: float = 1.0
