"""What payments asks of a provider, and in which words it answers.

Amounts are in minor units as `shared.money` has them; an adapter converts where its provider counts otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from functions.payments.providers.events import ProviderEvent


class PaymentStatus(StrEnum):
    REQUIRES_PAYMENT = "requires_payment"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    FAILED = "failed"
    """The last attempt was declined; the same intent takes another one."""
    CANCELED = "canceled"
    SUCCEEDED = "succeeded"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedMethod:
    """What a payment was made with: as much of it as may be shown and kept."""

    type: str
    """The provider's word: card, alipay, wechat_pay, ..."""
    brand: str | None
    last4: str | None
    wallet: str | None
    """The phone's wallet that a card is in: apple_pay, google_pay, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A provider's payment intent as it was at one moment."""

    id: str
    status: PaymentStatus
    amount: int
    currency: str
    """ISO 4217, upper case."""
    amount_captured: int
    charge_id: str | None
    """The provider's id of the last attempt to take the money."""
    failure_code: str | None
    checkout_id: UUID | None
    """The checkout that we made it for; None where somebody else made it."""
    environment: str | None
    captured_at: datetime | None
    method_types: tuple[str, ...]
    """What the payer can pay with: the provider knows, by amount, currency and our account."""
    client_secret: str | None = field(repr=False)
    """What the payer's browser confirms with. Neither stored nor logged."""


class RefundStatus(StrEnum):
    PENDING = "pending"
    """Asked for; the provider may not have taken it, or has and works on it."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRefund:
    """A refund as it is at the provider."""

    id: str
    intent_id: str
    refund_id: UUID | None
    """Ours, where we asked for it; None for one that a person made at the provider's dashboard."""
    amount: int
    currency: str
    status: RefundStatus
    failure_code: str | None
    left_balance: bool
    """Whether its money has left our balance."""
    came_back: bool
    """Whether its money came back to our balance because it failed."""
    created_at: datetime
    balance_transactions: tuple[BalanceTransaction, ...] = ()
    """What it changed in our balance, as far as the provider says."""


class BalanceTransactionKind(StrEnum):
    """Why our balance at the provider changed; the ledger has the same words."""

    CAPTURE = "capture"
    REFUND = "refund"
    REFUND_FAILURE = "refund_failure"
    DISPUTE = "dispute"
    DISPUTE_REVERSAL = "dispute_reversal"
    PAYOUT = "payout"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceTransaction:
    """One change of our balance at the provider."""

    id: str
    kind: BalanceTransactionKind
    source_id: str
    """The charge or refund that moved it; of the rest, which may have several, the
    balance transaction itself."""
    amount: int
    """Before the fee; what leaves the balance is negative."""
    fee: int
    currency: str
    """The balance's, which may be another than that of the charge."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDispute:
    """A dispute as it is at the provider."""

    id: str
    intent_id: str | None
    amount: int
    currency: str
    reason: str
    status: str
    evidence_due_at: datetime | None
    created_at: datetime
    balance_transactions: tuple[BalanceTransaction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMethod:
    """A payment method that a customer keeps at the provider: what may be shown of it."""

    id: str
    kind: str
    brand: str | None
    last4: str | None
    wallet: str | None
    expires_month: int | None
    expires_year: int | None
    created_at: datetime


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

    def parse_event(self, body: str) -> ProviderEvent:
        """A queued event of this provider, in our words. Raises errors.MalformedEventError."""
        ...

    def create_intent(
        self, *, checkout_id: UUID, amount: int, currency: str, customer_id: str | None, idempotency_key: str
    ) -> Intent:
        """`customer_id` is the payer's at the provider, whose saved methods can then be used."""
        ...

    def retrieve_intent(self, intent_id: str) -> Intent | None:
        """The intent as it is now, or None where there is none."""
        ...

    def cancel_intent(self, intent_id: str, *, idempotency_key: str) -> None:
        """Make sure that the intent takes no money. Raises ProviderRefusedError where it already did."""
        ...

    def refund(
        self, intent_id: str, *, refund_id: UUID, amount: int, currency: str, idempotency_key: str
    ) -> ProviderRefund:
        """Refund so much of what the intent took, in its currency; by `refund_id`, ours, `refunds` recognizes it."""
        ...

    def refunds(self, intent_id: str) -> list[ProviderRefund]:
        """Every refund of the intent as it is now, oldest first."""
        ...

    def dispute(self, dispute_id: str) -> ProviderDispute:
        """The dispute as it is now."""
        ...

    def submit_evidence(
        self, dispute_id: str, evidence: Mapping[str, str | None], *, submit: bool, idempotency_key: str
    ) -> ProviderDispute:
        """Store evidence with the dispute, without what is None; with `submit` it goes to the bank, which is final."""
        ...

    def balance_transaction(self, balance_transaction_id: str) -> BalanceTransaction:
        """One of our balance transactions."""
        ...

    def balance_transactions(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:
        """Every balance transaction from `since` on and before `until`."""
        ...

    def balance_transactions_of(self, source_id: str) -> list[BalanceTransaction]:
        """Every balance transaction that a charge or refund caused."""
        ...

    def create_customer(self, *, user_id: UUID, email: str, idempotency_key: str) -> str:
        """A customer at the provider, who can keep payment methods; returns the provider's id."""
        ...

    def set_up_method(self, customer_id: str, *, idempotency_key: str) -> str:
        """The client secret with which the customer's browser saves a payment method."""
        ...

    def saved_methods(self, customer_id: str) -> list[SavedMethod]:
        """What the customer has saved, newest first."""
        ...

    def detach_method(self, customer_id: str, method_id: str) -> bool:
        """Detach the method from the customer; False where the customer has no such method."""
        ...

    def delete_customer(self, customer_id: str) -> None:
        """Delete the customer with all saved methods; one who is gone is deleted already."""
        ...
