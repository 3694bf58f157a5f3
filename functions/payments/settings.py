"""What the functions of payments read from their environment beyond the common variables."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeSettings(Settings):
    """The secret holds `secret_key` and `publishable_key`; the API base is empty for Stripe's own."""

    stripe_secret_arn: str
    stripe_api_base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudSettings(Settings):
    """Limits of attempts within an hour, and what each rule leads to: allow (it is only noted), review, or block.
    Declined charges of a checkout are counted however long it takes.

    A card of another country than the address is what presents look like, so by itself it is only noted.
    """

    fraud_attempts_per_user: str = "20"
    fraud_attempts_per_ip: str = "60"
    fraud_attempts_per_card: str = "5"
    fraud_declines_per_checkout: str = "5"
    """So many declined charges end the payment of a checkout."""
    fraud_velocity_of_user: str = "block"
    fraud_velocity_of_ip: str = "block"
    fraud_velocity_of_card: str = "review"
    fraud_elevated_risk: str = "review"
    fraud_highest_risk: str = "block"
    fraud_country_mismatch: str = "allow"
    fraud_declines: str = "block"
