"""What a product says, apart from where it is stored: written by the admin's API and by imports alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

MAX_OPTIONS: Final = 3
NO_OPTIONS: Final = ("Title", "Default Title")
"""How Shopify's product files say that a product has no options: one option of this name with this value."""
MAX_VARIANTS: Final = 100
MAX_IMAGES: Final = 250
MAX_TAGS: Final = 250
MAX_DESCRIPTION: Final = 100_000
"""Characters of HTML, before and after it is sanitised."""
MAX_PRODUCT_TYPE: Final = 200
"""The name that a category of this type would have."""
MAX_STOCK: Final = 1_000_000_000
MAX_WEIGHT_GRAMS: Final = 1_000_000_000


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


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDraft:
    """A variant as it shall be; without an id it is a new one. Amounts are minor units of the product's currency.

    Stock is no part of the document: sales change it all the time. None leaves it as it is (0 and False when new).
    """

    id: UUID | None
    sku: str | None
    barcode: str | None
    option_values: list[str]
    price_amount: int
    compare_at_amount: int | None
    weight_grams: int
    requires_shipping: bool
    taxable: bool
    image_url: str | None
    stock: int | None = field(default=None, compare=False)
    allow_backorder: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ImageDraft:
    """Images are known by their place: the first is shown in lists.

    `media` is what is shown besides of one that was uploaded here; it follows from the address.
    """

    url: str
    alt: str
    media: dict[str, Any] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft:
    """A whole product as it shall be."""

    fields: ProductFields
    variants: list[VariantDraft]
    images: list[ImageDraft]
