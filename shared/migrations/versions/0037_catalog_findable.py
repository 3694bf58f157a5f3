"""folded beginnings of vendors and categories; the words of a name as it is written; slugs in one normal form"""

from __future__ import annotations

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

# Without accents, but with the voicing marks of kana; katakana for hiragana; letters and digits only.
HIRAGANA = "".join(map(chr, range(0x3041, 0x3097)))
KATAKANA = "".join(map(chr, range(0x30A1, 0x30F7)))
TYPED = ("łøđħŧıðß", "lodhtids")
SEARCH_KEY = f"""
CREATE FUNCTION search_key(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
    translate(
        replace(normalize(
            regexp_replace(lower(normalize(words, NFKD)), '[\\u0300-\\u036f]', '', 'g'), NFC
        ), 'ß', 'ss'),
        '{HIRAGANA}{TYPED[0]}', '{KATAKANA}{TYPED[1]}'
    ), '[^[:alnum:]]+', '', 'g'
)
"""
LIVING = "WHERE deleted_at IS NULL"
# What joins words, so that they are found in other spellings, weighs less than A: see `functions.catalog.domain`.
VIEW = """
CREATE OR REPLACE VIEW catalog_products AS
SELECT p.id, p.slug, p.name, p.vendor, p.product_type, p.tags, p.category_id, p.currency,
    p.price_min, p.price_max, p.is_active, p.is_active AND p.deleted_at IS NULL AS is_offered, p.version,
    p.created_at, p.updated_at, p.deleted_at, p.rating_count, p.rating_sum, p.rating_rank,
    p.sold_count, tsvector_to_array({terms}) AS name_words
FROM products p LEFT JOIN product_search_documents d ON d.product_id = p.id
"""


# Letters of Hangul, for one, were taken for a slug in either form
COMPOSED = """
UPDATE products p SET slug = normalize(slug, NFC)
WHERE slug IS NOT NFC NORMALIZED AND deleted_at IS NULL AND NOT EXISTS (
    SELECT FROM products o
    WHERE o.deleted_at IS NULL AND o.id <> p.id AND normalize(o.slug, NFC) = normalize(p.slug, NFC)
)
"""
COMPOSED_CATEGORIES = """
UPDATE categories c SET slug = normalize(slug, NFC)
WHERE slug IS NOT NFC NORMALIZED AND NOT EXISTS (
    SELECT FROM categories o WHERE o.id <> c.id AND normalize(o.slug, NFC) = normalize(c.slug, NFC)
)
"""


def upgrade() -> None:
    op.execute(COMPOSED)
    op.execute(COMPOSED_CATEGORIES)
    op.execute(SEARCH_KEY)
    op.execute(f"CREATE INDEX ix_products_vendor_key ON products (search_key(vendor) text_pattern_ops) {LIVING}")
    op.execute("CREATE INDEX ix_categories_name_key ON categories (search_key(name) text_pattern_ops)")
    op.execute("DROP INDEX ix_products_vendor_prefix")
    op.execute(VIEW.format(terms="ts_filter(d.name_terms, '{a}')"))


def downgrade() -> None:
    # Composed slugs were valid before as well, and stay.
    op.execute(VIEW.format(terms="d.name_terms"))
    op.execute(f"CREATE INDEX ix_products_vendor_prefix ON products (lower(vendor::text) text_pattern_ops) {LIVING}")
    op.execute("DROP INDEX ix_products_vendor_key")
    op.execute("DROP INDEX ix_categories_name_key")
    op.execute("DROP FUNCTION search_key(text)")
