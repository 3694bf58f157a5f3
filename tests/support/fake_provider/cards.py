"""What happens to a payment by the name of the test card: the names are Stripe's, for they are known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from functions.payments.providers.port import UsedMethod


@dataclass(frozen=True, kw_only=True)
class Card:
    """A test card, and what becomes of who pays with it."""

    brand: str = "visa"
    last4: str = "4242"
    country: str = "US"
    risk_level: str = "normal"
    decline_code: str | None = None
    refund: str = "succeeded"
    """`pending`: arrives when the provider is settled; `failed`: comes back then."""
    dispute: str | None = None
    """The status of the dispute that the bank opens when the provider is settled."""

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    @property
    def method(self) -> UsedMethod:
        return UsedMethod(type="card", brand=self.brand, last4=self.last4, wallet=None)


CARDS = {
    "pm_card_visa": Card(),
    "pm_card_mastercard": Card(brand="mastercard", last4="4444"),
    "pm_card_gb": Card(country="GB"),
    "pm_card_de": Card(country="DE"),
    "pm_card_visa_chargeDeclined": Card(decline_code="generic_decline"),
    "pm_card_visa_chargeDeclinedInsufficientFunds": Card(decline_code="insufficient_funds"),
    "pm_card_radarBlock": Card(decline_code="fraudulent", risk_level="highest"),
    "pm_card_riskLevelHighest": Card(risk_level="highest"),
    "pm_card_riskLevelElevated": Card(risk_level="elevated"),
    "pm_card_refundFail": Card(refund="failed"),
    "pm_card_pendingRefund": Card(refund="pending"),
    "pm_card_createDispute": Card(dispute="needs_response"),
    "pm_card_createDisputeInquiry": Card(dispute="warning_needs_response"),
}
