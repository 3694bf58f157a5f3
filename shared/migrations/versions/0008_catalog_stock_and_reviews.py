"""catalog stock and reviews"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UUIDV7 = sa.text("uuidv7()")
NOW = sa.text("now()")
PUBLISHED = sa.text("status = 'published'")
IS_LOW = "NOT allow_backorder AND on_hand - reserved <= coalesce(low_stock_threshold, -1)"


def upgrade() -> None:
    _extend_stock()
    _create_reviews()
    _create_votes_and_moderations()
    _create_wishlist()
    _create_media()
    # Votes do not make a review another one.
    op.execute(
        "CREATE TRIGGER set_updated_at BEFORE UPDATE OF version ON reviews"
        " FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
    )


def downgrade() -> None:
    for table in (
        "media_downloads",
        "product_media",
        "wishlist_items",
        "review_moderations",
        "review_votes",
        "reviews",
    ):
        op.drop_table(table)
    op.drop_index("ix_variants_sku", table_name="variants")
    op.drop_column("stock_movements", "note")
    op.drop_column("stock_movements", "actor")
    for name in ("ix_stock_levels_risen", "ix_stock_levels_fallen", "ix_stock_levels_low"):
        op.drop_index(name, table_name="stock_levels")
    op.drop_column("stock_levels", "low_noticed_at")
    op.drop_column("stock_levels", "is_low")
    op.drop_constraint(op.f("ck_stock_levels_low_stock_threshold"), "stock_levels")
    op.drop_column("stock_levels", "low_stock_threshold")


def _extend_stock() -> None:
    op.add_column(
        "stock_levels", sa.Column("low_stock_threshold", sa.Integer(), server_default=sa.text("5"), nullable=True)
    )
    op.create_check_constraint(op.f("ck_stock_levels_low_stock_threshold"), "stock_levels", "low_stock_threshold >= 0")
    op.add_column(
        "stock_levels", sa.Column("is_low", sa.Boolean(), sa.Computed(IS_LOW, persisted=True), nullable=False)
    )
    op.add_column("stock_levels", sa.Column("low_noticed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_stock_levels_low", "stock_levels", ["variant_id"], postgresql_where=sa.text("is_low"))
    for name, condition in (
        ("ix_stock_levels_fallen", "is_low AND low_noticed_at IS NULL"),
        ("ix_stock_levels_risen", "NOT is_low AND low_noticed_at IS NOT NULL"),
    ):
        op.create_index(name, "stock_levels", ["variant_id"], postgresql_where=sa.text(condition))
    op.add_column("stock_movements", sa.Column("actor", sa.String(length=60), nullable=True))
    op.add_column("stock_movements", sa.Column("note", sa.String(length=500), nullable=True))
    op.create_index(
        "ix_variants_sku",
        "variants",
        ["sku", "id"],
        postgresql_where=sa.text("deleted_at IS NULL AND sku IS NOT NULL"),
    )


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), server_default=UUIDV7, nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("image_urls", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_verified", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("status", sa.String(length=20), server_default=sa.text("'published'"), nullable=False),
        sa.Column("helpful_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unhelpful_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_by", sa.String(length=60), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_reviews_rating")),
        sa.CheckConstraint("cardinality(image_urls) <= 5", name=op.f("ck_reviews_image_urls")),
        sa.CheckConstraint("status IN ('published', 'hidden')", name=op.f("ck_reviews_status")),
        sa.CheckConstraint("helpful_count >= 0 AND unhelpful_count >= 0", name=op.f("ck_reviews_votes")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_reviews_product_id_products"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reviews_user_id_users"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("product_id", "user_id", name=op.f("uq_reviews_product_id_user_id")),
    )
    for name, columns in (
        ("ix_reviews_newest", ["product_id", "id"]),
        ("ix_reviews_helpful", ["product_id", "helpful_count", "id"]),
        ("ix_reviews_rating", ["product_id", "rating", "id"]),
    ):
        op.create_index(name, "reviews", columns, postgresql_where=PUBLISHED)
    op.create_index("ix_reviews_status", "reviews", ["status", "id"])
    op.create_index("ix_reviews_user", "reviews", ["user_id"])


def _create_votes_and_moderations() -> None:
    op.create_table(
        "review_votes",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_review_votes_review_id_reviews"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "user_id", name=op.f("pk_review_votes")),
    )
    op.create_table(
        "review_moderations",
        sa.Column("id", sa.Uuid(), server_default=UUIDV7, nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_review_moderations_review_id_reviews"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_moderations")),
    )
    op.create_index("ix_review_moderations_review", "review_moderations", ["review_id", "id"])


def _create_wishlist() -> None:
    op.create_table(
        "wishlist_items",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("price_amount", sa.BigInteger(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_wishlist_items_product_id_products"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_wishlist_items_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "product_id", name=op.f("pk_wishlist_items")),
    )
    op.create_index("ix_wishlist_items_product", "wishlist_items", ["product_id", "user_id"])
    op.create_index("ix_wishlist_items_newest", "wishlist_items", ["user_id", "created_at", "product_id"])


def _create_media() -> None:
    op.create_table(
        "product_media",
        sa.Column("id", sa.Uuid(), server_default=UUIDV7, nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=True),
        sa.Column("object_key", sa.String(length=300), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_product_media_size_bytes")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_product_media_created_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_product_media_product_id_products"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_product_media_variant_id_variants"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_media")),
    )
    op.create_index(
        "ix_product_media_product",
        "product_media",
        ["product_id", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "media_downloads",
        sa.Column("order_item_id", sa.Uuid(), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("downloads", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.CheckConstraint("downloads > 0", name=op.f("ck_media_downloads_downloads")),
        sa.ForeignKeyConstraint(
            ["media_id"],
            ["product_media.id"],
            name=op.f("fk_media_downloads_media_id_product_media"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("order_item_id", "media_id", name=op.f("pk_media_downloads")),
    )
