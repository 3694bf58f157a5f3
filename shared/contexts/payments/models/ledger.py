"""The double-entry ledger and its reconciliation with the providers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.payments.models.payments import Payment
from shared.tables.base import Amount, Base, Currency, Id, Instant, Now, reference


class LedgerTransaction(Base):
    """One movement of money, append-only. Its entries add up to zero in each currency."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        UniqueConstraint("provider", "kind", "source_id"),
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
        UniqueConstraint("transaction_id", "account", "owner", "currency"),
        Index("ix_ledger_entries_account", "account", "transaction_id"),
        Index("ix_ledger_entries_created_at", "created_at", "account", "currency", postgresql_include=["amount"]),
        CheckConstraint("amount <> 0", name="amount"),
    )

    id: Mapped[Id]
    transaction_id: Mapped[UUID] = mapped_column(reference(LedgerTransaction.id))
    account: Mapped[str] = mapped_column(String(40))
    owner: Mapped[str] = mapped_column(String(60), server_default=text("''"))
    """Whose part of the account it is: `vendor:<id>`, `creator:<id>`, `user:<id>`, `gift:<id>`, or the provider of its
    own balance; empty for the shop's own. Entries from before there were owners have none: their transaction names the
    provider."""
    currency: Mapped[Currency]
    amount: Mapped[Amount]
    created_at: Mapped[Now]


class LedgerClosing(Base):
    """An account's balance at the end of a day (UTC), so that today's is a sum over what came since."""

    __tablename__ = "ledger_closings"

    day: Mapped[date] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(String(60), primary_key=True, server_default=text("''"))
    """As `LedgerEntry` has it."""
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
