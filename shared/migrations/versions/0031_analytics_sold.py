"""what counts as sold"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

# Days are those of UTC. Money counts when it moved: what was paid on the day of the payment, a refund on its own day.
# Orders and units count as long as they are sold (`ordering_purchases`), on the day of the payment. Payments that
# bought nothing are in neither sum.
DAILY_SALES = """
CREATE MATERIALIZED VIEW daily_sales AS
SELECT day, currency,
    sum(orders)::bigint AS orders, sum(units)::bigint AS units, sum(gross_amount)::bigint AS gross_amount,
    sum(refunds)::bigint AS refunds, sum(refunded_amount)::bigint AS refunded_amount,
    sum(checkouts)::bigint AS checkouts, sum(ordered)::bigint AS checkouts_ordered, sum(paid)::bigint AS checkouts_paid,
    sum(sold_amount)::bigint AS sold_amount
FROM (
    SELECT (o.paid_at AT TIME ZONE 'UTC')::date AS day, o.currency, (sold.units IS NOT NULL)::int AS orders,
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
    SELECT (r.created_at AT TIME ZONE 'UTC')::date, r.currency, 0, 0, 0, 1, r.amount, 0, 0, 0, 0
    FROM refunds r JOIN orders o ON o.id = r.order_id
    WHERE r.status = 'succeeded' AND r.amount > 0 AND r.reason <> 'unfulfillable' AND o.paid_at IS NOT NULL
    UNION ALL
    SELECT (c.created_at AT TIME ZONE 'UTC')::date, c.currency, 0, 0, 0, 0, 0, 1,
        bool_or(k.order_id IS NOT NULL)::int, bool_or(c.status = 'paid')::int, 0
    FROM checkouts c LEFT JOIN order_keys k ON k.checkout_id = c.id
    GROUP BY 1, 2, c.cart_id
) AS part
GROUP BY day, currency
"""

DAILY_SALES_BEFORE = """
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

SOLD = """
    SELECT (paid_at AT TIME ZONE 'UTC')::date AS day, currency, product_id,
        sum(quantity) AS units, sum(amount) AS revenue_amount
    FROM ordering_purchases WHERE paid_at IS NOT NULL
    GROUP BY 1, 2, 3
"""

SOLD_BEFORE = """
    SELECT (o.paid_at AT TIME ZONE 'UTC')::date AS day, o.currency, i.product_id,
        sum(i.quantity) AS units, sum(i.total_amount) AS revenue_amount
    FROM orders o JOIN order_items i ON i.order_id = o.id
    WHERE o.paid_at IS NOT NULL
    GROUP BY 1, 2, 3
"""

# The best of every day, week and month, by revenue and by units. Weeks begin on Mondays (ISO 8601), as date_trunc's do.
TOP_PRODUCTS = """
CREATE MATERIALIZED VIEW top_products AS
WITH sold_by_day AS ({sold}), sold AS (
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
    _make_views(DAILY_SALES, TOP_PRODUCTS.format(sold=SOLD))


def downgrade() -> None:
    _make_views(DAILY_SALES_BEFORE, TOP_PRODUCTS.format(sold=SOLD_BEFORE))


def _make_views(daily_sales: str, top_products: str) -> None:
    for view in ("top_products", "daily_sales"):
        op.execute(f"DROP MATERIALIZED VIEW {view}")
    op.execute(daily_sales)
    op.execute("CREATE UNIQUE INDEX uq_daily_sales ON daily_sales (day, currency)")
    op.execute(top_products)
    op.execute("CREATE UNIQUE INDEX uq_top_products ON top_products (period, starts_on, currency, product_id)")
    for order in ("revenue", "units"):
        op.execute(
            f"CREATE INDEX ix_top_products_{order} ON top_products (period, starts_on, currency, rank_by_{order})"
        )
    if _roles_exist():
        op.execute("GRANT SELECT, MAINTAIN ON daily_sales, top_products TO sharestack_analytics")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (as in 0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = 'sharestack_ordering'")
    found: int = op.get_bind().execute(statement).scalar_one()
    return found > 0
