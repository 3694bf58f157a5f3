"""analytics views; the key of unsubscribe links"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Days are those of UTC. An order counts on the day of its payment, whatever became of it later; a refund counts on the
# day of the refund. A cart counts once on each day on which checkouts of it were begun: who corrects an address three
# times has not left three times. Carts that were never checked out are not in it: guests' are deleted after a day.
DAILY_SALES = """
CREATE MATERIALIZED VIEW daily_sales AS
SELECT day, currency,
    sum(orders)::bigint AS orders, sum(units)::bigint AS units, sum(gross_amount)::bigint AS gross_amount,
    sum(refunds)::bigint AS refunds, sum(refunded_amount)::bigint AS refunded_amount,
    sum(checkouts)::bigint AS checkouts, sum(ordered)::bigint AS checkouts_ordered, sum(paid)::bigint AS checkouts_paid
FROM (
    SELECT (o.paid_at AT TIME ZONE 'UTC')::date AS day, o.currency, 1 AS orders,
        (SELECT sum(i.quantity) FROM order_items i WHERE i.order_id = o.id) AS units, o.total_amount AS gross_amount,
        0 AS refunds, 0 AS refunded_amount, 0 AS checkouts, 0 AS ordered, 0 AS paid
    FROM orders o WHERE o.paid_at IS NOT NULL
    UNION ALL
    SELECT (r.created_at AT TIME ZONE 'UTC')::date, r.currency, 0, 0, 0, 1, r.amount, 0, 0, 0
    FROM refunds r JOIN orders o ON o.id = r.order_id
    WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL
    UNION ALL
    SELECT (c.created_at AT TIME ZONE 'UTC')::date, c.currency, 0, 0, 0, 0, 0, 1,
        bool_or(k.order_id IS NOT NULL)::int, bool_or(c.status = 'paid')::int
    FROM checkouts c LEFT JOIN order_keys k ON k.checkout_id = c.id
    GROUP BY 1, 2, c.cart_id
) AS part
GROUP BY day, currency
"""

DAILY_CUSTOMERS = """
CREATE MATERIALIZED VIEW daily_customers AS
SELECT (created_at AT TIME ZONE 'UTC')::date AS day, count(*) AS new_customers
FROM users WHERE 'customer' = ANY(roles) GROUP BY 1
"""

# The best of every day, week and month, by revenue and by units. Weeks begin on Mondays (ISO 8601), as date_trunc's do.
TOP_PRODUCTS = """
CREATE MATERIALIZED VIEW top_products AS
WITH sold_by_day AS (
    SELECT (o.paid_at AT TIME ZONE 'UTC')::date AS day, o.currency, i.product_id,
        sum(i.quantity) AS units, sum(i.total_amount) AS revenue_amount
    FROM orders o JOIN order_items i ON i.order_id = o.id
    WHERE o.paid_at IS NOT NULL
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


def upgrade() -> None:
    # As in 0001: 244 bits from the server's strong random source.
    op.execute(
        "INSERT INTO service_keys (name, secret) VALUES"
        " ('unsubscribe', decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'))"
    )
    op.create_table(
        "view_refreshes",
        sa.Column("view", sa.String(length=63), nullable=False),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("view", name=op.f("pk_view_refreshes")),
    )
    # Unique indexes, because only such views can be refreshed while they are read.
    op.execute(DAILY_SALES)
    op.execute("CREATE UNIQUE INDEX uq_daily_sales ON daily_sales (day, currency)")
    op.execute(DAILY_CUSTOMERS)
    op.execute("CREATE UNIQUE INDEX uq_daily_customers ON daily_customers (day)")
    op.execute(TOP_PRODUCTS)
    op.execute("CREATE UNIQUE INDEX uq_top_products ON top_products (period, starts_on, currency, product_id)")
    for order in ("revenue", "units"):
        op.execute(
            f"CREATE INDEX ix_top_products_{order} ON top_products (period, starts_on, currency, rank_by_{order})"
        )


def downgrade() -> None:
    for view in ("top_products", "daily_customers", "daily_sales"):
        op.execute(f"DROP MATERIALIZED VIEW {view}")
    op.drop_table("view_refreshes")
    op.execute("DELETE FROM service_keys WHERE name = 'unsubscribe'")
