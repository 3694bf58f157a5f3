"""Stripe's refunds, disputes and balance transactions, read into our words. No `stripe` library."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from functions.payments.providers import (
    Movement,
    MovementKind,
    ProviderDispute,
    ProviderRefund,
    RefundStatus,
    SavedMethod,
)

_REFUND_STATUS: Final = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}
# https://docs.stripe.com/reports/reporting-categories: why, while `type` only says by what kind of object.
_MOVEMENTS: Final = {
    "charge": MovementKind.CAPTURE,
    "refund": MovementKind.REFUND,
    "refund_failure": MovementKind.REFUND_FAILURE,
    "dispute": MovementKind.DISPUTE,
    "dispute_reversal": MovementKind.DISPUTE_REVERSAL,
    "payout": MovementKind.PAYOUT,
    "payout_reversal": MovementKind.PAYOUT,
}
_BY_SOURCE: Final = frozenset((MovementKind.CAPTURE, MovementKind.REFUND, MovementKind.REFUND_FAILURE))


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
    found = _Refund.model_validate(document)
    moved = (found.balance_transaction, found.failure_balance_transaction)
    return ProviderRefund(
        id=found.id,
        intent_id=found.payment_intent,
        refund_id=_uuid(found.metadata.get("refund_id")),
        amount=found.amount,
        currency=found.currency.upper(),
        status=_REFUND_STATUS[found.status],
        failure_code=found.failure_reason,
        left_balance=found.balance_transaction is not None,
        came_back=found.failure_balance_transaction is not None,
        created_at=_instant(found.created),
        movements=tuple(_movement(one) for one in moved if isinstance(one, _BalanceTransaction)),
    )


def parse_movement(document: dict[str, Any]) -> Movement:
    """A balance transaction as the API answers it. Raises pydantic.ValidationError."""
    return _movement(_BalanceTransaction.model_validate(document))


def parse_dispute(document: dict[str, Any]) -> ProviderDispute:
    """A dispute as the API answers it. Raises pydantic.ValidationError."""
    found = _Dispute.model_validate(document)
    due = found.evidence_details.due_by
    return ProviderDispute(
        id=found.id,
        intent_id=found.payment_intent,
        amount=found.amount,
        currency=found.currency.upper(),
        reason=found.reason,
        status=found.status,
        evidence_due_at=_instant(due) if due else None,
        created_at=_instant(found.created),
        movements=tuple(_movement(one) for one in found.balance_transactions),
    )


def parse_saved_method(document: dict[str, Any]) -> SavedMethod:
    """A payment method as the API answers it. Raises pydantic.ValidationError."""
    found = _PaymentMethod.model_validate(document)
    card = found.card or _SavedCard()
    return SavedMethod(
        id=found.id,
        kind=found.type,
        brand=card.brand,
        last4=card.last4,
        wallet=card.wallet.type if card.wallet else None,
        expires_month=card.exp_month,
        expires_year=card.exp_year,
        created_at=_instant(found.created),
    )


def _movement(found: _BalanceTransaction) -> Movement:
    kind = _MOVEMENTS.get(found.reporting_category, MovementKind.OTHER)
    return Movement(
        id=found.id,
        kind=kind,
        source_id=found.source if found.source and kind in _BY_SOURCE else found.id,
        amount=found.amount,
        fee=found.fee,
        currency=found.currency.upper(),
        created_at=_instant(found.created),
    )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
