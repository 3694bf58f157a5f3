"""What a provider's event says, in neutral words. Each adapter translates its own events into these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from functions.payments.providers.port import Intent, PaymentStatus, UsedMethod


class Topic(Enum):
    """What an event is about, as far as we are concerned."""

    STATUS = "status"
    REFUND = "refund"
    DISPUTE = "dispute"
    CHARGE = "charge"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeAttempt:
    """One attempt to take money, as far as fees and fraud rules are concerned."""

    id: str
    took_money: bool
    amount_captured: int
    currency: str
    method: UsedMethod | None
    balance_transaction_id: str | None
    """None until the money has reached the balance."""
    card_fingerprint: str | None
    card_country: str | None
    risk_level: str | None
    environment: str | None
    """Of ours, that the intent was made in; None where somebody else made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderEvent:
    """One event of a provider. `status` and `intent` (a snapshot) are there for STATUS, `charge` for CHARGE."""

    id: str
    type: str
    """The provider's word for it."""
    topic: Topic
    occurred_at: datetime
    """By the provider's clock."""
    object_id: str | None
    """What it is about: the dispute of DISPUTE."""
    intent_id: str | None
    """None: it is about no payment intent."""
    status: PaymentStatus | None = None
    intent: Intent | None = None
    charge: ChargeAttempt | None = None
