"""Products as admins write and read them. Amounts are minor units of the product's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from functions.catalog.domain import limits
from functions.catalog.domain.variant_fields import VARIANT_FIELDS, VariantFields
from functions.catalog.schemas.bulk_changes import ChangeOrDelete
from functions.catalog.schemas.derived import with_fields
from functions.catalog.schemas.facets import Facets
from functions.catalog.schemas.pictures import ImageUrl, WrittenPicture
from functions.catalog.schemas.slugs import VALID_SLUG
from shared.contexts.catalog.schemas import ProductSummary
from shared.contexts.media.schemas import Image
from shared.money import MAX_AMOUNT
from shared.web import ChangeModel, CurrencyCode, Page, RequestModel, ResponseModel, Version
from shared.web.fields import SingleLine

Slug = Annotated[str, Field(min_length=1, max_length=255, description="Made from the name where absent"), VALID_SLUG]
Name = Annotated[str, Field(min_length=1, max_length=255, examples=["Clay Plant Pot"]), SingleLine]
Html = Annotated[str, Field(max_length=limits.MAX_DESCRIPTION, description="HTML; sanitised when it is stored")]
ShortText = Annotated[str, Field(max_length=255), SingleLine]
FilledText = Annotated[str, Field(min_length=1, max_length=255), SingleLine]
ProductType = Annotated[str, Field(max_length=limits.MAX_PRODUCT_TYPE)]
Tag = Annotated[str, Field(min_length=1, max_length=255, pattern="^[^,]*$", description="Without a comma")]
Tags = Annotated[list[Tag], Field(max_length=limits.MAX_TAGS)]
OptionNames = Annotated[list[FilledText], Field(max_length=limits.MAX_OPTIONS, examples=[["Size"]])]
OptionValues = Annotated[list[FilledText], Field(max_length=limits.MAX_OPTIONS, examples=[["Large"]])]
SeoTitle = Annotated[str, Field(max_length=255)]
SeoDescription = Annotated[str, Field(max_length=1000)]
Amount = Annotated[int, Field(ge=0, le=MAX_AMOUNT, description="Minor units of the product's currency")]


class WrittenVariant(RequestModel):
    """A variant. With `id` it is one that the product has; without, a new one. `stock` left out stays as it is."""

    id: UUID | None = None
    sku: FilledText | None = None
    barcode: FilledText | None = None
    option_values: OptionValues = Field(default_factory=list)
    price_amount: Annotated[Amount, Field(examples=[1599])]
    compare_at_amount: Amount | None = None
    weight_grams: Annotated[int, Field(ge=0, le=limits.MAX_WEIGHT_GRAMS)] = 0
    requires_shipping: bool = True
    taxable: bool = True
    image_url: ImageUrl | None = None
    stock: Annotated[int, Field(ge=0, le=limits.MAX_STOCK)] | None = None
    allow_backorder: bool | None = None


class WrittenImage(WrittenPicture):
    alt: Annotated[str, Field(max_length=512)] = ""


Variants = Annotated[
    list[WrittenVariant],
    Field(
        min_length=1,
        max_length=limits.MAX_VARIANTS_TOGETHER,
        description=f"A product has at most {limits.MAX_VARIANTS}; further ones are written by part",
    ),
]
Images = Annotated[list[WrittenImage], Field(max_length=limits.MAX_IMAGES, description="The first one leads")]


class NewProduct(RequestModel):
    """A whole product; its variants are in order."""

    name: Name
    slug: Slug | None = None
    description: Html = ""
    vendor: ShortText = ""
    product_type: ProductType = ""
    tags: Tags = Field(default_factory=list)
    category_id: UUID | None = None
    currency: CurrencyCode
    option_names: OptionNames = Field(default_factory=list)
    variants: Variants
    images: Images = Field(default_factory=list)
    seo_title: SeoTitle | None = None
    seo_description: SeoDescription | None = None
    is_active: bool = True


class ProductReplacement(NewProduct):
    """The whole product anew. Variants that are not named by their id are deleted; an absent `slug` stays."""

    version: Version


class ProductChange(ChangeModel):
    """Only what is sent changes. `variants` and `images`, where sent, replace all of them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 3, "name": "Clay Plant Pot, large"}]})

    version: Version
    name: Name = ""
    slug: Slug = ""
    description: Html = ""
    vendor: ShortText = ""
    product_type: ProductType = ""
    tags: Tags = Field(default_factory=list)
    category_id: UUID | None = None
    currency: CurrencyCode = ""
    option_names: OptionNames = Field(default_factory=list)
    variants: Variants = Field(default_factory=list)
    images: Images = Field(default_factory=list)
    seo_title: SeoTitle | None = None
    seo_description: SeoDescription | None = None
    is_active: bool = True


class ProductFieldsChange(ChangeModel):
    """What becomes another of each product: only what is sent."""

    is_active: bool = True
    category_id: Annotated[UUID | None, Field(description="Null: none")] = None
    add_tags: Tags = Field(default_factory=list)
    remove_tags: Tags = Field(default_factory=list)


class ProductsChange(ChangeOrDelete[ProductFieldsChange]):
    """The same for several products: `change` them, or `delete` them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"ids": ["0199c0de-0000-7000-8000-000000000001"], "change": {"is_active": False}}]
        }
    )


class AdminProductSummary(ProductSummary):
    is_active: bool
    version: int
    created_at: datetime
    updated_at: datetime


class AdminProductList(Page[AdminProductSummary]):
    facets: Annotated[Facets | None, Field(description="Only where asked for")] = None


@with_fields(VariantFields, VARIANT_FIELDS, after="id")
class AdminVariant(ResponseModel):
    """`stock` is what is there, `reserved` what of it is promised to checkouts."""

    id: UUID
    version: int
    stock: int
    reserved: int
    allow_backorder: bool
    low_stock_threshold: Annotated[int | None, Field(description="Null: the shop does not want to be told")]


class AdminProduct(ResponseModel):
    """A product as an admin edits it. Of many variants the first 100 are here; the others come as pages."""

    id: UUID
    version: int
    slug: str
    name: str
    description: str
    vendor: str
    product_type: str
    tags: list[str]
    category_id: UUID | None
    currency: str
    option_names: list[str]
    variants: list[AdminVariant]
    variant_count: Annotated[int, Field(description="All of them", examples=[2])]
    images: list[Image]
    seo_title: str | None
    seo_description: str | None
    is_active: bool
    created_at: datetime
    updated_at: datetime
