"""views of ordering"""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

VIEWS = {
    "ordering_checkouts": """
        SELECT id, cart_id, user_id, email, currency, total_amount, status, shipping_address, expires_at FROM checkouts
    """,
    "ordering_buyers": "SELECT order_id, user_id, email FROM order_keys",
    "ordering_orders": """
        SELECT id, number, user_id, email, language, status, payment_intent_id, total_amount, tax_amount,
            shipping_amount, prices_include_tax, paid_at, created_at
        FROM orders
    """,
    "ordering_order_lines": """
        SELECT id, order_id, product_id, variant_id, name, variant_title, quantity, total_amount, tax_amount
        FROM order_items
    """,
    "ordering_purchases": """
        SELECT o.id AS order_id, o.user_id, i.product_id, i.quantity, o.created_at
        FROM orders o JOIN order_items i ON i.order_id = o.id
        WHERE o.status IN ('paid', 'processing', 'shipped', 'delivered', 'partially_refunded')
    """,
    "ordering_deliveries": "SELECT order_id FROM order_status_changes WHERE after = 'delivered'",
    "ordering_cart_lines": """
        SELECT c.user_id, i.variant_id FROM carts c JOIN cart_items i ON i.cart_id = c.id
    """,
}


def upgrade() -> None:
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
