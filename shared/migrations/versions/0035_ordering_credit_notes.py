"""ordering: issued invoices never change, credit notes; analytics: days of the shop's time zone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

# What is issued is written once. Two things may still happen to an invoice: one from before its contents were written
# down gets them, and the buyer is erased, but for country and region (docs/decisions/0036-personal-data.md).
KEEP_INVOICES = """
CREATE FUNCTION refuse_change_of_invoices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place jsonb := OLD.buyer -> 'address';
    erased jsonb := jsonb_build_object('name', '[erased]', 'line1', '[erased]', 'city', '[erased]',
        'region', place -> 'region', 'country', place -> 'country');
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.order_id, NEW.year, NEW.sequence, NEW.issued_at, NEW.issued_on)
            IS NOT DISTINCT FROM (OLD.order_id, OLD.year, OLD.sequence, OLD.issued_at, OLD.issued_on)
    THEN
        IF OLD.contents IS NULL THEN
            RETURN NEW;
        END IF;
        IF NEW.contents = OLD.contents AND (NEW.buyer = OLD.buyer OR NEW.buyer ->> 'email' LIKE '%@erased.invalid'
            AND NEW.buyer - 'email' = jsonb_build_object('address',
                CASE WHEN jsonb_typeof(place) = 'object' THEN erased ELSE 'null'::jsonb END))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'an issued invoice never changes' USING ERRCODE = 'restrict_violation';
END $$
"""
KEEP_CREDIT_NOTES = """
CREATE FUNCTION refuse_change_of_credit_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued credit note never changes' USING ERRCODE = 'restrict_violation';
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER invoices_issued BEFORE UPDATE OR DELETE ON invoices"
    " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_invoices()",
    "CREATE TRIGGER credit_notes_issued BEFORE UPDATE OR DELETE ON credit_notes"
    " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_credit_notes()",
)

# The day as it was printed so far, and as the version before goes on to print it.
UTC_DAY = "(now() AT TIME ZONE 'UTC')::date"

VIEWS = {
    "payments_refunds": (
        """
        SELECT r.id, p.order_id, r.request_id, r.amount, r.status, r.actor, r.note, r.created_at, r.updated_at{}
        FROM refunds r JOIN payments p ON p.id = r.payment_id
        """,
        ", r.tax_amount, r.reason, r.succeeded_at, p.provider_payment_id",
    ),
    "payments_refund_lines": (
        """
        SELECT l.order_item_id, l.quantity, r.status, r.request_id{}
        FROM refund_lines l JOIN refunds r ON r.id = l.refund_id
        """,
        ", l.refund_id, l.amount, l.tax_amount",
    ),
}
READERS = {
    "payments_refunds": "sharestack_ordering, sharestack_payments",
    "payments_refund_lines": "sharestack_ordering",
}

# A refresh says in which zone days are told (`functions.analytics.repository.views`); who says nothing gets UTC.
ZONE = """
CREATE FUNCTION report_time_zone() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('sharestack.time_zone', true), ''), 'UTC')
"""
IN_UTC, IN_ZONE = "'UTC'", "(SELECT report_time_zone())"

