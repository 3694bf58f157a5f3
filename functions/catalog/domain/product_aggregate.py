"""A product as it is stored, with everything that belongs to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from functions.catalog.domain.product_draft import (
    PRODUCT_FIELDS,
    ImageDraft,
    ProductDraft,
    ProductFields,
    VariantDraft,
)
from functions.catalog.domain.variant_fields import VARIANT_FIELDS, VariantFields


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProduct(ProductFields):
    """A row of `products`, and the slug of its category. `import_handle`: what product files call it, where that is no
    slug.
    """

    id: UUID
    category_slug: str | None
    import_handle: str | None
    version: int
    created_at: datetime
    updated_at: datetime

    def fields(self) -> ProductFields:
        """Its own fields."""
        return ProductFields(**{name: getattr(self, name) for name in PRODUCT_FIELDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVariant(VariantFields):
    """A row of `variants` that is not deleted, and its stock. `position` grows along the product's order."""

    id: UUID
    product_id: UUID
    version: int
    position: int
    on_hand: int
    reserved: int
    allow_backorder: bool
    low_stock_threshold: int | None

    def draft(self) -> VariantDraft:
        """The same variant as a draft that leaves its stock alone."""
        return VariantDraft(id=self.id, **self.fields())

    def fields(self) -> dict[str, Any]:
        """Its own fields, by name."""
        return {name: getattr(self, name) for name in VARIANT_FIELDS}

    def flat(self, position: int) -> dict[str, Any]:
        """The variant as the audit log has it."""
        return {
            "position": position,
            **self.fields(),
            "allow_backorder": self.allow_backorder,
            "stock": self.on_hand,
        }


@dataclass(frozen=True, slots=True)
class ProductAggregate:
    """A product with its variants and images, each in their order."""

    product: StoredProduct
    variants: list[StoredVariant]
    images: list[ImageDraft]

    def draft(self) -> ProductDraft:
        """The product as it is, to be changed and compared."""
        return ProductDraft(
            fields=self.product.fields(), variants=[variant.draft() for variant in self.variants], images=self.images
        )

    def flat(self) -> dict[str, Any]:
        """The product as the audit log has it: one level, variants by id and images by place."""
        return {
            **dataclasses.asdict(self.product.fields()),
            **{f"variants.{variant.id}": variant.flat(position) for position, variant in enumerate(self.variants, 1)},
            **flat_images(self.images),
        }


@dataclass(frozen=True, slots=True)
class ProductHead:
    """A product without its variants, of which there may be thousands."""

    product: StoredProduct
    images: list[ImageDraft]


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """A product as one answer has it: `variants` are the first of `variant_count`."""

    product: StoredProduct
    images: list[ImageDraft]
    variants: list[StoredVariant]
    variant_count: int

    @classmethod
    def of(cls, aggregate: ProductAggregate) -> ShownProduct:
        """A product that is known as a whole."""
        return cls(aggregate.product, aggregate.images, aggregate.variants, len(aggregate.variants))


def flat_images(images: Sequence[ImageDraft]) -> dict[str, Any]:
    """Images as the audit log has them, by place."""
    return {f"images.{place}": {"url": image.url, "alt": image.alt} for place, image in enumerate(images, 1)}
