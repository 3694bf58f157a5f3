"""What the functions that call Stripe read from their environment beyond the common variables."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeSettings(Settings):
    """The secret holds `secret_key` and `publishable_key`; the API base is empty for Stripe's own."""

    stripe_secret_arn: str
    stripe_api_base: str = ""
