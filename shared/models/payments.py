"""Tables of payments: what we ask of providers, and what they tell us."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Amount, Base, Currency, Id, Instant, Json, Now, reference
from shared.models.identity import User
from shared.models.ordering import Checkout, Order


class Payment(Base):
    """One provider intent for one checkout. `amount_refunded` never exceeds `amount_captured`."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("provider", "provider_payment_id"),
        Index("uq_payments_live_checkout", "checkout_id", unique=True, postgresql_where=text("status <> 'canceled'")),
        Index("ix_payments_user", "user_id", "created_at", "id"),
        Index("ix_payments_created_at", "created_at", "id"),
        Index("ix_payments_status", "status", "created_at", "id"),
        Index("ix_payments_order", "order_id"),
        Index("ix_payments_checkout", "checkout_id"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("amount_refunded BETWEEN 0 AND amount_captured", name="amount_refunded"),
        CheckConstraint(
            "status IN ('requires_payment', 'requires_action', 'processing', 'succeeded', 'failed', 'canceled',"
            " 'partially_refunded', 'refunded')",
            name="status",
        ),
    )

    id: Mapped[Id]
    checkout_id: Mapped[UUID] = mapped_column(reference(Checkout.id))
    order_id: Mapped[UUID | None] = mapped_column(reference(Order.id))
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    provider: Mapped[str] = mapped_column(String(20))
    provider_payment_id: Mapped[str] = mapped_column(String(255))
    amount: Mapped[Amount]
    currency: Mapped[Currency]
    status: Mapped[str] = mapped_column(String(30), server_default=text("'requires_payment'"))
    status_at: Mapped[Instant | None]
    """When the provider reported it, by its clock; null until the first report. Older reports are stale."""
    amount_captured: Mapped[Amount] = mapped_column(server_default=text("0"))
    amount_refunded: Mapped[Amount] = mapped_column(server_default=text("0"))
    failure_code: Mapped[str | None] = mapped_column(String(100))
    method: Mapped[Json | None]
    """What took the money: `type`, `brand`, `last4`, `wallet`, as much as may be shown; null until that is known."""
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class PaymentStatusChange(Base):
    """The payment's history, append-only."""

    __tablename__ = "payment_status_changes"
    __table_args__ = (Index("ix_payment_status_changes_payment", "payment_id", "id"),)

    id: Mapped[Id]
    payment_id: Mapped[UUID] = mapped_column(reference(Payment.id, on_delete="CASCADE"))
    before: Mapped[str | None] = mapped_column(String(30))
    after: Mapped[str] = mapped_column(String(30))
    provider_event_id: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[Now]


class ProviderEvent(Base):
    """The inbox: a provider's event is here once it has had its effect, in the same transaction."""

    __tablename__ = "provider_events"

    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    type: Mapped[str] = mapped_column(String(100))
    object_id: Mapped[str | None] = mapped_column(String(255))
    outcome: Mapped[str] = mapped_column(String(40))
    """What it did: `applied`, `ignored` (stale or of no interest), or `unmatched` (no such payment of ours)."""
    occurred_at: Mapped[Instant]
    handled_at: Mapped[Now]


