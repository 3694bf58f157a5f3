"""ordering pricing"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LINES = ("checkout_lines", "order_items")
PRICED = ("checkouts", "orders")
UPDATED = ("shipping_zones", "shipping_rates", "tax_rates")

TOTAL = (
    "total_amount = subtotal_amount + shipping_amount - discount_amount"
    " + CASE WHEN prices_include_tax THEN 0 ELSE tax_amount END"
)
TOTAL_BEFORE = "total_amount = subtotal_amount + shipping_amount + tax_amount - discount_amount"
LINE_TOTAL = (
    "total_amount IN (quantity * unit_amount - discount_amount, quantity * unit_amount - discount_amount + tax_amount)"
    " AND discount_amount BETWEEN 0 AND quantity * unit_amount AND tax_amount >= 0"
)


def upgrade() -> None:
    for table in PRICED:
        _price_documents(table)
    for table in LINES:
        _price_lines(table)
    op.add_column("checkouts", sa.Column("shipping_rate_id", sa.Uuid(), nullable=True))
    _create_coupons()
    _create_shipping()
    _create_tax()
    for table in UPDATED:
        op.execute(
            f"CREATE TRIGGER set_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )
    op.execute(
        "CREATE TRIGGER set_updated_at BEFORE UPDATE ON coupons FOR EACH ROW"
        " WHEN (old.version <> new.version) EXECUTE FUNCTION set_updated_at()"
    )


def downgrade() -> None:
    op.drop_table("tax_rates")
    op.drop_index("ix_shipping_rates_zone", table_name="shipping_rates")
    op.drop_table("shipping_rates")
    op.drop_index("ix_shipping_zones_countries", table_name="shipping_zones", postgresql_using="gin")
    op.drop_table("shipping_zones")
    op.drop_table("coupon_customers")
    op.drop_table("coupon_redemptions")
    op.drop_table("cart_coupons")
    op.drop_index("uq_coupons_code", table_name="coupons", postgresql_where=sa.text("deleted_at IS NULL"))
    op.drop_table("coupons")
    op.drop_column("checkouts", "shipping_rate_id")
    for table in LINES:
        op.drop_constraint(op.f(f"ck_{table}_total"), table, type_="check")
        for column in ("total_amount", "tax_rate_basis_points", "tax_amount", "discount_amount"):
            op.drop_column(table, column)
    for table in PRICED:
        op.drop_constraint(op.f(f"ck_{table}_total"), table, type_="check")
        op.execute(f"UPDATE {table} SET tax_amount = 0 WHERE prices_include_tax")
        op.execute(f"UPDATE {table} SET shipping_address = '{{}}' WHERE shipping_address IS NULL")
        op.create_check_constraint(op.f(f"ck_{table}_total"), table, TOTAL_BEFORE)
        op.alter_column(table, "shipping_address", nullable=False)
        for column in ("language", "shipping_method", "shipping_tax_amount", "prices_include_tax"):
            op.drop_column(table, column)


def _price_documents(table: str) -> None:
    op.add_column(table, sa.Column("prices_include_tax", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column(table, sa.Column("shipping_tax_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column(table, sa.Column("shipping_method", sa.String(length=100), nullable=True))
    op.add_column(table, sa.Column("language", sa.String(length=35), server_default=sa.text("'en'"), nullable=False))
    op.alter_column(table, "shipping_address", nullable=True)
    op.drop_constraint(op.f(f"ck_{table}_total"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_total"), table, TOTAL)


def _price_lines(table: str) -> None:
    op.add_column(table, sa.Column("discount_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column(table, sa.Column("tax_amount", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column(table, sa.Column("tax_rate_basis_points", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column(table, sa.Column("total_amount", sa.BigInteger(), nullable=True))
    op.execute(f"UPDATE {table} SET total_amount = quantity * unit_amount")
    op.alter_column(table, "total_amount", nullable=False)
    op.create_check_constraint(op.f(f"ck_{table}_total"), table, LINE_TOTAL)


def _create_coupons() -> None:
    op.create_table(
        "coupons",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("percent_basis_points", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("buy_quantity", sa.Integer(), nullable=True),
        sa.Column("get_quantity", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("minimum_subtotal_amount", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("total_limit", sa.Integer(), nullable=True),
        sa.Column("per_customer_limit", sa.Integer(), nullable=True),
        sa.Column("category_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("product_ids", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_combinable", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("redeemed_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        *_version_and_times(),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("code = upper(code)", name=op.f("ck_coupons_code")),
        sa.CheckConstraint(
            "CASE kind WHEN 'percentage' THEN percent_basis_points BETWEEN 1 AND 10000"
            " WHEN 'fixed' THEN amount > 0 AND currency IS NOT NULL"
            " WHEN 'buy_x_get_y' THEN buy_quantity > 0 AND get_quantity > 0"
            " ELSE kind = 'free_shipping' END",
            name=op.f("ck_coupons_kind"),
        ),
        sa.CheckConstraint(
            "minimum_subtotal_amount IS NULL OR currency IS NOT NULL", name=op.f("ck_coupons_minimum_subtotal")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_coupons_period")),
        sa.CheckConstraint("total_limit > 0 AND per_customer_limit > 0", name=op.f("ck_coupons_limits")),
        sa.CheckConstraint("redeemed_count >= 0", name=op.f("ck_coupons_redeemed_count")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupons")),
    )
    op.create_index("uq_coupons_code", "coupons", ["code"], unique=True, postgresql_where=sa.text("deleted_at IS NULL"))
    op.create_table(
        "cart_coupons",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["carts.id"], name=op.f("fk_cart_coupons_cart_id_carts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.id"], name=op.f("fk_cart_coupons_coupon_id_coupons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_coupons")),
        sa.UniqueConstraint("cart_id", "coupon_id", name=op.f("uq_cart_coupons_cart_id_coupon_id")),
    )
    op.create_table(
        "coupon_redemptions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("customer", sa.String(length=254), nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), nullable=False),
        sa.Column("shipping_discount_amount", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkout_id"],
            ["checkouts.id"],
            name=op.f("fk_coupon_redemptions_checkout_id_checkouts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.id"], name=op.f("fk_coupon_redemptions_coupon_id_coupons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupon_redemptions")),
        sa.UniqueConstraint("checkout_id", "coupon_id", name=op.f("uq_coupon_redemptions_checkout_id_coupon_id")),
    )
    op.create_table(
        "coupon_customers",
        sa.Column("coupon_id", sa.Uuid(), nullable=False),
        sa.Column("customer", sa.String(length=254), nullable=False),
        sa.Column("redeemed_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("redeemed_count >= 0", name=op.f("ck_coupon_customers_redeemed_count")),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.id"], name=op.f("fk_coupon_customers_coupon_id_coupons")),
        sa.PrimaryKeyConstraint("coupon_id", "customer", name=op.f("pk_coupon_customers")),
    )


def _create_shipping() -> None:
    op.create_table(
        "shipping_zones",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("regions", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("postal_prefixes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        *_version_and_times(),
        sa.CheckConstraint("cardinality(countries) > 0", name=op.f("ck_shipping_zones_countries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_zones")),
    )
    op.create_index(
        "ix_shipping_zones_countries", "shipping_zones", ["countries"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "shipping_rates",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("zone_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("bands", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("free_from_amount", sa.BigInteger(), nullable=True),
        sa.Column("min_days", sa.Integer(), nullable=True),
        sa.Column("max_days", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        *_version_and_times(),
        sa.CheckConstraint(
            "CASE kind WHEN 'flat' THEN amount >= 0"
            " ELSE kind IN ('by_weight', 'by_subtotal') AND jsonb_array_length(bands) > 0 END",
            name=op.f("ck_shipping_rates_kind"),
        ),
        sa.CheckConstraint("min_days >= 0 AND max_days >= min_days", name=op.f("ck_shipping_rates_days")),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["shipping_zones.id"],
            name=op.f("fk_shipping_rates_zone_id_shipping_zones"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_rates")),
    )
    op.create_index("ix_shipping_rates_zone", "shipping_rates", ["zone_id", "id"], unique=False)


def _create_tax() -> None:
    op.create_table(
        "tax_rates",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(length=100), server_default=sa.text("''"), nullable=False),
        sa.Column("rate_basis_points", sa.Integer(), nullable=False),
        sa.Column("prices_include_tax", sa.Boolean(), nullable=False),
        sa.Column("shipping_taxable", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "category_rates", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False
        ),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        *_version_and_times(),
        sa.CheckConstraint("rate_basis_points BETWEEN 0 AND 10000", name=op.f("ck_tax_rates_rate_basis_points")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rates")),
        sa.UniqueConstraint("country", "region", name=op.f("uq_tax_rates_country_region")),
    )


def _version_and_times() -> list[sa.Column[object]]:
    now = sa.text("now()")
    return [
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
    ]
