"""rights that no version needs any more which knows 0031: contract, once none of those before it runs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

READS = {
    "sharestack_catalog": "payments_refund_lines",
    "sharestack_discovery": "ordering_order_lines ordering_orders",
    "sharestack_ordering": "fraud_decisions payments",
}


def upgrade() -> None:
    if _roles_exist():
        for role, names in READS.items():
            op.execute(f"REVOKE SELECT ON {', '.join(names.split())} FROM {role}")


def downgrade() -> None:
    if _roles_exist():
        for role, names in READS.items():
            op.execute(f"GRANT SELECT ON {', '.join(names.split())} TO {role}")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (as in 0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = 'sharestack_ordering'")
    found: int = op.get_bind().execute(statement).scalar_one()
    return found > 0
