"""catalog: variants are changed one by one, each with a version; staff find products by parts of names and by SKU"""

from __future__ import annotations

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

LIVING = "WHERE deleted_at IS NULL"
INDEXES = {
    "ix_variants_product": f"variants (product_id, position, id) {LIVING}",
    "ix_variants_sku_prefix": f"variants (lower(sku::text) text_pattern_ops) {LIVING} AND sku IS NOT NULL",
    "ix_products_updated": f"products (updated_at, id) {LIVING}",
    "ix_products_name_parts": f"products USING gin (search_key(name::text) gin_trgm_ops) {LIVING}",
}


def upgrade() -> None:
    op.execute("ALTER TABLE variants ADD COLUMN version integer DEFAULT 1 NOT NULL")
    for name, what in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {what}")


def downgrade() -> None:
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute("ALTER TABLE variants DROP COLUMN version")
