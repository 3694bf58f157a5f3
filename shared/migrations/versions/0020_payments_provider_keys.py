"""what the version with one payment provider needed: keys without a provider, defaults that name it

Contract of 0019: deploy it once no function of a version before 0019 runs any more, for those name these keys in ON
CONFLICT. Only after it may two providers use the same id for a charge or a balance transaction.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("uq_ledger_transactions_kind_source_id"), "ledger_transactions")
    op.drop_constraint(op.f("uq_fraud_decisions_provider_charge_id"), "fraud_decisions")
    for table in ("refunds", "fraud_decisions"):
        op.alter_column(table, "provider", server_default=None)
    op.add_column(
        "ledger_closings", sa.Column("owner", sa.String(length=60), server_default=sa.text("''"), nullable=False)
    )
    _key_of_closings("day", "account", "owner", "currency")


def downgrade() -> None:
    # Balances are sums over what follows the last closing: those of owners become one again.
    op.execute(
        "WITH parts AS (DELETE FROM ledger_closings RETURNING day, account, currency, amount)"
        " INSERT INTO ledger_closings (day, account, owner, currency, amount)"
        " SELECT day, account, '', currency, sum(amount) FROM parts GROUP BY day, account, currency"
    )
    _key_of_closings("day", "account", "currency")
    op.drop_column("ledger_closings", "owner")
    for table in ("refunds", "fraud_decisions"):
        op.alter_column(table, "provider", server_default=sa.text("'stripe'"))
    op.create_unique_constraint(
        op.f("uq_fraud_decisions_provider_charge_id"), "fraud_decisions", ["provider_charge_id"]
    )
    op.create_unique_constraint(
        op.f("uq_ledger_transactions_kind_source_id"), "ledger_transactions", ["kind", "source_id"]
    )


def _key_of_closings(*columns: str) -> None:
    op.drop_constraint(op.f("pk_ledger_closings"), "ledger_closings", type_="primary")
    op.create_primary_key(op.f("pk_ledger_closings"), "ledger_closings", list(columns))
