"""states of orders; refunds before shipping"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# The word of three states (`OrderStates.status` in shared.contexts.ordering.order_status).
STATUS = """
CREATE FUNCTION order_status(state text, payment_status text, fulfilment_status text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN payment_status = 'refunded' THEN 'refunded'
    WHEN state = 'cancelled' THEN 'cancelled'
    WHEN payment_status = 'unpaid' THEN 'pending'
    WHEN fulfilment_status IN ('shipped', 'delivered') THEN fulfilment_status
    WHEN payment_status = 'partially_refunded' THEN 'partially_refunded'
    WHEN fulfilment_status = 'unfulfilled' THEN 'paid'
    ELSE 'processing'
END
"""

# The only writer of `orders.status`. A version that does not know the three states writes the word alone, and it is
# translated; whatever is written, the word is what the three states make of it.
DERIVE = """
CREATE FUNCTION derive_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    knows_states boolean := CASE WHEN TG_OP = 'INSERT'
        THEN (NEW.state, NEW.payment_status, NEW.fulfilment_status) <> ('open', 'unpaid', 'unfulfilled')
        ELSE (NEW.state, NEW.payment_status, NEW.fulfilment_status)
            <> (OLD.state, OLD.payment_status, OLD.fulfilment_status) OR NEW.status = OLD.status
    END;
BEGIN
    IF NOT knows_states AND NEW.status <> 'pending' THEN
        IF NEW.status <> 'cancelled' AND NEW.payment_status = 'unpaid' THEN
            NEW.payment_status := 'paid';
        END IF;
        CASE NEW.status
            WHEN 'paid' THEN NEW.state := 'open';
            WHEN 'cancelled' THEN NEW.state := 'cancelled';
            WHEN 'refunded', 'partially_refunded' THEN NEW.payment_status := NEW.status;
            WHEN 'delivered' THEN
                NEW.fulfilment_status := 'delivered';
                NEW.state := 'completed';
            WHEN 'shipped' THEN NEW.fulfilment_status := 'shipped';
            WHEN 'processing' THEN
                IF NEW.fulfilment_status = 'unfulfilled' THEN
                    NEW.fulfilment_status := 'processing';
                END IF;
        END CASE;
    END IF;
    NEW.status := order_status(NEW.state, NEW.payment_status, NEW.fulfilment_status);
    RETURN NEW;
END $$
"""

TRIGGER = """
CREATE TRIGGER derive_order_status BEFORE INSERT OR UPDATE OF status, state, payment_status, fulfilment_status ON orders
FOR EACH ROW EXECUTE FUNCTION derive_order_status()
"""

# Units that refunds by hand took before they were shipped, the oldest refund first: those that no parcel holds.
BACKFILL_UNSHIPPED = """
UPDATE refund_lines l SET unshipped_quantity = greatest(0, least(f.quantity, f.never_shipped - f.before))
FROM (
    SELECT l.refund_id, l.order_item_id, l.quantity,
        i.quantity - coalesce((SELECT sum(s.quantity) FROM shipment_lines s WHERE s.order_item_id = i.id), 0)::int
            AS never_shipped,
        (sum(l.quantity) OVER (PARTITION BY l.order_item_id ORDER BY r.id) - l.quantity)::int AS before
    FROM refund_lines l JOIN refunds r ON r.id = l.refund_id JOIN order_items i ON i.id = l.order_item_id
    WHERE r.status <> 'failed' AND r.request_id IS NULL
) f WHERE l.refund_id = f.refund_id AND l.order_item_id = f.order_item_id
"""

BACKFILL_REFUNDED = """
UPDATE order_items i SET refunded_quantity = least(f.quantity, i.quantity),
    refunded_amount = least(f.amount, i.total_amount)
FROM (
    SELECT l.order_item_id, sum(l.quantity)::int AS quantity, sum(l.amount)::bigint AS amount
    FROM refund_lines l JOIN refunds r ON r.id = l.refund_id WHERE r.status = 'succeeded' GROUP BY 1
) f WHERE f.order_item_id = i.id
"""

BACKFILL_STATES = """
UPDATE orders o SET requires_shipping = f.requires_shipping,
    payment_status = f.payment_status,
    state = CASE WHEN f.is_cancelled THEN 'cancelled'
        WHEN f.payment_status = 'refunded' OR f.fulfilment_status = 'delivered' THEN 'completed' ELSE 'open' END,
    fulfilment_status = f.fulfilment_status
FROM (
    SELECT g.*, CASE
        WHEN g.was_delivered OR g.parcels > 0 AND g.parcels_in_transit = 0 AND g.remaining <= 0 THEN 'delivered'
        WHEN (g.was_shipped OR g.parcels > 0) AND g.remaining <= 0 THEN 'shipped'
        WHEN g.parcels > 0 THEN 'partially_shipped'
        WHEN g.is_digital_and_clear THEN 'delivered'
        WHEN g.was_processing THEN 'processing'
        ELSE 'unfulfilled' END AS fulfilment_status
    FROM (
        SELECT b.id, b.cancelled_at IS NOT NULL AS is_cancelled, units.requires_shipping, units.remaining,
            CASE WHEN b.status = 'refunded' THEN 'refunded'
                WHEN b.status = 'pending' OR b.paid_at IS NULL THEN 'unpaid'
                WHEN b.status = 'partially_refunded' OR paying.amount_refunded > 0 THEN 'partially_refunded'
                ELSE 'paid' END AS payment_status,
            timeline.was_delivered, timeline.was_shipped, timeline.was_processing, sent.parcels,
            sent.parcels_in_transit,
            NOT units.requires_shipping AND b.paid_at IS NOT NULL AND b.cancelled_at IS NULL
                AND b.status <> 'refunded' AND NOT coalesce(paying.is_held, false) AS is_digital_and_clear
        FROM orders b
        CROSS JOIN LATERAL (
            SELECT coalesce(bool_or(v.requires_shipping), false) AS requires_shipping,
                coalesce(sum(i.quantity - x.shipped - x.removed) FILTER (WHERE v.requires_shipping), 0) AS remaining
            FROM order_items i JOIN variants v ON v.id = i.variant_id CROSS JOIN LATERAL (
                SELECT coalesce((SELECT sum(s.quantity) FROM shipment_lines s WHERE s.order_item_id = i.id), 0)
                        AS shipped,
                    coalesce((SELECT sum(l.unshipped_quantity) FROM refund_lines l JOIN refunds r ON r.id = l.refund_id
                        WHERE l.order_item_id = i.id AND r.status <> 'failed'), 0) AS removed
            ) x WHERE i.order_id = b.id
        ) units
        CROSS JOIN LATERAL (
            SELECT coalesce(bool_or(c.after = 'delivered'), false) AS was_delivered,
                coalesce(bool_or(c.after = 'shipped'), false) AS was_shipped,
                coalesce(bool_or(c.after = 'processing'), false) AS was_processing
            FROM order_status_changes c WHERE c.order_id = b.id
        ) timeline
        CROSS JOIN LATERAL (
            SELECT count(*) AS parcels, count(*) FILTER (WHERE s.status = 'shipped') AS parcels_in_transit
            FROM shipments s WHERE s.order_id = b.id
        ) sent
        LEFT JOIN LATERAL (
            SELECT p.amount_refunded, EXISTS (SELECT FROM fraud_decisions f WHERE f.checkout_id = p.checkout_id
                    AND f.decision = 'review' AND f.verdict IS DISTINCT FROM 'accepted')
                OR EXISTS (SELECT FROM disputes d WHERE d.payment_id = p.id
                    AND d.status NOT IN ('won', 'warning_closed', 'prevented')) AS is_held
            FROM payments p WHERE p.order_id = b.id AND p.provider_payment_id = b.payment_intent_id
        ) paying ON true
    ) g
) f WHERE f.id = o.id
"""

CHECKS = {
    "state": "state IN ('open', 'completed', 'cancelled')",
    "payment_status": "payment_status IN ('unpaid', 'paid', 'partially_refunded', 'refunded')",
    "fulfilment_status": (
        "fulfilment_status IN ('unfulfilled', 'processing', 'partially_shipped', 'shipped', 'delivered')"
    ),
}

# What `?status=` finds beside the orders of exactly this word (`functions.ordering.repository.order_details`).
INDEXES = {
    "ix_orders_unfulfilled": (
        "state = 'open' AND fulfilment_status = 'unfulfilled' AND payment_status IN ('paid', 'partially_refunded')"
    ),
    "ix_orders_in_progress": (
        "state = 'open' AND fulfilment_status IN ('processing', 'partially_shipped')"
        " AND payment_status IN ('paid', 'partially_refunded')"
    ),
    "ix_orders_partially_refunded": "payment_status = 'partially_refunded' AND state <> 'cancelled'",
}


def upgrade() -> None:
    for column, default in (("state", "open"), ("payment_status", "unpaid"), ("fulfilment_status", "unfulfilled")):
        op.add_column("orders", sa.Column(column, sa.String(20), server_default=default, nullable=False))
    op.add_column(
        "orders", sa.Column("requires_shipping", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.add_column(
        "order_items", sa.Column("requires_shipping", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.add_column(
        "order_items", sa.Column("refunded_quantity", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "order_items", sa.Column("refunded_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("payments", sa.Column("provider_charge_id", sa.String(255), nullable=True))
    op.add_column("payments", sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("refunds", sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("refunds", sa.Column("restock", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    for column in ("unshipped_quantity", "restock_quantity"):
        op.add_column("refund_lines", sa.Column(column, sa.Integer(), server_default=sa.text("0"), nullable=False))
        op.create_check_constraint(
            op.f(f"ck_refund_lines_{column}"), "refund_lines", f"{column} BETWEEN 0 AND quantity"
        )
    op.drop_constraint("ck_refunds_amount", "refunds")
    op.create_check_constraint(op.f("ck_refunds_amount"), "refunds", "amount >= 0")
    op.execute("UPDATE refunds SET succeeded_at = updated_at WHERE status = 'succeeded'")
    # A version before does not write it: what it sells of files in the meantime is marked as delivered by hand.
    op.execute(
        "UPDATE order_items i SET requires_shipping = false FROM variants v"
        " WHERE v.id = i.variant_id AND NOT v.requires_shipping"
    )
    for statement in (BACKFILL_UNSHIPPED, BACKFILL_REFUNDED, STATUS, DERIVE, BACKFILL_STATES):
        op.execute(statement)
    op.execute(
        "UPDATE orders SET status = order_status(state, payment_status, fulfilment_status)"
        " WHERE status <> order_status(state, payment_status, fulfilment_status)"
    )
    op.execute(TRIGGER)
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_orders_{name}"), "orders", condition)
    for name, condition in INDEXES.items():
        op.create_index(name, "orders", ["id"], postgresql_where=sa.text(condition))


def downgrade() -> None:
    op.execute("DROP TRIGGER derive_order_status ON orders")
    op.execute("DROP FUNCTION derive_order_status()")
    op.execute("DROP FUNCTION order_status(text, text, text)")
    for name in INDEXES:
        op.drop_index(name, "orders")
    for name in CHECKS:
        op.drop_constraint(f"ck_orders_{name}", "orders")
    for column in ("requires_shipping", "fulfilment_status", "payment_status", "state"):
        op.drop_column("orders", column)
    op.drop_column("order_items", "refunded_amount")
    op.drop_column("order_items", "requires_shipping")
    op.drop_column("order_items", "refunded_quantity")
    op.execute("DELETE FROM refund_lines WHERE refund_id IN (SELECT id FROM refunds WHERE amount = 0)")
    op.execute("DELETE FROM refunds WHERE amount = 0")
    op.drop_constraint("ck_refunds_amount", "refunds")
    op.create_check_constraint(op.f("ck_refunds_amount"), "refunds", "amount > 0")
    for column in ("restock_quantity", "unshipped_quantity"):
        op.drop_column("refund_lines", column)
    op.drop_column("refunds", "restock")
    op.drop_column("refunds", "succeeded_at")
    op.drop_column("payments", "succeeded_at")
    op.drop_column("payments", "provider_charge_id")
