"""Payments, the events that tell of them, customers of providers, and judgements on charges."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Computed, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering.models.orders import Checkout, Order
from shared.tables.base import Amount, Base, Currency, Id, Instant, Json, Now, reference


class Payment(Base):
    """One provider intent for one checkout. `amount_refunded` never exceeds `amount_captured`."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("provider", "provider_payment_id"),
        Index(
            "uq_payments_live_subject",
            "subject_kind",
            "subject_id",
            unique=True,
            postgresql_where=text("status <> 'canceled'"),
        ),
        Index("ix_payments_user", "user_id", "created_at", "id"),
        Index("ix_payments_created_at", "created_at", "id"),
        Index("ix_payments_status", "status", "created_at", "id"),
        Index("ix_payments_order", "order_id"),
        Index("ix_payments_checkout", "checkout_id"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("subject_kind IN ('checkout')", name="subject_kind"),
        CheckConstraint("amount_refunded BETWEEN 0 AND amount_captured", name="amount_refunded"),
        CheckConstraint(
            "status IN ('requires_payment', 'requires_action', 'processing', 'succeeded', 'failed', 'canceled',"
            " 'partially_refunded', 'refunded')",
            name="status",
        ),
    )

    id: Mapped[Id]
    checkout_id: Mapped[UUID] = mapped_column(reference(Checkout.id))
    subject_kind: Mapped[str] = mapped_column(String(20), server_default=text("'checkout'"))
    subject_id: Mapped[UUID] = mapped_column(Computed("checkout_id", persisted=True))
    """What is paid for. Computed as long as there are only checkouts."""
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
    provider_charge_id: Mapped[str | None] = mapped_column(String(255))
    """The charge that took the money; null until then, and for payments from before it was kept."""
    succeeded_at: Mapped[Instant | None]
    """When we learned that the money was taken."""
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
        UniqueConstraint("provider", "provider_charge_id"),
        Index("ix_fraud_decisions_user", "user_id", "created_at"),
        Index("ix_fraud_decisions_ip_address", "ip_address", "created_at"),
        Index("ix_fraud_decisions_card", "card_fingerprint", "created_at"),
        Index("ix_fraud_decisions_checkout", "checkout_id", "created_at"),
        Index("ix_fraud_decisions_decision", "decision", "id"),
        # What is forgotten after a while (`shared.contexts.payments.personal_data`).
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
    provider: Mapped[str] = mapped_column(String(20))
    """Whom the attempt was made at."""
    provider_charge_id: Mapped[str | None] = mapped_column(String(255))
    card_fingerprint: Mapped[str | None] = mapped_column(String(64))
    """The provider's token for a card, the same for the same number; no number can be made of it."""
    risk_level: Mapped[str | None] = mapped_column(String(20))
    is_declined: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether the charge took no money."""
    verdict: Mapped[str | None] = mapped_column(String(10))
    """What a person decided about a review."""
    reviewed_by: Mapped[UUID | None]
    reviewed_at: Mapped[Instant | None]
    note: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[Now]
