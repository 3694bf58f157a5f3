"""Tables of catalog: products, their variants and stock, categories."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.media.models import MediaFile
from shared.tables.base import Amount, Base, Currency, Id, Instant, Now, reference


class Category(Base):
    __tablename__ = "categories"
    __table_args__ = (
        UniqueConstraint("slug"),
        Index("ix_categories_parent_id", "parent_id"),
        # `search_key`, a function of the schema: how the beginnings of names are compared.
        Index(
            "ix_categories_name_key",
            literal_column("search_key(name::text)").label("key"),
            postgresql_ops={"key": "text_pattern_ops"},
        ),
    )

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(server_default=text("0"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class CategorySlugHistory(Base):
    """A slug that no category bears, and the category that bore it last."""

    __tablename__ = "category_slug_history"
    __table_args__ = (Index("ix_category_slug_history_category_id", "category_id"),)

    slug: Mapped[str] = mapped_column(String(200), primary_key=True)
    category_id: Mapped[UUID] = mapped_column(reference(Category.id, on_delete="CASCADE"))
    created_at: Mapped[Now]


class Product(Base):
    """`price_min` and `price_max` repeat what the variants say, so that lists filter and sort by index.

    A deleted product keeps its row, for the orders that name it, and frees its slug.
    """

    __tablename__ = "products"
    __table_args__ = (
        Index("uq_products_slug", "slug", unique=True, postgresql_where=text("deleted_at IS NULL")),
        CheckConstraint("cardinality(option_names) <= 3", name="option_names"),
        CheckConstraint("price_min >= 0 AND price_max >= price_min", name="prices"),
        Index("ix_products_newest", "created_at", "id", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_products_price", "price_min", "id", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_products_name", "name", "id", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_products_updated", "updated_at", "id", postgresql_where=text("deleted_at IS NULL")),
        Index(
            "ix_products_name_parts",
            literal_column("search_key(name::text)").label("key"),
            postgresql_using="gin",
            postgresql_ops={"key": "gin_trgm_ops"},
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_products_category",
            "category_id",
            "created_at",
            "id",
            postgresql_where=text("is_active AND deleted_at IS NULL"),
        ),
        Index("ix_products_vendor", "vendor", "created_at", "id", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_products_tags", "tags", postgresql_using="gin"),
        Index("ix_products_category_id", "category_id"),
        Index("ix_products_rating", "rating_rank", "id", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_products_popular", "sold_count", "id", postgresql_where=text("deleted_at IS NULL")),
        # An order that has nothing to do with anything: the first of a set in it are a fair sample of the set.
        Index("ix_products_sample", text("uuid_hash(id)"), postgresql_where=text("deleted_at IS NULL")),
        Index(
            "ix_products_vendor_key",
            literal_column("search_key(vendor::text)").label("key"),
            postgresql_ops={"key": "text_pattern_ops"},
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_products_import_handle",
            "import_handle",
            postgresql_where=text("import_handle IS NOT NULL AND deleted_at IS NULL"),
        ),
        CheckConstraint("rating_sum BETWEEN rating_count AND 5 * rating_count", name="ratings"),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(255))
    """The handle of an imported product."""
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str] = mapped_column(Text, server_default=text("''"))
    """HTML, sanitised when it is written."""
    vendor: Mapped[str] = mapped_column(String(255), server_default=text("''"))
    product_type: Mapped[str] = mapped_column(String(255), server_default=text("''"))
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    category_id: Mapped[UUID | None] = mapped_column(reference(Category.id, on_delete="SET NULL"))
    currency: Mapped[Currency]
    option_names: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    price_min: Mapped[Amount]
    price_max: Mapped[Amount]
    seo_title: Mapped[str | None] = mapped_column(String(255))
    seo_description: Mapped[str | None] = mapped_column(String(1000))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    rating_count: Mapped[int] = mapped_column(server_default=text("0"))
    rating_sum: Mapped[int] = mapped_column(server_default=text("0"))
    """Stars of all counted reviews together."""
    rating_rank: Mapped[int] = mapped_column(
        BigInteger,
        Computed(
            "CASE WHEN rating_count > 0 THEN rating_sum::bigint * 100 / rating_count * 10000000"
            " + least(rating_count, 9999999) ELSE 0 END",
            persisted=True,
        ),
    )
    """What lists by rating are sorted by: the average in hundredths, then how many say so; 0 without any."""
    import_handle: Mapped[str | None] = mapped_column(String(255))
    """What product files call it, where that is no slug."""
    sold_count: Mapped[int] = mapped_column(server_default=text("0"))
    """Units sold lately, as the last count found (`catalog.refresh_popularity`)."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
    """When the document was written last (its version counted up); being sold or rated is none of that."""
    deleted_at: Mapped[Instant | None]


