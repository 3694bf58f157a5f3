"""Stripe's refunds, disputes and balance transactions, read into our words. No `stripe` library."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from functions.payments.providers.port import (
    BalanceTransaction,
    BalanceTransactionKind,
    ProviderDispute,
    ProviderRefund,
    RefundStatus,
    SavedMethod,
)
from functions.payments.providers.stripe.amounts import from_stripe

_REFUND_STATUS: Final = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}
# https://docs.stripe.com/reports/reporting-categories: why, while `type` only says by what kind of object.
_KINDS: Final = {
    "charge": BalanceTransactionKind.CAPTURE,
    "refund": BalanceTransactionKind.REFUND,
    "refund_failure": BalanceTransactionKind.REFUND_FAILURE,
    "dispute": BalanceTransactionKind.DISPUTE,
    "dispute_reversal": BalanceTransactionKind.DISPUTE_REVERSAL,
    "payout": BalanceTransactionKind.PAYOUT,
    "payout_reversal": BalanceTransactionKind.PAYOUT,
}
_BY_SOURCE: Final = frozenset(
    (BalanceTransactionKind.CAPTURE, BalanceTransactionKind.REFUND, BalanceTransactionKind.REFUND_FAILURE)
)


class _BalanceTransaction(BaseModel):
    id: str
    amount: int
    fee: int
    currency: str
    created: int
    reporting_category: str
    source: str | None = None


class _Refund(BaseModel):
    id: str
    payment_intent: str
    amount: int
    currency: str
    status: Literal["pending", "requires_action", "succeeded", "failed", "canceled"]
    created: int
    failure_reason: str | None = None
    balance_transaction: str | _BalanceTransaction | None = None
    failure_balance_transaction: str | _BalanceTransaction | None = None
    metadata: dict[str, str] = Field(default_factory=dict)


class _EvidenceDetails(BaseModel):
    due_by: int | None = None


class _Dispute(BaseModel):
    id: str
    payment_intent: str | None = None
    amount: int
    currency: str
    reason: str
    status: str
    created: int
    evidence_details: _EvidenceDetails
    balance_transactions: list[_BalanceTransaction] = Field(default_factory=list)


class _Wallet(BaseModel):
    type: str


class _SavedCard(BaseModel):
    brand: str | None = None
    last4: str | None = None
    exp_month: int | None = None
    exp_year: int | None = None
    wallet: _Wallet | None = None


class _PaymentMethod(BaseModel):
    id: str
    type: str
    created: int
    card: _SavedCard | None = None


def parse_refund(document: dict[str, Any]) -> ProviderRefund:
    """A refund as the API answers it. Raises pydantic.ValidationError."""
    refund = _Refund.model_validate(document)
    moved = (refund.balance_transaction, refund.failure_balance_transaction)
    return ProviderRefund(
        id=refund.id,
        intent_id=refund.payment_intent,
        refund_id=_uuid(refund.metadata.get("refund_id")),
        amount=from_stripe(refund.amount, refund.currency),
        currency=refund.currency.upper(),
        status=_REFUND_STATUS[refund.status],
        failure_code=refund.failure_reason,
        left_balance=refund.balance_transaction is not None,
        came_back=refund.failure_balance_transaction is not None,
        created_at=_instant(refund.created),
        balance_transactions=tuple(_balance_transaction(one) for one in moved if isinstance(one, _BalanceTransaction)),
    )


def parse_balance_transaction(document: dict[str, Any]) -> BalanceTransaction:
    """A balance transaction as the API answers it. Raises pydantic.ValidationError."""
    return _balance_transaction(_BalanceTransaction.model_validate(document))


def parse_dispute(document: dict[str, Any]) -> ProviderDispute:
    """A dispute as the API answers it. Raises pydantic.ValidationError."""
    dispute = _Dispute.model_validate(document)
    due = dispute.evidence_details.due_by
    return ProviderDispute(
        id=dispute.id,
        intent_id=dispute.payment_intent,
        amount=from_stripe(dispute.amount, dispute.currency),
        currency=dispute.currency.upper(),
        reason=dispute.reason,
        status=dispute.status,
        evidence_due_at=_instant(due) if due else None,
        created_at=_instant(dispute.created),
        balance_transactions=tuple(_balance_transaction(one) for one in dispute.balance_transactions),
    )


def parse_saved_method(document: dict[str, Any]) -> SavedMethod:
    """A payment method as the API answers it. Raises pydantic.ValidationError."""
    method = _PaymentMethod.model_validate(document)
    card = method.card or _SavedCard()
    return SavedMethod(
        id=method.id,
        kind=method.type,
        brand=card.brand,
        last4=card.last4,
        wallet=card.wallet.type if card.wallet else None,
        expires_month=card.exp_month,
        expires_year=card.exp_year,
        created_at=_instant(method.created),
    )


def _balance_transaction(transaction: _BalanceTransaction) -> BalanceTransaction:
    kind = _KINDS.get(transaction.reporting_category, BalanceTransactionKind.OTHER)
    return BalanceTransaction(
        id=transaction.id,
        kind=kind,
        source_id=transaction.source if transaction.source and kind in _BY_SOURCE else transaction.id,
        amount=from_stripe(transaction.amount, transaction.currency),
        fee=from_stripe(transaction.fee, transaction.currency),
        currency=transaction.currency.upper(),
        created_at=_instant(transaction.created),
    )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
