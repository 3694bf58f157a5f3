"""amounts in Icelandic kronur are whole ones

ISO 4217 has no decimals for ISK any more; before this, its amounts were kept as hundredths, which is how one provider
writes them. Payments could only be made of whole kronur, so nothing that was paid is rounded.
"""

from __future__ import annotations

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

# By table: its columns of amounts, and which of its rows are in ISK.
_OWN = "t.currency = 'ISK'"
_AMOUNTS = (
    ("products", "price_min price_max", _OWN),
    ("variants", "price_amount compare_at_amount", "t.product_id IN (SELECT id FROM products WHERE currency = 'ISK')"),
    ("wishlist_items", "price_amount", _OWN),
    ("cart_items", "price_at_time", "t.cart_id IN (SELECT id FROM carts WHERE currency = 'ISK')"),
    (
        "checkouts",
        "subtotal_amount shipping_amount tax_amount discount_amount total_amount shipping_tax_amount",
        _OWN,
    ),
    (
        "checkout_lines",
        "unit_amount discount_amount tax_amount total_amount",
        "t.checkout_id IN (SELECT id FROM checkouts WHERE currency = 'ISK')",
    ),
    ("orders", "subtotal_amount shipping_amount tax_amount discount_amount total_amount shipping_tax_amount", _OWN),
    (
        "order_items",
        "unit_amount discount_amount tax_amount total_amount",
        "t.order_id IN (SELECT id FROM orders WHERE currency = 'ISK')",
    ),
    (
        "return_lines",
        "refund_amount",
        "t.return_id IN (SELECT r.id FROM returns r JOIN orders o ON o.id = r.order_id WHERE o.currency = 'ISK')",
    ),
    ("coupons", "amount minimum_subtotal_amount", _OWN),
    (
        "coupon_redemptions",
        "discount_amount shipping_discount_amount",
        "t.checkout_id IN (SELECT id FROM checkouts WHERE currency = 'ISK')",
    ),
    ("shipping_rates", "amount free_from_amount", _OWN),
    ("payments", "amount amount_captured", _OWN),
    ("refunds", "amount tax_amount", _OWN),
    ("refund_lines", "amount tax_amount", "t.refund_id IN (SELECT id FROM refunds WHERE currency = 'ISK')"),
    ("disputes", "amount", _OWN),
    ("ledger_closings", "amount", _OWN),
    ("reconciliation_differences", "ledger_amount provider_amount", _OWN),
)
_SCALE = "UPDATE {table} t SET {assignments} WHERE {rows}"

_BANDS = """
    UPDATE shipping_rates t SET bands = (
        SELECT coalesce(jsonb_agg(
            band || jsonb_build_object('amount', round((band->>'amount')::numeric {scale})::bigint)
            || CASE WHEN t.kind = 'by_subtotal' AND band->>'up_to' IS NOT NULL
               THEN jsonb_build_object('up_to', round((band->>'up_to')::numeric {scale})::bigint) ELSE '{{}}' END
            ORDER BY n), '[]')
        FROM jsonb_array_elements(t.bands) WITH ORDINALITY AS each(band, n))
    WHERE t.currency = 'ISK'
"""

# A transaction adds up to zero: what rounding leaves (fees need not be whole) goes to its largest entry.
_ENTRIES = """
    WITH rounded AS (
        SELECT id, transaction_id, round(amount {scale})::bigint AS amount,
            row_number() OVER (PARTITION BY transaction_id ORDER BY abs(amount) DESC, id) AS place
        FROM ledger_entries WHERE currency = 'ISK'
    ), rest AS (SELECT transaction_id, sum(amount) AS amount FROM rounded GROUP BY transaction_id)
    UPDATE ledger_entries t
    SET amount = rounded.amount - CASE WHEN rounded.place = 1 THEN rest.amount ELSE 0 END
    FROM rounded JOIN rest USING (transaction_id) WHERE t.id = rounded.id
"""


def upgrade() -> None:
    _scale("/ 100")


def downgrade() -> None:
    _scale("* 100")


def _scale(scale: str) -> None:
    for table, columns, rows in _AMOUNTS:
        assignments = ", ".join(f"{name} = round({name}::numeric {scale})::bigint" for name in columns.split())
        op.execute(_SCALE.format(table=table, assignments=assignments, rows=rows))
    op.execute(_BANDS.format(scale=scale))
    op.execute("ALTER TABLE ledger_entries DISABLE TRIGGER append_only")
    op.execute(_ENTRIES.format(scale="::numeric " + scale))
    op.execute("ALTER TABLE ledger_entries ENABLE TRIGGER append_only")
