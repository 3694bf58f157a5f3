"""Tables of catalog in which customers leave something: reviews, wishes, and downloads of what they bought."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.contexts.catalog.models.products import Product, Variant
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.tables.base import Amount, Base, Currency, Id, Instant, Now, reference


class Review(Base):
    """One per customer and product. What is published by a buyer (`is_verified`) counts in its product's `rating_count`
    and `rating_sum`.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("product_id", "user_id"),
        Index("ix_reviews_newest", "product_id", "id", postgresql_where=text("status = 'published'")),
        Index("ix_reviews_helpful", "product_id", "helpful_count", "id", postgresql_where=text("status = 'published'")),
        Index("ix_reviews_rating", "product_id", "rating", "id", postgresql_where=text("status = 'published'")),
        Index("ix_reviews_status", "status", "id"),
        Index("ix_reviews_user", "user_id", "id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        CheckConstraint("cardinality(image_urls) <= 5", name="image_urls"),
        CheckConstraint("status IN ('published', 'hidden')", name="status"),
        CheckConstraint("helpful_count >= 0 AND unhelpful_count >= 0", name="votes"),
    )

    id: Mapped[Id]
    product_id: Mapped[UUID] = mapped_column(reference(Product.id, on_delete="CASCADE"))
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    rating: Mapped[int] = mapped_column(SmallInteger)
    """Stars, 1 to 5."""
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    """Plain text."""
    image_urls: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    image_media: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """By address, what is shown of the pictures that are ours; as `ProductImage.media`."""
    is_verified: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether an order of the author's with this product had been delivered when the review was written."""
    status: Mapped[str] = mapped_column(String(20), server_default=text("'published'"))
    helpful_count: Mapped[int] = mapped_column(server_default=text("0"))
    unhelpful_count: Mapped[int] = mapped_column(server_default=text("0"))
    reply: Mapped[str | None] = mapped_column(Text)
    """The shop's, in plain text."""
    replied_by: Mapped[str | None] = mapped_column(String(60))
    replied_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class ReviewMedia(Base):
    """A picture of ours that a review shows; it stays for as long as it is shown there."""

    __tablename__ = "review_media"
    __table_args__ = (Index("ix_review_media_review", "review_id"),)

    media_id: Mapped[UUID] = mapped_column(reference(MediaFile.id), primary_key=True)
    review_id: Mapped[UUID] = mapped_column(reference(Review.id, on_delete="CASCADE"), primary_key=True)


class ReviewVote(Base):
    """Whether a customer found a review helpful; counted in the review's row."""

    __tablename__ = "review_votes"
    __table_args__ = (Index("ix_review_votes_user", "user_id"),)

    review_id: Mapped[UUID] = mapped_column(reference(Review.id, on_delete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    """Not a foreign key: a vote outlives the account, or its count would be wrong."""
    helpful: Mapped[bool]
    created_at: Mapped[Now]


class ReviewModeration(Base):
    """Who hid or published a review, and why; append-only."""

    __tablename__ = "review_moderations"
    __table_args__ = (Index("ix_review_moderations_review", "review_id", "id"),)

    id: Mapped[Id]
    review_id: Mapped[UUID] = mapped_column(reference(Review.id, on_delete="CASCADE"))
    before: Mapped[str] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(60))
    """`moderator:<user id>`."""
    reason: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[Now]


class WishlistItem(Base):
    """A product that a customer wishes for, with what it was like when wished or when its notices last looked."""

    __tablename__ = "wishlist_items"
    __table_args__ = (
        Index("ix_wishlist_items_product", "product_id", "user_id"),
        Index("ix_wishlist_items_newest", "user_id", "created_at", "product_id"),
    )

    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(reference(Product.id, on_delete="CASCADE"), primary_key=True)
    currency: Mapped[Currency]
    price_amount: Mapped[Amount]
    """The lowest that the customer knows of: the product's lowest price when wished, or the last one told."""
    in_stock: Mapped[bool]
    created_at: Mapped[Now]


class ProductMedia(Base):
    """A file that buyers of a product's digital variants may download; private, reached by signed links only."""

    __tablename__ = "product_media"
    __table_args__ = (
        Index("ix_product_media_product", "product_id", "id", postgresql_where=text("deleted_at IS NULL")),
        CheckConstraint("size_bytes > 0", name="size_bytes"),
    )

    id: Mapped[Id]
    product_id: Mapped[UUID] = mapped_column(reference(Product.id, on_delete="CASCADE"))
    variant_id: Mapped[UUID | None] = mapped_column(reference(Variant.id, on_delete="CASCADE"))
    """Null where every digital variant of the product carries it."""
    object_key: Mapped[str] = mapped_column(String(300))
    file_name: Mapped[str] = mapped_column(String(255))
    content_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[Amount]
    """As announced; the upload accepts no other size."""
    created_by: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="SET NULL"))
    created_at: Mapped[Now]
    uploaded_at: Mapped[Instant | None]
    """Null until the object is there."""
    deleted_at: Mapped[Instant | None]


class MediaDownload(Base):
    """How often a file was fetched for one line of an order."""

    __tablename__ = "media_downloads"
    __table_args__ = (CheckConstraint("downloads > 0", name="downloads"),)

    order_item_id: Mapped[UUID] = mapped_column(primary_key=True)
    media_id: Mapped[UUID] = mapped_column(reference(ProductMedia.id, on_delete="CASCADE"), primary_key=True)
    downloads: Mapped[int]
    last_at: Mapped[Now]
