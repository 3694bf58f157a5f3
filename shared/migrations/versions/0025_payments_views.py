"""views of payments"""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

VIEWS = {
    "payments_payments": """
        SELECT id, checkout_id, order_id, provider_payment_id, status, method, updated_at FROM payments
    """,
    "payments_refunds": """
        SELECT r.id, p.order_id, r.request_id, r.amount, r.status, r.actor, r.note, r.created_at, r.updated_at
        FROM refunds r JOIN payments p ON p.id = r.payment_id
    """,
    "payments_refund_lines": """
        SELECT l.order_item_id, l.quantity, r.status, r.request_id
        FROM refund_lines l JOIN refunds r ON r.id = l.refund_id
    """,
}


def upgrade() -> None:
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
