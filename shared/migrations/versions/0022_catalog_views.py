"""views of catalog"""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

VIEWS = {
    "catalog_products": """
        SELECT p.id, p.slug, p.name, p.vendor, p.product_type, p.tags, p.category_id, p.currency,
            p.price_min, p.price_max, p.is_active, p.is_active AND p.deleted_at IS NULL AS is_offered, p.version,
            p.created_at, p.updated_at, p.deleted_at, p.rating_count, p.rating_sum, p.rating_rank,
            p.sold_count, tsvector_to_array(d.name_terms) AS name_words
        FROM products p LEFT JOIN product_search_documents d ON d.product_id = p.id
    """,
    "catalog_offers": """
        SELECT v.id AS variant_id, v.product_id, p.slug, p.name,
            array_to_string(v.option_values, ' / ') AS variant_title, v.sku, coalesce(v.image_url, (
                SELECT i.url FROM product_images i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1
            )) AS image_url,
            p.category_id, p.currency, v.price_amount, v.weight_grams, v.requires_shipping, v.taxable,
            p.is_active AND p.deleted_at IS NULL AND v.deleted_at IS NULL AS is_sellable,
            CASE WHEN s.allow_backorder THEN NULL ELSE greatest(coalesce(s.on_hand - s.reserved, 0), 0) END AS available
        FROM variants v JOIN products p ON p.id = v.product_id LEFT JOIN stock_levels s ON s.variant_id = v.id
    """,
    "catalog_reservations": "SELECT checkout_id, variant_id, quantity FROM stock_reservations",
    "catalog_categories": "SELECT id, parent_id FROM categories",
    "catalog_wishes": "SELECT user_id, product_id, created_at FROM wishlist_items",
    "catalog_shown_media": """
        SELECT media_id FROM product_images WHERE media_id IS NOT NULL
        UNION ALL SELECT media_id FROM review_media
    """,
}


def upgrade() -> None:
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
