"""refunds, disputes, ledger, reconciliations, saved payment methods, fraud decisions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UPDATED = ("refunds", "disputes")
APPEND_ONLY = ("ledger_transactions", "ledger_entries")

_REFUSE_CHANGE = """
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
# By statement: all entries of a transaction are inserted by one, so it sees them all, and payments wait for one check.
_CHECK_BALANCE = """
CREATE FUNCTION check_ledger_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added GROUP BY transaction_id, currency HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'the entries of a ledger transaction do not add up to zero' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.create_index("ix_payments_created_at", "payments", ["created_at", "id"])
    op.create_index("ix_payments_status", "payments", ["status", "created_at", "id"])
    op.create_table(
        "ledger_closings",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "account", "currency", name=op.f("pk_ledger_closings")),
    )
    op.create_table(
        "reconciliations",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("provider_transactions", sa.Integer(), nullable=False),
        sa.Column("ledger_transactions", sa.Integer(), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
        sa.UniqueConstraint("provider", "day", name=op.f("uq_reconciliations_provider_day")),
    )
    op.create_index("ix_reconciliations_day", "reconciliations", ["day", "id"], unique=False)
    op.create_table(
        "provider_customers",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("provider_customer_id", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_provider_customers_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "provider", name=op.f("pk_provider_customers")),
        sa.UniqueConstraint(
            "provider", "provider_customer_id", name=op.f("uq_provider_customers_provider_provider_customer_id")
        ),
    )
    op.create_table(
        "reconciliation_differences",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("reconciliation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.String(length=255), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("ledger_amount", sa.BigInteger(), nullable=True),
        sa.Column("provider_amount", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('missing_here', 'missing_there', 'amount', 'fee')",
            name=op.f("ck_reconciliation_differences_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["reconciliation_id"],
            ["reconciliations.id"],
            name=op.f("fk_reconciliation_differences_reconciliation_id_reconciliations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_differences")),
        sa.UniqueConstraint(
            "reconciliation_id",
            "kind",
            "source_id",
            name=op.f("uq_reconciliation_differences_reconciliation_id_kind_source_id"),
        ),
    )
    op.create_index(
        "ix_reconciliation_differences_open",
        "reconciliation_differences",
        ["id"],
        unique=False,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "disputes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("provider_dispute_id", sa.String(length=255), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("evidence_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("evidence_submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence_by", sa.Uuid(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_disputes_payment_id_payments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("provider", "provider_dispute_id", name=op.f("uq_disputes_provider_provider_dispute_id")),
    )
    op.create_index(
        "ix_disputes_evidence_due_at",
        "disputes",
        ["evidence_due_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('needs_response', 'warning_needs_response') AND noticed_at IS NULL"),
    )
    op.create_index("ix_disputes_opened_at", "disputes", ["opened_at", "id"], unique=False)
    op.create_index("ix_disputes_payment", "disputes", ["payment_id"], unique=False)
    op.create_index("ix_disputes_status", "disputes", ["status", "opened_at", "id"], unique=False)
    op.create_table(
        "fraud_decisions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("reasons", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("ip_address", sa.String(length=45), nullable=True),
        sa.Column("provider_charge_id", sa.String(length=255), nullable=True),
        sa.Column("card_fingerprint", sa.String(length=64), nullable=True),
        sa.Column("risk_level", sa.String(length=20), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("decision IN ('allow', 'review', 'block')", name=op.f("ck_fraud_decisions_decision")),
        sa.CheckConstraint("stage IN ('intent', 'charge')", name=op.f("ck_fraud_decisions_stage")),
        sa.CheckConstraint("verdict IN ('accepted', 'rejected')", name=op.f("ck_fraud_decisions_verdict")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_fraud_decisions_payment_id_payments")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_fraud_decisions_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fraud_decisions")),
        sa.UniqueConstraint("provider_charge_id", name=op.f("uq_fraud_decisions_provider_charge_id")),
    )
    op.create_index("ix_fraud_decisions_card", "fraud_decisions", ["card_fingerprint", "created_at"], unique=False)
    op.create_index("ix_fraud_decisions_checkout", "fraud_decisions", ["checkout_id", "created_at"], unique=False)
    op.create_index("ix_fraud_decisions_decision", "fraud_decisions", ["decision", "id"], unique=False)
    op.create_index("ix_fraud_decisions_ip_address", "fraud_decisions", ["ip_address", "created_at"], unique=False)
    op.create_index("ix_fraud_decisions_user", "fraud_decisions", ["user_id", "created_at"], unique=False)
    op.create_table(
        "ledger_transactions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.String(length=255), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('sale', 'capture', 'fee', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'payout')",
            name=op.f("ck_ledger_transactions_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_ledger_transactions_payment_id_payments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transactions")),
        sa.UniqueConstraint("kind", "source_id", name=op.f("uq_ledger_transactions_kind_source_id")),
    )
    op.create_index(
        "ix_reconciliation_differences_of", "reconciliation_differences", ["reconciliation_id", "id"], unique=False
    )
    op.create_index("ix_ledger_transactions_occurred_at", "ledger_transactions", ["occurred_at"], unique=False)
    op.create_index("ix_ledger_transactions_payment", "ledger_transactions", ["payment_id", "id"], unique=False)
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=20), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("provider_refund_id", sa.String(length=255), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("failure_code", sa.String(length=100), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("key_number", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name=op.f("ck_refunds_status")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount")),
        sa.CheckConstraint("tax_amount BETWEEN 0 AND amount", name=op.f("ck_refunds_tax_amount")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_refunds_payment_id_payments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("provider_refund_id", name=op.f("uq_refunds_provider_refund_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_refunds_request_id")),
    )
    op.create_index(
        "ix_refunds_due", "refunds", ["next_attempt_at"], unique=False, postgresql_where=sa.text("status = 'pending'")
    )
    op.create_index("ix_refunds_payment", "refunds", ["payment_id", "id"], unique=False)
    op.create_index("ix_refunds_status", "refunds", ["status", "id"], unique=False)
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_entries_amount")),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["ledger_transactions.id"],
            name=op.f("fk_ledger_entries_transaction_id_ledger_transactions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint(
            "transaction_id", "account", "currency", name=op.f("uq_ledger_entries_transaction_id_account_currency")
        ),
    )
    op.create_index("ix_ledger_entries_account", "ledger_entries", ["account", "transaction_id"], unique=False)
    op.create_index(
        "ix_ledger_entries_created_at",
        "ledger_entries",
        ["created_at", "account", "currency"],
        unique=False,
        postgresql_include=["amount"],
    )
    op.create_table(
        "refund_lines",
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("order_item_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_refund_lines_amount")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_refund_lines_quantity")),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name=op.f("fk_refund_lines_refund_id_refunds")),
        sa.PrimaryKeyConstraint("refund_id", "order_item_id", name=op.f("pk_refund_lines")),
    )
    op.create_index("ix_refund_lines_order_item", "refund_lines", ["order_item_id"], unique=False)
    for table in UPDATED:
        op.execute(
            f"CREATE TRIGGER set_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )
    op.execute(_REFUSE_CHANGE)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
        )
    op.execute(_CHECK_BALANCE)
    op.execute(
        "CREATE TRIGGER balanced AFTER INSERT ON ledger_entries REFERENCING NEW TABLE AS added"
        " FOR EACH STATEMENT EXECUTE FUNCTION check_ledger_balance()"
    )


def downgrade() -> None:
    op.drop_table("refund_lines")
    op.drop_table("ledger_entries")
    op.drop_table("refunds")
    op.drop_table("ledger_transactions")
    op.drop_table("fraud_decisions")
    op.drop_table("disputes")
    op.drop_table("reconciliation_differences")
    op.drop_table("provider_customers")
    op.drop_table("reconciliations")
    op.drop_table("ledger_closings")
    op.execute("DROP FUNCTION check_ledger_balance()")
    op.drop_index("ix_payments_status", table_name="payments")
    op.drop_index("ix_payments_created_at", table_name="payments")
    op.execute("DROP FUNCTION refuse_ledger_change()")
