"""what was paid with; movements that settle in another currency than they were made in"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KINDS = "'sale', 'capture', 'fee', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'payout'"


def upgrade() -> None:
    op.add_column("payments", sa.Column("method", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    _kinds(f"{KINDS}, 'conversion'")


def downgrade() -> None:
    # Conversions that were booked stay in the books: nothing is ever taken out of them.
    _kinds(KINDS, postgresql_not_valid=True)
    op.drop_column("payments", "method")


def _kinds(kinds: str, *, postgresql_not_valid: bool = False) -> None:
    op.drop_constraint(op.f("ck_ledger_transactions_kind"), "ledger_transactions")
    op.create_check_constraint(
        op.f("ck_ledger_transactions_kind"),
        "ledger_transactions",
        f"kind IN ({kinds})",
        postgresql_not_valid=postgresql_not_valid,
    )