class Refund(Base):
    """Money on its way back, or back. Those that have not failed never exceed what the payment captured."""

    __tablename__ = "refunds"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("provider_refund_id"),
        Index("ix_refunds_payment", "payment_id", "id"),
        Index("ix_refunds_status", "status", "id"),
        Index("ix_refunds_due", "next_attempt_at", postgresql_where=text("status = 'pending'")),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("tax_amount BETWEEN 0 AND amount", name="tax_amount"),
        CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name="status"),
    )

    id: Mapped[Id]
    payment_id: Mapped[UUID] = mapped_column(reference(Payment.id))
    order_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]
    """The request of ordering that it answers; null for one that an administrator or the provider made."""
    amount: Mapped[Amount]
    tax_amount: Mapped[Amount] = mapped_column(server_default=text("0"))
    """The part of `amount` that is tax given back."""
    currency: Mapped[Currency]
    status: Mapped[str] = mapped_column(String(20), server_default=text("'pending'"))
    provider_refund_id: Mapped[str | None] = mapped_column(String(255))
    """Null until the provider is known to have taken it."""
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(String(500))
    actor: Mapped[str] = mapped_column(String(60))
    """`admin:<user id>`, `ordering`, `system`, or `provider` for one made at the provider's dashboard."""
    failure_code: Mapped[str | None] = mapped_column(String(100))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    key_number: Mapped[int] = mapped_column(server_default=text("0"))
    """Part of the idempotency key: moves on when the provider answered with an error and did not refund."""
    next_attempt_at: Mapped[Instant]
    """When the schedule looks after it, should nobody have settled it before."""
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class RefundLine(Base):
    """Units of an order's line that a refund pays back."""

    __tablename__ = "refund_lines"
    __table_args__ = (
        Index("ix_refund_lines_order_item", "order_item_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    refund_id: Mapped[UUID] = mapped_column(reference(Refund.id), primary_key=True)
    order_item_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    amount: Mapped[Amount]
    """Tax included."""
    tax_amount: Mapped[Amount]


class Dispute(Base):
    """A cardholder's bank asks for money back. As the provider tells it, and what we told the provider."""

    __tablename__ = "disputes"
    __table_args__ = (
        UniqueConstraint("provider", "provider_dispute_id"),
        Index("ix_disputes_payment", "payment_id"),
        Index("ix_disputes_status", "status", "opened_at", "id"),
        Index("ix_disputes_opened_at", "opened_at", "id"),
        Index(
            "ix_disputes_evidence_due_at", "evidence_due_at",
            postgresql_where=text("status IN ('needs_response', 'warning_needs_response') AND noticed_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[Id]
    payment_id: Mapped[UUID] = mapped_column(reference(Payment.id))
    order_id: Mapped[UUID | None]
    provider: Mapped[str] = mapped_column(String(20))
    provider_dispute_id: Mapped[str] = mapped_column(String(255))
    amount: Mapped[Amount]
    currency: Mapped[Currency]
    reason: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(40))
    """Stripe's: needs_response, under_review, won, lost, and those of an inquiry with `warning_` before them."""
    evidence_due_at: Mapped[Instant | None]
    evidence: Mapped[Json] = mapped_column(server_default=text("'{}'"))
    evidence_submitted_at: Mapped[Instant | None]
    evidence_by: Mapped[UUID | None]
    """The administrator who wrote the evidence last."""
    noticed_at: Mapped[Instant | None]
    """When the operator was told that the evidence is due soon."""
    opened_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class LedgerTransaction(Base):
    """One movement of money, append-only. Its entries add up to zero in each currency."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        UniqueConstraint("kind", "source_id"),
        Index("ix_ledger_transactions_payment", "payment_id", "id"),
        Index("ix_ledger_transactions_occurred_at", "occurred_at"),
        CheckConstraint(
            "kind IN ('sale', 'capture', 'fee', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'payout',"
            " 'conversion')",
            name="kind",
        ),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[str] = mapped_column(String(255))
    """What moved the money, so that it is posted once: the provider's charge, refund or balance transaction; the order
    of a sale."""
    provider: Mapped[str] = mapped_column(String(20))
    payment_id: Mapped[UUID | None] = mapped_column(reference(Payment.id))
    """Null for what is about no payment: a payout."""
    occurred_at: Mapped[Instant]
    created_at: Mapped[Now]


class LedgerEntry(Base):
    """One side of a movement, append-only: a debit is positive, a credit negative."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("transaction_id", "account", "currency"),
        Index("ix_ledger_entries_account", "account", "transaction_id"),
        Index("ix_ledger_entries_created_at", "created_at", "account", "currency", postgresql_include=["amount"]),
        CheckConstraint("amount <> 0", name="amount"),
    )

    id: Mapped[Id]
    transaction_id: Mapped[UUID] = mapped_column(reference(LedgerTransaction.id))
    account: Mapped[str] = mapped_column(String(40))
    currency: Mapped[Currency]
    amount: Mapped[Amount]
    created_at: Mapped[Now]


class LedgerClosing(Base):
    """An account's balance at the end of a day (UTC), so that today's is a sum over what came since."""

    __tablename__ = "ledger_closings"

    day: Mapped[date] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    currency: Mapped[Currency] = mapped_column(primary_key=True)
    amount: Mapped[Amount]


class Reconciliation(Base):
    """One comparison of the provider's balance transactions with the ledger, for one day (UTC)."""

    __tablename__ = "reconciliations"
    __table_args__ = (UniqueConstraint("provider", "day"), Index("ix_reconciliations_day", "day", "id"))

    id: Mapped[Id]
    provider: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    provider_transactions: Mapped[int]
    ledger_transactions: Mapped[int]
    compared_at: Mapped[Now]
    """The last time; a day with open differences is compared again."""
    created_at: Mapped[Now]


class ReconciliationDifference(Base):
    """What the provider and the ledger disagree about; listed until somebody, or a later comparison, resolves it."""

    __tablename__ = "reconciliation_differences"
    __table_args__ = (
        UniqueConstraint("reconciliation_id", "kind", "source_id"),
        Index("ix_reconciliation_differences_of", "reconciliation_id", "id"),
        Index("ix_reconciliation_differences_open", "id", postgresql_where=text("resolved_at IS NULL")),
        CheckConstraint("kind IN ('missing_here', 'missing_there', 'amount', 'fee')", name="kind"),
    )

    id: Mapped[Id]
    reconciliation_id: Mapped[UUID] = mapped_column(reference(Reconciliation.id))
    kind: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[str] = mapped_column(String(255))
    """The provider's charge, refund or balance transaction."""
    currency: Mapped[Currency]
    ledger_amount: Mapped[int | None] = mapped_column(BigInteger)
    provider_amount: Mapped[int | None] = mapped_column(BigInteger)
    resolved_at: Mapped[Instant | None]
    resolved_by: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[Now]


class ProviderCustomer(Base):
    """A user as the provider knows them, so that payment methods can be saved there."""

    __tablename__ = "provider_customers"
    __table_args__ = (UniqueConstraint("provider", "provider_customer_id"),)

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    provider_customer_id: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[Now]


class FraudDecision(Base):
    """What the rules said about one attempt to pay, and why; and what an administrator said then."""

    __tablename__ = "fraud_decisions"
    __table_args__ = (
        UniqueConstraint("provider_charge_id"),
        Index("ix_fraud_decisions_user", "user_id", "created_at"),
        Index("ix_fraud_decisions_ip_address", "ip_address", "created_at"),
        Index("ix_fraud_decisions_card", "card_fingerprint", "created_at"),
        Index("ix_fraud_decisions_checkout", "checkout_id", "created_at"),
        Index("ix_fraud_decisions_decision", "decision", "id"),
        # What is forgotten after a while (`shared.transactions.retention`).
        Index(
            "ix_fraud_decisions_traces",
            "created_at",
            postgresql_where=text("ip_address IS NOT NULL OR card_fingerprint IS NOT NULL"),
        ),
        CheckConstraint("stage IN ('intent', 'charge')", name="stage"),
        CheckConstraint("decision IN ('allow', 'review', 'block')", name="decision"),
        CheckConstraint("verdict IN ('accepted', 'rejected')", name="verdict"),
    )

    id: Mapped[Id]
    stage: Mapped[str] = mapped_column(String(10))
    """`intent`: before the payer sees the provider; `charge`: when the provider told how the card was taken."""
    decision: Mapped[str] = mapped_column(String(10))
    reasons: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    checkout_id: Mapped[UUID]
    payment_id: Mapped[UUID | None] = mapped_column(reference(Payment.id))
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    ip_address: Mapped[str | None] = mapped_column(String(45))
    provider_charge_id: Mapped[str | None] = mapped_column(String(255))
    card_fingerprint: Mapped[str | None] = mapped_column(String(64))
    """The provider's token for a card, the same for the same number; no number can be made of it."""
    risk_level: Mapped[str | None] = mapped_column(String(20))
    verdict: Mapped[str | None] = mapped_column(String(10))
    """What a person decided about a review."""
    reviewed_by: Mapped[UUID | None]
    reviewed_at: Mapped[Instant | None]
    note: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[Now]
