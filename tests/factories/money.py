"""What follows payments: refunds, disputes, differences with the provider."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from shared.contexts.payments.models.ledger import Reconciliation, ReconciliationDifference
from shared.contexts.payments.models.payments import FraudDecision, Payment
from shared.contexts.payments.models.refunds import Dispute, Refund


def refund(db: Session, of: Payment, *, amount: int = 500, status: str = "succeeded") -> Refund:
    """A committed refund that the provider took on."""
    made = Refund(
        payment_id=of.id,
        order_id=of.order_id,
        provider=of.provider,
        amount=amount,
        currency=of.currency,
        status=status,
        provider_refund_id=f"re_{uuid.uuid4().hex}",
        reason="goodwill",
        actor="system",
        next_attempt_at=datetime.now(UTC) + timedelta(hours=1),
    )
    db.add(made)
    db.commit()
    return made


def dispute(db: Session, of: Payment, *, status: str = "needs_response") -> Dispute:
    """A committed dispute of all that was paid."""
    made = Dispute(
        payment_id=of.id,
        order_id=of.order_id,
        provider=of.provider,
        provider_dispute_id=f"dp_{uuid.uuid4().hex}",
        amount=of.amount,
        currency=of.currency,
        reason="fraudulent",
        status=status,
        evidence_due_at=datetime.now(UTC) + timedelta(days=9),
        opened_at=datetime.now(UTC),
    )
    db.add(made)
    db.commit()
    return made


def fraud_decision(db: Session, of: Payment, *, decision: str = "review") -> FraudDecision:
    """A committed decision about a charge of the payment."""
    made = FraudDecision(
        stage="charge",
        decision=decision,
        reasons=["elevated_risk"],
        checkout_id=of.checkout_id,
        provider=of.provider,
        payment_id=of.id,
        user_id=of.user_id,
        provider_charge_id=f"ch_{uuid.uuid4().hex}",
        risk_level="elevated",
    )
    db.add(made)
    db.commit()
    return made


def difference(db: Session, *, kind: str = "missing_here", day: date = date(2026, 11, 19)) -> ReconciliationDifference:
    """A committed difference that nobody has resolved, with its reconciliation."""
    compared = Reconciliation(provider="stripe", day=day, provider_transactions=1, ledger_transactions=0)
    db.add(compared)
    db.flush()
    made = ReconciliationDifference(
        reconciliation_id=compared.id,
        kind=kind,
        source_id=f"ch_{uuid.uuid4().hex}",
        currency="USD",
        provider_amount=2497,
    )
    db.add(made)
    db.commit()
    return made
