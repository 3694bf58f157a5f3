"""catalog discovery"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# With plain C as lc_ctype, pg_trgm takes no letter beyond ASCII for one: such words would never be similar.
CHECK_TRIGRAMS = """
DO $$ BEGIN
    IF show_trgm('é') = '{}' OR show_trgm('青瓷') = '{}' THEN
        RAISE EXCEPTION 'the database must be UTF-8 with a UTF-8 or C.UTF-8 locale';
    END IF;
END $$
"""

# The average in hundredths, then how many say so. The tables of reviews may add to the counts at the same time.
RATING_RANK = (
    "CASE WHEN rating_count > 0"
    " THEN rating_sum::bigint * 100 / rating_count * 10000000 + least(rating_count, 9999999) ELSE 0 END"
)
SOLD_OUT = "on_hand <= reserved AND NOT allow_backorder"
LIVING = sa.text("deleted_at IS NULL")


# Many callers share few processors: helpers of one statement are taken from another, and read far beyond what a page
# of a list needs. It is a setting of the role for the same reason as the limits in 0001.
PARALLEL = "max_parallel_workers_per_gather"


def upgrade() -> None:
    op.execute(f"{_settings_of_role()} SET {PARALLEL} = 0")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute(CHECK_TRIGRAMS)
    _extend_products()
    op.add_column("categories", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column(
        "stock_levels", sa.Column("sold_out", sa.Boolean(), sa.Computed(SOLD_OUT, persisted=True), nullable=False)
    )
    op.create_index("ix_stock_levels_sold_out", "stock_levels", ["sold_out", "variant_id"], unique=False)
    _create_search()
    op.create_table(
        "product_exports",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=20), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("products", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("files", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("last_product_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["users.id"], name=op.f("fk_product_exports_requested_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_exports")),
    )


def _extend_products() -> None:
    for name in ("rating_count", "rating_sum", "sold_count"):
        op.add_column("products", sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column(
        "products",
        sa.Column("rating_rank", sa.BigInteger(), sa.Computed(RATING_RANK, persisted=True), nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_products_ratings"), "products", "rating_sum BETWEEN rating_count AND 5 * rating_count"
    )
    for name, columns in (
        ("rating", ["rating_rank", "id"]),
        ("popular", ["sold_count", "id"]),
        ("sample", [sa.text("uuid_hash(id)")]),
    ):
        op.create_index(f"ix_products_{name}", "products", columns, unique=False, postgresql_where=LIVING)
    op.create_index("ix_products_category_id", "products", ["category_id"], unique=False)
    op.create_index(
        "ix_products_vendor_prefix",
        "products",
        [sa.literal_column("lower(vendor::text)").label("prefix")],
        unique=False,
        postgresql_where=LIVING,
        postgresql_ops={"prefix": "text_pattern_ops"},
    )
    # Being sold or rated is no change of the document.
    op.execute("DROP TRIGGER set_updated_at ON products")
    op.execute(
        "CREATE TRIGGER set_updated_at BEFORE UPDATE ON products FOR EACH ROW"
        " WHEN (old.version <> new.version) EXECUTE FUNCTION set_updated_at()"
    )


def _create_search() -> None:
    op.create_table(
        "product_search_documents",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("name_terms", postgresql.TSVECTOR(), nullable=False),
        sa.Column("terms", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_product_search_documents_product_id_products"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product_search_documents")),
    )
    for column in ("terms", "name_terms"):
        op.create_index(
            f"ix_product_search_documents_{column}",
            "product_search_documents",
            [column],
            unique=False,
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    op.create_table(
        "search_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")),
    )
    op.create_index(
        "ix_search_words_similar",
        "search_words",
        ["word"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={"word": "gist_trgm_ops"},
    )


def downgrade() -> None:
    op.drop_table("product_exports")
    op.drop_table("search_words")
    op.drop_table("product_search_documents")
    op.drop_index("ix_stock_levels_sold_out", table_name="stock_levels")
    op.drop_column("stock_levels", "sold_out")
    op.drop_column("categories", "version")
    op.execute("DROP TRIGGER set_updated_at ON products")
    op.execute("CREATE TRIGGER set_updated_at BEFORE UPDATE ON products FOR EACH ROW EXECUTE FUNCTION set_updated_at()")
    op.drop_index("ix_products_category_id", table_name="products")
    for name in ("vendor_prefix", "sample", "popular", "rating"):
        op.drop_index(f"ix_products_{name}", table_name="products", postgresql_where=LIVING)
    op.drop_constraint(op.f("ck_products_ratings"), "products", type_="check")
    for column in ("rating_rank", "sold_count", "rating_sum", "rating_count"):
        op.drop_column("products", column)
    op.execute("DROP EXTENSION pg_trgm")
    op.execute(f"{_settings_of_role()} RESET {PARALLEL}")


def _settings_of_role() -> str:
    return f'ALTER ROLE CURRENT_USER IN DATABASE "{op.get_bind().engine.url.database}"'
