"""What can be set when a simulator is made."""

from dataclasses import dataclass, field

import stripe

from simulators.kit.deliveries import Timing


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
    timing: Timing = field(default_factory=Timing)
