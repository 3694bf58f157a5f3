"""ordering tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UPDATED = ("carts", "orders")

# Orders lie in months of their ids: a UUIDv7 begins with its millisecond (RFC 9562, section 5.7).
UUIDV7_FLOOR = """
CREATE FUNCTION uuidv7_floor(moment timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN rpad(lpad(to_hex(ceil(greatest(extract(epoch FROM moment), 0) * 1000)::bigint), 12, '0'), 32, '0')::uuid
"""

# All months are ranges, the two ends without end as well: with a default partition, a list could not be read from one
# month after the other. An end can be cut while it is empty, which it is as long as months are made ahead.
# The lock is given up before PostgreSQL looks for deadlocks (1 s), so that of two it is never a purchase that fails.
EXTEND_ORDER_PARTITIONS = """
CREATE FUNCTION extend_order_partitions(earliest timestamptz, latest timestamptz) RETURNS integer
LANGUAGE plpgsql SET lock_timeout = '500ms' SET timezone = 'UTC' AS $$
DECLARE
    one_month CONSTANT interval := '1 month';
    first_month timestamptz;
    next_month timestamptz;
    month timestamptz;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('extend_order_partitions'));
    SELECT min(to_date(c.relname, '"orders_"YYYY_MM')), max(to_date(c.relname, '"orders_"YYYY_MM')) + one_month
    INTO first_month, next_month
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'orders'::regclass AND c.relname ~ '^orders_[0-9]{4}_[0-9]{2}$';
    IF latest >= next_month THEN
        ALTER TABLE orders DETACH PARTITION orders_after;
        FOR month IN SELECT generate_series(next_month, date_trunc('month', latest), one_month) LOOP
            PERFORM make_order_partition(month);
            made := made + 1;
        END LOOP;
        EXECUTE format('ALTER TABLE orders ATTACH PARTITION orders_after FOR VALUES FROM (%L) TO (MAXVALUE)',
            uuidv7_floor(date_trunc('month', latest) + one_month));
    END IF;
    IF earliest < first_month THEN
        ALTER TABLE orders DETACH PARTITION orders_before;
        FOR month IN SELECT generate_series(date_trunc('month', earliest), first_month - one_month, one_month) LOOP
            PERFORM make_order_partition(month);
            made := made + 1;
        END LOOP;
        EXECUTE format('ALTER TABLE orders ATTACH PARTITION orders_before FOR VALUES FROM (MINVALUE) TO (%L)',
            uuidv7_floor(date_trunc('month', earliest)));
    END IF;
    RETURN made;
END $$
"""

MAKE_ORDER_PARTITION = """
CREATE FUNCTION make_order_partition(month timestamptz) RETURNS void
LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    name CONSTANT text := to_char(month, '"orders_"YYYY_MM');
BEGIN
    EXECUTE format('CREATE TABLE %I PARTITION OF orders FOR VALUES FROM (%L) TO (%L)',
        name, uuidv7_floor(month), uuidv7_floor(month + interval '1 month'));
