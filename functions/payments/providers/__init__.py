"""What payments asks of a provider, and in which words it answers. Amounts are in minor units."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from functions.payments.payment_status import PaymentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A provider's payment intent as it was at one moment."""

    id: str
    status: PaymentStatus
    amount: int
    currency: str
    """ISO 4217, upper case."""
    amount_captured: int
    amount_refunded: int
    """Known only of an intent that was retrieved; 0 in an event's snapshot."""
    failure_code: str | None
    checkout_id: UUID | None
    """The checkout that we made it for; None where somebody else made it."""
    environment: str | None
    captured_at: datetime | None
    client_secret: str | None = field(repr=False)
    """What the payer's browser confirms with. Neither stored nor logged."""


class Provider(Protocol):
    """A payment provider. Every call has a timeout; repeats with the same idempotency key have one effect.

    Calls raise `errors.ProviderUnavailableError` where the outcome is unknown or the provider does not answer, and
    `errors.ProviderRefusedError` where it says no.
    """

    @property
    def name(self) -> str:
        """What its rows are marked with."""
        ...

    def publishable_key(self) -> str:
        """What the payer's browser identifies our account with."""
        ...

    def create_intent(self, *, checkout_id: UUID, amount: int, currency: str, idempotency_key: str) -> Intent: ...

    def retrieve_intent(self, intent_id: str) -> Intent | None:
        """The intent as it is now, or None where there is none."""
        ...

    def cancel_intent(self, intent_id: str, *, idempotency_key: str) -> None:
        """Make sure that the intent takes no money. Raises ProviderRefusedError where it already did."""
        ...

    def refund_in_full(self, intent_id: str, *, idempotency_key: str) -> None:
        """Give back all that is left of what the intent took; nothing where nothing is left."""
        ...
