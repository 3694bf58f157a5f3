"""several payment providers: ids are unique per provider, ledger entries have an owner, payments a subject

Expand: the version before this one goes on working. It names the keys of `ledger_transactions` and `fraud_decisions`
without a provider in ON CONFLICT, so these stay until 0020.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_LIVE = sa.text("status <> 'canceled'")


def upgrade() -> None:
    _payments_get_a_subject()
    _refunds_and_decisions_get_a_provider()
    op.create_unique_constraint(
        op.f("uq_ledger_transactions_provider_kind_source_id"), "ledger_transactions", ["provider", "kind", "source_id"]
    )
    op.add_column(
        "ledger_entries", sa.Column("owner", sa.String(length=60), server_default=sa.text("''"), nullable=False)
    )
    op.create_unique_constraint(
        op.f("uq_ledger_entries_transaction_id_account_owner_currency"),
        "ledger_entries",
        ["transaction_id", "account", "owner", "currency"],
    )
    op.drop_constraint(op.f("uq_ledger_entries_transaction_id_account_currency"), "ledger_entries")


def downgrade() -> None:
    op.create_unique_constraint(
        op.f("uq_ledger_entries_transaction_id_account_currency"),
        "ledger_entries",
        ["transaction_id", "account", "currency"],
    )
    op.drop_constraint(op.f("uq_ledger_entries_transaction_id_account_owner_currency"), "ledger_entries")
    op.drop_column("ledger_entries", "owner")
    op.drop_constraint(op.f("uq_ledger_transactions_provider_kind_source_id"), "ledger_transactions")
    op.drop_constraint(op.f("uq_fraud_decisions_provider_provider_charge_id"), "fraud_decisions")
    op.drop_column("fraud_decisions", "provider")
    op.create_unique_constraint(op.f("uq_refunds_provider_refund_id"), "refunds", ["provider_refund_id"])
    op.drop_constraint(op.f("uq_refunds_provider_provider_refund_id"), "refunds")
    op.drop_column("refunds", "provider")
    op.create_index("uq_payments_live_checkout", "payments", ["checkout_id"], unique=True, postgresql_where=_LIVE)
    op.drop_index("uq_payments_live_subject", "payments")
    op.drop_constraint(op.f("ck_payments_subject_kind"), "payments")
    op.drop_column("payments", "subject_id")
    op.drop_column("payments", "subject_kind")


def _payments_get_a_subject() -> None:
    op.add_column(
        "payments",
        sa.Column("subject_kind", sa.String(length=20), server_default=sa.text("'checkout'"), nullable=False),
    )
    # Computed as long as checkouts are all that can be paid for: so the version before this one need not write it.
    op.add_column(
        "payments", sa.Column("subject_id", sa.Uuid(), sa.Computed("checkout_id", persisted=True), nullable=False)
    )
    op.create_check_constraint(op.f("ck_payments_subject_kind"), "payments", "subject_kind IN ('checkout')")
    op.create_index(
        "uq_payments_live_subject", "payments", ["subject_kind", "subject_id"], unique=True, postgresql_where=_LIVE
    )
    op.drop_index("uq_payments_live_checkout", "payments")


def _refunds_and_decisions_get_a_provider() -> None:
    for table in ("refunds", "fraud_decisions"):
        op.add_column(
            table, sa.Column("provider", sa.String(length=20), server_default=sa.text("'stripe'"), nullable=False)
        )
    op.execute("ALTER TABLE refunds DISABLE TRIGGER set_updated_at")  # the refunds themselves do not change
    op.execute(
        "UPDATE refunds r SET provider = p.provider FROM payments p"
        " WHERE p.id = r.payment_id AND p.provider <> r.provider"
    )
    op.execute("ALTER TABLE refunds ENABLE TRIGGER set_updated_at")
    op.create_unique_constraint(
        op.f("uq_refunds_provider_provider_refund_id"), "refunds", ["provider", "provider_refund_id"]
    )
    op.drop_constraint(op.f("uq_refunds_provider_refund_id"), "refunds")
    op.create_unique_constraint(
        op.f("uq_fraud_decisions_provider_provider_charge_id"), "fraud_decisions", ["provider", "provider_charge_id"]
    )