END $$
"""

FIRST_ORDER_PARTITIONS = (
    "SELECT make_order_partition(date_trunc('month', now(), 'UTC'))",
    "DO $$ BEGIN"
    " EXECUTE format('CREATE TABLE orders_before PARTITION OF orders FOR VALUES FROM (MINVALUE) TO (%L)',"
    "  uuidv7_floor(date_trunc('month', now(), 'UTC')));"
    " EXECUTE format('CREATE TABLE orders_after PARTITION OF orders FOR VALUES FROM (%L) TO (MAXVALUE)',"
    "  uuidv7_floor(date_trunc('month', now(), 'UTC') + interval '1 month'));"
    " END $$",
    "SELECT extend_order_partitions(now() - interval '1 month', now() + interval '3 months')",
)


def upgrade() -> None:
    op.create_table(
        "carts",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_carts_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carts")),
        sa.UniqueConstraint("user_id", name=op.f("uq_carts_user_id")),
    )
    op.create_index(
        "ix_carts_expires_at", "carts", ["expires_at"], unique=False, postgresql_where=sa.text("user_id IS NULL")
    )
    op.create_table(
        "checkouts",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("subtotal_amount", sa.BigInteger(), nullable=False),
        sa.Column("shipping_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("shipping_address", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.String(length=20), server_default=sa.text("'open'"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'ordered', 'paid', 'expired', 'abandoned')", name=op.f("ck_checkouts_status")
        ),
        sa.CheckConstraint(
            "total_amount = subtotal_amount + shipping_amount + tax_amount - discount_amount",
            name=op.f("ck_checkouts_total"),
        ),
        sa.CheckConstraint("total_amount >= 0", name=op.f("ck_checkouts_total_amount")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_checkouts_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkouts")),
    )
    op.create_index(
        "ix_checkouts_expires_at",
        "checkouts",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('open', 'ordered')"),
    )
    op.create_index("ix_checkouts_cart", "checkouts", ["cart_id"], unique=False)
    op.create_index(
        "uq_checkouts_open_cart", "checkouts", ["cart_id"], unique=True, postgresql_where=sa.text("status = 'open'")
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("status", sa.String(length=20), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("subtotal_amount", sa.BigInteger(), nullable=False),
        sa.Column("shipping_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("shipping_address", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("payment_intent_id", sa.String(length=255), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            sa.Computed("uuid_extract_timestamp(id)", persisted=True),
            nullable=False,
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'paid', 'processing', 'shipped', 'delivered', 'cancelled', 'refunded',"
            " 'partially_refunded')",
            name=op.f("ck_orders_status"),
        ),
        sa.CheckConstraint(
            "total_amount = subtotal_amount + shipping_amount + tax_amount - discount_amount",
            name=op.f("ck_orders_total"),
        ),
        sa.ForeignKeyConstraint(["checkout_id"], ["checkouts.id"], name=op.f("fk_orders_checkout_id_checkouts")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_orders_user_id_users"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        postgresql_partition_by="RANGE (id)",
    )
    op.create_index("ix_orders_status", "orders", ["status", "id"], unique=False)
    op.create_table(
        "order_keys",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_keys_order_id_orders"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_order_keys_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_keys")),
        sa.UniqueConstraint("checkout_id", name=op.f("uq_order_keys_checkout_id")),
        sa.UniqueConstraint("number", name=op.f("uq_order_keys_number")),
    )
    op.create_index("ix_order_keys_email", "order_keys", [sa.text("lower(email)"), "order_id"], unique=False)
    op.create_index("ix_order_keys_user", "order_keys", ["user_id", "order_id"], unique=False)
    op.create_table(
        "cart_items",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_at_time", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 999", name=op.f("ck_cart_items_quantity")),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["carts.id"], name=op.f("fk_cart_items_cart_id_carts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_cart_items_variant_id_variants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_items")),
        sa.UniqueConstraint("cart_id", "variant_id", name=op.f("uq_cart_items_cart_id_variant_id")),
    )
    op.create_table(
        "checkout_lines",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("variant_title", sa.String(length=800), nullable=False),
        sa.Column("sku", sa.String(length=255), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkouts.id"], name=op.f("fk_checkout_lines_checkout_id_checkouts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_checkout_lines_product_id_products")),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name=op.f("fk_checkout_lines_variant_id_variants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkout_lines")),
        sa.UniqueConstraint("checkout_id", "variant_id", name=op.f("uq_checkout_lines_checkout_id_variant_id")),
    )
    op.create_table(
        "order_items",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("variant_title", sa.String(length=800), nullable=False),
        sa.Column("sku", sa.String(length=255), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_amount", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_items_order_id_orders"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_order_items_product_id_products")),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name=op.f("fk_order_items_variant_id_variants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_items")),
    )
    op.create_index("ix_order_items_order", "order_items", ["order_id"], unique=False)
    op.create_table(
        "order_status_changes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=True),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_status_changes_order_id_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_status_changes")),
    )
    op.create_index("ix_order_status_changes_order", "order_status_changes", ["order_id", "id"], unique=False)
    for table in UPDATED:
        op.execute(
            f"CREATE TRIGGER set_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )
    for statement in (UUIDV7_FLOOR, MAKE_ORDER_PARTITION, EXTEND_ORDER_PARTITIONS, *FIRST_ORDER_PARTITIONS):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_order_status_changes_order", table_name="order_status_changes")
    op.drop_table("order_status_changes")
    op.drop_index("ix_order_items_order", table_name="order_items")
    op.drop_table("order_items")
    op.drop_table("checkout_lines")
    op.drop_table("cart_items")
    op.drop_table("order_keys")
    op.drop_index("ix_orders_status", table_name="orders")
    op.drop_table("orders")
    op.execute("DROP FUNCTION extend_order_partitions, make_order_partition, uuidv7_floor")
    op.drop_index("ix_checkouts_cart", table_name="checkouts")
    op.drop_index("uq_checkouts_open_cart", table_name="checkouts", postgresql_where=sa.text("status = 'open'"))
    op.drop_index(
        "ix_checkouts_expires_at", table_name="checkouts", postgresql_where=sa.text("status IN ('open', 'ordered')")
    )
    op.drop_table("checkouts")
    op.drop_index("ix_carts_expires_at", table_name="carts", postgresql_where=sa.text("user_id IS NULL"))
    op.drop_table("carts")
