"""Products as the public reads them. Amounts are minor units of the product's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from functions.catalog.domain.variant_fields import PUBLIC_VARIANT_FIELDS, VariantFields
from functions.catalog.schemas.derived import with_fields
from functions.catalog.schemas.facets import Facets
from shared.contexts.catalog.schemas import MinorUnits, ProductSummary
from shared.contexts.media.schemas import Image
from shared.web import Page, ResponseModel


class ProductList(Page[ProductSummary]):
    facets: Annotated[Facets | None, Field(description="Only where asked for")] = None


class ProductOption(ResponseModel):
    name: Annotated[str, Field(examples=["Size"])]
    values: Annotated[list[str], Field(examples=[["Small", "Large"]])]


@with_fields(VariantFields, PUBLIC_VARIANT_FIELDS, after="id")
class ProductVariant(ResponseModel):
    """What a cart takes. `available` is told only when few are left."""

    id: UUID
    option_values: Annotated[list[str], Field(description="In the order of the product's options")]
    price_amount: MinorUnits
    stock_state: Literal["in_stock", "low", "out"]
    available: int | None


class Breadcrumb(ResponseModel):
    id: UUID
    name: str
    slug: str


class Product(ResponseModel):
    """One product as its page shows it."""

    id: UUID
    slug: str
    name: str
    description: Annotated[str, Field(description="Sanitised HTML")]
    vendor: str
    product_type: str
    tags: list[str]
    currency: str
    price_min_amount: MinorUnits
    price_max_amount: MinorUnits
    in_stock: bool
    rating_average: Annotated[
        float | None, Field(description="Stars of verified buyers, 1 to 5; null without", examples=[4.5])
    ]
    rating_count: Annotated[int, Field(description="Verified buyers who rated it")]
    categories: Annotated[list[Breadcrumb], Field(description="From the root to the product's own category")]
    options: list[ProductOption]
    variants: Annotated[list[ProductVariant], Field(description="The first 100; the others come as pages")]
    variant_count: Annotated[int, Field(description="All of them", examples=[2])]
    images: list[Image]
    seo_title: str | None
    seo_description: str | None
    created_at: datetime
    updated_at: datetime