class ProductSlugHistory(Base):
    """A slug that no product bears, and the one that bore it last: renamed since, or deleted."""

    __tablename__ = "product_slug_history"
    __table_args__ = (Index("ix_product_slug_history_product_id", "product_id"),)

    slug: Mapped[str] = mapped_column(String(255), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(reference(Product.id, on_delete="CASCADE"))
    created_at: Mapped[Now]


class ProductImage(Base):
    __tablename__ = "product_images"
    __table_args__ = (
        UniqueConstraint("product_id", "position", deferrable=True, initially="DEFERRED"),
        Index("ix_product_images_media", "media_id", postgresql_where=text("media_id IS NOT NULL")),
    )

    id: Mapped[Id]
    product_id: Mapped[UUID] = mapped_column(reference(Product.id, on_delete="CASCADE"))
    position: Mapped[int]
    url: Mapped[str] = mapped_column(String(2000))
    alt: Mapped[str] = mapped_column(String(512), server_default=text("''"))
    media_id: Mapped[UUID | None] = mapped_column(reference(MediaFile.id))
    """Where the picture is one of ours; it stays for as long as it is shown here."""
    media: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What of it is shown, repeated so that lists need not look for it: `blurhash`, `width`, `height`, `variants`."""


class Variant(Base):
    """What is bought: one combination of the product's options. A product without options has one variant."""

    __tablename__ = "variants"
    __table_args__ = (
        # Unique among what is not deleted. Only an exclusion constraint is both partial and deferrable, which here
        # means checked at the end of each statement: one statement may exchange the options or SKUs of two variants.
        ExcludeConstraint(
            ("product_id", "="),
            ("option_values", "="),
            name="ex_variants_options",
            using="btree",
            where=text("deleted_at IS NULL"),
            deferrable=True,
            initially="IMMEDIATE",
        ),
        ExcludeConstraint(
            ("vendor", "="),
            ("sku", "="),
            name="ex_variants_sku",
            using="btree",
            where=text("deleted_at IS NULL AND sku IS NOT NULL"),
            deferrable=True,
            initially="IMMEDIATE",
        ),
        Index(
            "ix_variants_option_values",
            "option_values",
            postgresql_using="gin",
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index("ix_variants_sku", "sku", "id", postgresql_where=text("deleted_at IS NULL AND sku IS NOT NULL")),
        Index(
            "ix_variants_sku_prefix",
            literal_column("lower(sku::text)").label("key"),
            postgresql_ops={"key": "text_pattern_ops"},
            postgresql_where=text("deleted_at IS NULL AND sku IS NOT NULL"),
        ),
        Index("ix_variants_product", "product_id", "position", "id", postgresql_where=text("deleted_at IS NULL")),
        CheckConstraint("price_amount >= 0", name="price_amount"),
        CheckConstraint("compare_at_amount >= 0", name="compare_at_amount"),
        CheckConstraint("weight_grams >= 0", name="weight_grams"),
    )

    id: Mapped[Id]
    product_id: Mapped[UUID] = mapped_column(reference(Product.id, on_delete="CASCADE"))
    vendor: Mapped[str] = mapped_column(String(255), server_default=text("''"))
    """The product's, repeated: a SKU is unique per vendor."""
    position: Mapped[int]
    sku: Mapped[str | None] = mapped_column(String(255))
    barcode: Mapped[str | None] = mapped_column(String(255))
    option_values: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    price_amount: Mapped[Amount]
    compare_at_amount: Mapped[Amount | None]
    weight_grams: Mapped[int] = mapped_column(server_default=text("0"))
    requires_shipping: Mapped[bool] = mapped_column(server_default=text("true"))
    taxable: Mapped[bool] = mapped_column(server_default=text("true"))
    image_url: Mapped[str | None] = mapped_column(String(2000))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]
    deleted_at: Mapped[Instant | None]


class StockLevel(Base):
    """How many there are, how many of these are promised, how many are owed. Written only through
    `shared.contexts.catalog.stock`.
    """

    __tablename__ = "stock_levels"
    __table_args__ = (
        Index("ix_stock_levels_sold_out", "sold_out", "variant_id"),
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("owed >= 0 AND (owed = 0 OR on_hand = 0)", name="owed"),
        CheckConstraint("reserved >= 0 AND (reserved <= on_hand OR allow_backorder)", name="reserved"),
        CheckConstraint("low_stock_threshold >= 0", name="low_stock_threshold"),
        Index("ix_stock_levels_low", "variant_id", postgresql_where=text("is_low")),
        # What a run of the notices has to do, and nothing else.
        Index("ix_stock_levels_fallen", "variant_id", postgresql_where=text("is_low AND low_noticed_at IS NULL")),
        Index(
            "ix_stock_levels_risen", "variant_id", postgresql_where=text("NOT is_low AND low_noticed_at IS NOT NULL")
        ),
    )

    variant_id: Mapped[UUID] = mapped_column(reference(Variant.id, on_delete="CASCADE"), primary_key=True)
    on_hand: Mapped[int] = mapped_column(server_default=text("0"))
    reserved: Mapped[int] = mapped_column(server_default=text("0"))
    owed: Mapped[int] = mapped_column(server_default=text("0"))
    """Sold by backorders beyond what was there; the next units to arrive are these."""
    allow_backorder: Mapped[bool] = mapped_column(server_default=text("false"))
    """Shopify's inventory policy `continue`: sold also when there is none."""
    sold_out: Mapped[bool] = mapped_column(Computed("on_hand <= reserved AND NOT allow_backorder", persisted=True))
    """Stored, so that an index has it without being written by every reservation."""
    low_stock_threshold: Mapped[int | None] = mapped_column(server_default=text("5"))
    """Down to so many units that are not promised the shop is told; null where it does not want to know."""
    is_low: Mapped[bool] = mapped_column(
        Computed("NOT allow_backorder AND on_hand - reserved <= coalesce(low_stock_threshold, -1)", persisted=True)
    )
    """Stored, and the only thing that its index looks at: a sale that leaves it as it is stays a heap-only update."""
    low_noticed_at: Mapped[Instant | None]
    """When the shop was told; null again once there is more."""
    updated_at: Mapped[Now]


class StockMovement(Base):
    """Append-only: the sum of a variant's movements is its `on_hand` less what is `owed`."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        Index("ix_stock_movements_variant_id", "variant_id", "id"),
        Index("ix_stock_movements_reference", "reference", postgresql_where=text("reference IS NOT NULL")),
    )

    id: Mapped[Id]
    variant_id: Mapped[UUID] = mapped_column(reference(Variant.id, on_delete="CASCADE"))
    quantity: Mapped[int]
    """Signed."""
    reason: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str | None] = mapped_column(String(100))
    """What it was for: an order's or an import's id."""
    actor: Mapped[str | None] = mapped_column(String(60))
    """Who did it by hand: `admin:<user id>`."""
    note: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[Now]


class StockReservation(Base):
    """Units promised to a checkout until it is paid, cancelled or expired."""

    __tablename__ = "stock_reservations"
    __table_args__ = (
        UniqueConstraint("checkout_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_stock_reservations_network", "network", "variant_id", postgresql_where=text("network IS NOT NULL")),
    )

    id: Mapped[Id]
    checkout_id: Mapped[UUID]
    variant_id: Mapped[UUID] = mapped_column(reference(Variant.id, on_delete="CASCADE"))
    quantity: Mapped[int]
    network: Mapped[bytes | None]
    """Whose units `network_reservations` counts them among; null where nobody is limited."""
    created_at: Mapped[Now]


class NetworkReservation(Base):
    """What a network has reserved of a variant without paying; the rules are in `reservation_limits`."""

    __tablename__ = "network_reservations"
    __table_args__ = (Index("ix_network_reservations_since", "since"),)

    network: Mapped[bytes] = mapped_column(primary_key=True)
    """The network's address as a hash with a key of ours."""
    variant_id: Mapped[UUID] = mapped_column(primary_key=True)
    """Not a foreign key, which every checkout would pay for: rows end by themselves."""
    held: Mapped[int]
    """Units that are reserved now."""
    taken: Mapped[int]
    """Units that were reserved within an hour from `since` on and not paid, those that are held included."""
    since: Mapped[Now]