# As in 0031 and 0013, but for the zone. Money counts when it moved: what was paid on the day of the payment, a refund
# on its own day. Orders and units count as long as they are sold (`ordering_purchases`), on the day of the payment.
DAILY_SALES = """
CREATE MATERIALIZED VIEW daily_sales AS
SELECT day, currency,
    sum(orders)::bigint AS orders, sum(units)::bigint AS units, sum(gross_amount)::bigint AS gross_amount,
    sum(refunds)::bigint AS refunds, sum(refunded_amount)::bigint AS refunded_amount,
    sum(checkouts)::bigint AS checkouts, sum(ordered)::bigint AS checkouts_ordered, sum(paid)::bigint AS checkouts_paid,
    sum(sold_amount)::bigint AS sold_amount
FROM (
    SELECT (o.paid_at AT TIME ZONE {zone})::date AS day, o.currency, (sold.units IS NOT NULL)::int AS orders,
        coalesce(sold.units, 0) AS units, o.total_amount AS gross_amount,
        0 AS refunds, 0 AS refunded_amount, 0 AS checkouts, 0 AS ordered, 0 AS paid,
        CASE WHEN sold.units IS NULL THEN 0 ELSE o.total_amount - coalesce(refunded.amount, 0) END AS sold_amount
    FROM orders o
    LEFT JOIN (SELECT order_id, sum(quantity) AS units FROM ordering_purchases GROUP BY 1) sold ON sold.order_id = o.id
    LEFT JOIN (
        SELECT order_id, sum(amount) AS amount FROM refunds
        WHERE status = 'succeeded' AND reason <> 'unfulfillable' GROUP BY 1
    ) refunded ON refunded.order_id = o.id
    WHERE o.paid_at IS NOT NULL
    UNION ALL
    SELECT (r.created_at AT TIME ZONE {zone})::date, r.currency, 0, 0, 0, 1, r.amount, 0, 0, 0, 0
    FROM refunds r JOIN orders o ON o.id = r.order_id
    WHERE r.status = 'succeeded' AND r.amount > 0 AND r.reason <> 'unfulfillable' AND o.paid_at IS NOT NULL
    UNION ALL
    SELECT (c.created_at AT TIME ZONE {zone})::date, c.currency, 0, 0, 0, 0, 0, 1,
        bool_or(k.order_id IS NOT NULL)::int, bool_or(c.status = 'paid')::int, 0
    FROM checkouts c LEFT JOIN order_keys k ON k.checkout_id = c.id
    GROUP BY 1, 2, c.cart_id
) AS part
GROUP BY day, currency
"""
DAILY_CUSTOMERS = """
CREATE MATERIALIZED VIEW daily_customers AS
SELECT (created_at AT TIME ZONE {zone})::date AS day, count(*) AS new_customers
FROM users WHERE 'customer' = ANY(roles) GROUP BY 1
"""
TOP_PRODUCTS = """
CREATE MATERIALIZED VIEW top_products AS
WITH sold_by_day AS (
    SELECT (paid_at AT TIME ZONE {zone})::date AS day, currency, product_id,
        sum(quantity) AS units, sum(amount) AS revenue_amount
    FROM ordering_purchases WHERE paid_at IS NOT NULL
    GROUP BY 1, 2, 3
), sold AS (
    SELECT unit.name AS period, date_trunc(unit.name, s.day::timestamp)::date AS starts_on, s.currency, s.product_id,
        sum(s.units)::bigint AS units, sum(s.revenue_amount)::bigint AS revenue_amount
    FROM sold_by_day s CROSS JOIN (VALUES ('day'), ('week'), ('month')) AS unit (name)
    GROUP BY 1, 2, 3, 4
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY period, starts_on, currency
            ORDER BY revenue_amount DESC, units DESC, product_id)::int AS rank_by_revenue,
        row_number() OVER (PARTITION BY period, starts_on, currency
            ORDER BY units DESC, revenue_amount DESC, product_id)::int AS rank_by_units
    FROM sold
)
SELECT * FROM ranked WHERE rank_by_revenue <= 100 OR rank_by_units <= 100
"""

GRANTS = {
    "sharestack_identity": {"SELECT": "credit_notes", "UPDATE": "invoices"},
    "sharestack_ordering": {
        "INSERT": "credit_note_series credit_notes",
        "SELECT": "credit_note_series credit_notes",
        "UPDATE": "credit_note_series invoices",
    },
    "sharestack_payments": {
        "INSERT": "credit_note_series credit_notes",
        "SELECT": "credit_note_series credit_notes invoices payments_refund_lines",
        "UPDATE": "credit_note_series",
    },
}


