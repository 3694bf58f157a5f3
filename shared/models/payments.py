"""Tables of payments: what we ask of providers, and what they tell us."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Amount, Base, Currency, Id, Instant, Now, reference
from shared.models.identity import User
from shared.models.ordering import Checkout, Order


class Payment(Base):
    """One provider intent for one checkout. `amount_refunded` never exceeds `amount_captured`."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("provider", "provider_payment_id"),
        Index("uq_payments_live_checkout", "checkout_id", unique=True, postgresql_where=text("status <> 'canceled'")),
        Index("ix_payments_user", "user_id", "created_at", "id"),
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
    """What it did: `applied`, `ignored` (stale or of no interest), `unmatched` (no such payment of ours), or
    `refund_due` (applied, and the provider was not yet asked to give the money back)."""
    occurred_at: Mapped[Instant]
    handled_at: Mapped[Now]
