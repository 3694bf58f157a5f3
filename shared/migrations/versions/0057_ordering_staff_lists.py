"""ordering: what staff look orders up by: how a number begins, a product, an amount"""

from __future__ import annotations

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_order_keys_number": "order_keys (number varchar_pattern_ops)",
    "ix_order_items_product": "order_items (product_id, order_id)",
    # Of the partitioned table: each month has one, also those that are made later.
    "ix_orders_total": "orders (currency, total_amount, id)",
}


def upgrade() -> None:
    for name, place in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {place}")


def downgrade() -> None:
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