def upgrade() -> None:
    for table in ("checkouts", "orders"):
        op.add_column(table, sa.Column("shipping_tax_rate_basis_points", sa.Integer(), nullable=True))
    op.add_column("invoices", sa.Column("issued_on", sa.Date(), server_default=sa.text(UTC_DAY), nullable=True))
    op.execute("UPDATE invoices SET issued_on = (issued_at AT TIME ZONE 'UTC')::date")
    op.alter_column("invoices", "issued_on", nullable=False)
    for column in ("contents", "buyer"):
        op.add_column("invoices", sa.Column(column, postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.create_check_constraint(op.f("ck_invoices_contents"), "invoices", "(contents IS NULL) = (buyer IS NULL)")
    op.create_table(
        "credit_note_series",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_credit_note_series")),
    )
    op.create_table(
        "credit_notes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("contents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["invoices.order_id"], name=op.f("fk_credit_notes_order_id_invoices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_notes")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_credit_notes_refund_id")),
        sa.UniqueConstraint("year", "sequence", name=op.f("uq_credit_notes_year_sequence")),
    )
    op.create_index("ix_credit_notes_order", "credit_notes", ["order_id", "id"], unique=False)
    for statement in (KEEP_INVOICES, KEEP_CREDIT_NOTES, *TRIGGERS):
        op.execute(statement)
    for name, (select, added) in VIEWS.items():
        op.execute(f"CREATE OR REPLACE VIEW {name} AS {select.format(added)}")
    op.add_column(
        "view_refreshes", sa.Column("time_zone", sa.String(64), server_default=sa.text("'UTC'"), nullable=False)
    )
    op.execute(ZONE)
    _make_reports(IN_ZONE)
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {role}")


def downgrade() -> None:
    if _roles_exist():
        for role, privileges in GRANTS.items():
            for privilege, names in privileges.items():
                op.execute(f"REVOKE {privilege} ON {', '.join(names.split())} FROM {role}")
    _make_reports(IN_UTC)
    op.execute("DROP FUNCTION report_time_zone()")
    op.drop_column("view_refreshes", "time_zone")
    for name, (select, _) in VIEWS.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(f"CREATE VIEW {name} AS {select.format('')}")
        if _roles_exist():
            op.execute(f"GRANT SELECT ON {name} TO {READERS[name]}")
    op.execute("DROP TRIGGER invoices_issued ON invoices")
    op.execute("DROP FUNCTION refuse_change_of_invoices()")
    op.drop_index("ix_credit_notes_order", table_name="credit_notes")
    op.drop_table("credit_notes")
    op.execute("DROP FUNCTION refuse_change_of_credit_notes()")
    op.drop_table("credit_note_series")
    op.drop_constraint(op.f("ck_invoices_contents"), "invoices")
    for column in ("buyer", "contents", "issued_on"):
        op.drop_column("invoices", column)
    for table in ("orders", "checkouts"):
        op.drop_column(table, "shipping_tax_rate_basis_points")


def _make_reports(zone: str) -> None:
    for view in ("top_products", "daily_customers", "daily_sales"):
        op.execute(f"DROP MATERIALIZED VIEW {view}")
    op.execute(DAILY_SALES.format(zone=zone))
    op.execute("CREATE UNIQUE INDEX uq_daily_sales ON daily_sales (day, currency)")
    op.execute(DAILY_CUSTOMERS.format(zone=zone))
    op.execute("CREATE UNIQUE INDEX uq_daily_customers ON daily_customers (day)")
    op.execute(TOP_PRODUCTS.format(zone=zone))
    op.execute("CREATE UNIQUE INDEX uq_top_products ON top_products (period, starts_on, currency, product_id)")
    for order in ("revenue", "units"):
        op.execute(
            f"CREATE INDEX ix_top_products_{order} ON top_products (period, starts_on, currency, rank_by_{order})"
        )
    if _roles_exist():
        op.execute("GRANT SELECT, MAINTAIN ON daily_customers, daily_sales, top_products TO sharestack_analytics")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
