"""Money that goes back: refunds and their lines, disputes."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.payments.models.payments import Payment
from shared.tables.base import Amount, Base, Currency, Id, Instant, Json, Now, reference


class Refund(Base):
    """Money on its way back, or back. Those that have not failed never exceed what the payment captured."""

    __tablename__ = "refunds"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("provider", "provider_refund_id"),
        Index("ix_refunds_payment", "payment_id", "id"),
        Index("ix_refunds_status", "status", "id"),
        Index("ix_refunds_due", "next_attempt_at", postgresql_where=text("status = 'pending'")),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("tax_amount BETWEEN 0 AND amount", name="tax_amount"),
        CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name="status"),
    )

    id: Mapped[Id]
    payment_id: Mapped[UUID] = mapped_column(reference(Payment.id))
    order_id: Mapped[UUID | None]
    provider: Mapped[str] = mapped_column(String(20))
    """The payment's; it is not asked for refunds of nothing, of units that were free."""
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
    succeeded_at: Mapped[Instant | None]
    """When we learned that the money went back; stays where it came back later."""
    restock: Mapped[bool] = mapped_column(server_default=text("true"))
    """Where this is the last of the payment's money: whether what was not handed over yet goes back to stock."""
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
        CheckConstraint("unshipped_quantity BETWEEN 0 AND quantity", name="unshipped_quantity"),
        CheckConstraint("restock_quantity BETWEEN 0 AND quantity", name="restock_quantity"),
    )

    refund_id: Mapped[UUID] = mapped_column(reference(Refund.id), primary_key=True)
    order_item_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    amount: Mapped[Amount]
    """Tax included."""
    tax_amount: Mapped[Amount]
    unshipped_quantity: Mapped[int] = mapped_column(server_default=text("0"))
    """Units that had not been handed over, and are not any more."""
    restock_quantity: Mapped[int] = mapped_column(server_default=text("0"))
    """Units that go back to stock when the refund arrives."""


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
