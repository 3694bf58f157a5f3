"""media files; pictures of products and reviews that are media"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "media_files",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("blurhash", sa.String(length=100), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("variants", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("correlation_id", sa.String(length=128), server_default=sa.text("''"), nullable=False),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.Column("remove_after", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.CheckConstraint("purpose IN ('product', 'review')", name=op.f("ck_media_files_purpose")),
        sa.CheckConstraint(
            "status IN ('pending', 'processing', 'ready', 'rejected')", name=op.f("ck_media_files_status")
        ),
        sa.CheckConstraint("(status = 'ready') = (url IS NOT NULL)", name=op.f("ck_media_files_url")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_media_files_size_bytes")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_media_files_owner_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_files")),
    )
    op.create_index("ix_media_files_owner", "media_files", ["owner_id", "created_at", "id"])
    op.create_index(
        "ix_media_files_removable",
        "media_files",
        ["remove_after"],
        postgresql_where=sa.text("remove_after IS NOT NULL"),
    )
    _show_on_products()
    _show_on_reviews()


def _show_on_products() -> None:
    op.add_column("product_images", sa.Column("media_id", sa.Uuid(), nullable=True))
    op.add_column("product_images", sa.Column("media", postgresql.JSONB(), nullable=True))
    op.create_foreign_key(
        op.f("fk_product_images_media_id_media_files"), "product_images", "media_files", ["media_id"], ["id"]
    )
    op.create_index(
        "ix_product_images_media", "product_images", ["media_id"], postgresql_where=sa.text("media_id IS NOT NULL")
    )


def _show_on_reviews() -> None:
    op.add_column("reviews", sa.Column("image_media", postgresql.JSONB(), nullable=True))
    op.create_table(
        "review_media",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media_files.id"], name=op.f("fk_review_media_media_id_media_files")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_review_media_review_id_reviews"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("media_id", "review_id", name=op.f("pk_review_media")),
    )
    op.create_index("ix_review_media_review", "review_media", ["review_id"])


def downgrade() -> None:
    op.drop_table("review_media")
    op.drop_column("reviews", "image_media")
    op.drop_index("ix_product_images_media", "product_images")
    op.drop_constraint(op.f("fk_product_images_media_id_media_files"), "product_images", type_="foreignkey")
    op.drop_column("product_images", "media")
    op.drop_column("product_images", "media_id")
    op.drop_table("media_files")
