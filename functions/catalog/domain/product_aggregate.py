"""A product as it is stored, with everything that belongs to it."""

from __future__ import annotations

import dataclasses
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
    """A row of `variants` that is not deleted, and its stock."""

    id: UUID
    product_id: UUID
    on_hand: int
    reserved: int
    allow_backorder: bool

    def draft(self) -> VariantDraft:
        """The same variant as a draft that leaves its stock alone."""
        return VariantDraft(id=self.id, **self.fields())

    def fields(self) -> dict[str, Any]:
        """Its own fields, by name."""
        return {name: getattr(self, name) for name in VARIANT_FIELDS}


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
            **{
                f"variants.{variant.id}": {
                    "position": position,
                    **variant.fields(),
                    "allow_backorder": variant.allow_backorder,
                    "stock": variant.on_hand,
                }
                for position, variant in enumerate(self.variants, 1)
            },
            **{f"images.{place}": {"url": image.url, "alt": image.alt} for place, image in enumerate(self.images, 1)},
        }
