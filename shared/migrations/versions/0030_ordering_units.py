"""what holds goods back; units of orders in one view; owed stock"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

VIEWS = {
    "catalog_downloads": "SELECT order_item_id, media_id, downloads FROM media_downloads",
    # Refunds that failed after they had succeeded have taken units off all the same.
    "payments_refunded_units": """
        SELECT l.order_item_id, sum(l.quantity) FILTER (WHERE r.status <> 'failed')::int AS refunded,
            sum(l.unshipped_quantity) FILTER (WHERE r.status <> 'failed' OR r.succeeded_at IS NOT NULL)::int AS removed
        FROM refund_lines l JOIN refunds r ON r.id = l.refund_id GROUP BY l.order_item_id
    """,
    # A charge is judged by an event of its own, which may come after that of its payment; one that never comes holds
    # nothing up for longer than an hour.
    "payments_holds": """
        SELECT p.order_id, p.provider_payment_id,
            EXISTS (SELECT FROM fraud_decisions f WHERE f.checkout_id = p.checkout_id
                AND f.decision = 'review' AND f.verdict IS DISTINCT FROM 'accepted')
            OR EXISTS (SELECT FROM fraud_decisions f WHERE f.provider = p.provider
                AND f.provider_charge_id = p.provider_charge_id AND f.decision = 'block') AS is_on_hold,
            EXISTS (SELECT FROM disputes d WHERE d.payment_id = p.id
                AND d.status NOT IN ('won', 'warning_closed', 'prevented')) AS is_disputed,
            p.provider_charge_id IS NOT NULL AND p.succeeded_at > now() - interval '1 hour'
            AND NOT EXISTS (SELECT FROM fraud_decisions f WHERE f.provider = p.provider
                AND f.provider_charge_id = p.provider_charge_id) AS is_unjudged,
            p.amount_captured > 0 AND p.amount_captured <= (SELECT coalesce(sum(r.amount), 0) FROM refunds r
                WHERE r.payment_id = p.id AND r.status <> 'failed') AS is_refunded
        FROM payments p WHERE p.order_id IS NOT NULL
    """,
    "ordering_units": """
        SELECT i.id, i.order_id, i.variant_id, i.name, i.variant_title, i.quantity, i.total_amount,
            i.requires_shipping, sent.shipped, sent.delivered, units.downloaded, units.refunded, units.removed,
            units.handed_over,
            CASE WHEN o.state = 'cancelled' OR o.payment_status = 'refunded' THEN 0
                ELSE greatest(0, i.quantity - units.removed - units.handed_over) END AS remaining,
            i.product_id, i.sku, i.unit_amount, i.discount_amount, i.tax_amount, i.tax_rate_basis_points
        FROM order_items i JOIN orders o ON o.id = i.order_id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(l.quantity), 0)::int AS shipped,
                coalesce(sum(l.quantity) FILTER (WHERE s.status = 'delivered'), 0)::int AS delivered
            FROM shipment_lines l JOIN shipments s ON s.id = l.shipment_id WHERE l.order_item_id = i.id
        ) sent
        CROSS JOIN LATERAL (
            SELECT count(*) > 0 AS downloaded FROM catalog_downloads d WHERE d.order_item_id = i.id
        ) files
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(f.refunded), 0)::int AS refunded, coalesce(sum(f.removed), 0)::int AS removed
            FROM payments_refunded_units f WHERE f.order_item_id = i.id
        ) money
        CROSS JOIN LATERAL (
            SELECT files.downloaded, money.refunded, money.removed, CASE WHEN i.requires_shipping
                THEN sent.shipped WHEN files.downloaded THEN i.quantity - money.removed ELSE 0 END AS handed_over
        ) units
    """,
}

REPLACED = {
    "ordering_orders": (
        """
        SELECT id, number, user_id, email, language, status, payment_intent_id, total_amount, tax_amount,
            shipping_amount, prices_include_tax, paid_at, created_at, state, payment_status, fulfilment_status,
            requires_shipping
        FROM orders
        """,
        """
        SELECT id, number, user_id, email, language, status, payment_intent_id, total_amount, tax_amount,
            shipping_amount, prices_include_tax, paid_at, created_at
        FROM orders
        """,
    ),
    # A cancelled order that was delivered held files that nobody had downloaded.
    "ordering_deliveries": (
        "SELECT id AS order_id FROM orders WHERE fulfilment_status = 'delivered' AND state <> 'cancelled'",
        "SELECT order_id FROM order_status_changes WHERE after = 'delivered'",
    ),
    "ordering_purchases": (
        """
        SELECT o.id AS order_id, o.user_id, i.product_id, i.quantity - i.refunded_quantity AS quantity, o.created_at,
            o.currency, o.paid_at, i.total_amount - i.refunded_amount AS amount
        FROM orders o JOIN order_items i ON i.order_id = o.id
        WHERE o.payment_status IN ('paid', 'partially_refunded') AND o.state <> 'cancelled'
            AND i.quantity > i.refunded_quantity
        """,
        """
        SELECT o.id AS order_id, o.user_id, i.product_id, i.quantity, o.created_at
        FROM orders o JOIN order_items i ON i.order_id = o.id
        WHERE o.status IN ('paid', 'processing', 'shipped', 'delivered', 'partially_refunded')
        """,
    ),
}

READERS = {
    "ordering_orders": "catalog discovery notifications payments",
    "ordering_deliveries": "catalog",
    "ordering_purchases": "catalog discovery",
}

GRANTS = {
    "sharestack_catalog": {"LOCK": "orders", "SELECT": "orders payments_holds payments_refunded_units"},
    "sharestack_ordering": {"SELECT": "catalog_downloads ordering_units payments_holds"},
    "sharestack_payments": {
        "INSERT": "cart_coupons cart_items",
        "SELECT": "catalog_downloads catalog_offers ordering_units payments_holds return_lines shipments",
        "UPDATE": "order_items return_lines",
    },
}


def upgrade() -> None:
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")
    for name, (after, _) in REPLACED.items():
        op.execute(f"CREATE OR REPLACE VIEW {name} AS {after}")
    # Sales of backorders from before moved no more than what was there: what they owe cannot be known, and is 0.
    op.add_column("stock_levels", sa.Column("owed", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_check_constraint(op.f("ck_stock_levels_owed"), "stock_levels", "owed >= 0 AND (owed = 0 OR on_hand = 0)")
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                granted = "UPDATE (id)" if privilege == "LOCK" else privilege
                op.execute(f"GRANT {granted} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                granted = "UPDATE (id)" if privilege == "LOCK" else privilege
                op.execute(f"REVOKE {granted} ON {', '.join(names.split())} FROM {role}")
    op.drop_constraint("ck_stock_levels_owed", "stock_levels")
    # The sum of the movements stays what is on hand.
    op.execute(
        "INSERT INTO stock_movements (variant_id, quantity, reason, note)"
        " SELECT variant_id, owed, 'correction', 'owed units are not counted any more' FROM stock_levels WHERE owed > 0"
    )
    op.drop_column("stock_levels", "owed")
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    for name, (_, before) in REPLACED.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(f"CREATE VIEW {name} AS {before}")
        if _roles_exist():
            readers = ", ".join(f"sharestack_{context}" for context in READERS[name].split())
            op.execute(f"GRANT SELECT ON {name} TO {readers}")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (as in 0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = 'sharestack_ordering'")
    found: int = op.get_bind().execute(statement).scalar_one()
    return found > 0
