"""A product as it is to be stored: written by the admin's API and by imports alike."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from functions.catalog.domain.variant_fields import VariantFields
from shared.contexts.media import media_urls

NO_OPTIONS: Final = ("Title", "Default Title")
"""How Shopify's product files say that a product has no options: one option of this name with this value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFields:
    """A product without its variants and images."""

    slug: str
    name: str
    description: str
    """HTML, sanitised."""
    vendor: str
    product_type: str
    tags: list[str]
    category_id: UUID | None
    currency: str
    option_names: list[str]
    seo_title: str | None
    seo_description: str | None
    is_active: bool


PRODUCT_FIELDS: Final = tuple(f.name for f in dataclasses.fields(ProductFields))


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDraft(VariantFields):
    """A variant as it is to be stored; without an id it is a new one.

    Stock is no part of the product: sales change it all the time. None leaves it as it is (0 and False when new).
    """

    id: UUID | None
    stock: int | None = field(default=None, compare=False)
    allow_backorder: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ImageDraft:
    """Images are known by their place: the first is shown in lists.

    `media_id` is the id of a picture that was uploaded here, `media` its description; both follow from the address.
    """

    url: str
    alt: str
    media: dict[str, Any] | None = field(default=None, compare=False)
    media_id: UUID | None = field(default=None, compare=False)


def image_at(url: str, alt: str) -> ImageDraft:
    """An image known by its address, which may be that of a picture uploaded here."""
    return ImageDraft(url, alt, media_id=media_urls.media_id(url))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft:
    """A whole product as it is to be stored."""

    fields: ProductFields
    variants: list[VariantDraft]
    images: list[ImageDraft]
