"""What the public catalogue answers. Amounts are minor units of the product's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.web import AnswerModel, Page
from shared.web.pictures import Image
from shared.web.product_lists import ListedProduct, MinorUnits


class FacetValue(AnswerModel):
    value: str
    count: int


class FacetCategory(AnswerModel):
    """A category; its products and those below it are counted."""

    id: UUID
    slug: str
    name: str
    count: int


class FacetOption(AnswerModel):
    name: Annotated[str, Field(examples=["Size"])]
    values: list[FacetValue]


class FacetPrice(AnswerModel):
    """From the lowest to the highest; null without products."""

    min_amount: MinorUnits | None
    max_amount: MinorUnits | None


class FacetRating(AnswerModel):
    min: Annotated[int, Field(description="Stars on average, at least")]
    count: int


class FacetStock(AnswerModel):
    value: bool
    count: int


class Facets(AnswerModel):
    """The facets that were asked for; of each the most frequent values."""

    total: Annotated[int, Field(description="Products that meet all filters")]
    approximate: Annotated[bool, Field(description="Some of the counts are estimates of two digits")]
    categories: list[FacetCategory] | None = None
    vendors: list[FacetValue] | None = None
    tags: list[FacetValue] | None = None
    options: list[FacetOption] | None = None
    price: FacetPrice | None = None
    ratings: list[FacetRating] | None = None
    in_stock: list[FacetStock] | None = None


class ProductList(Page[ListedProduct]):
    facets: Annotated[Facets | None, Field(description="Only where asked for")] = None


class Highlights(AnswerModel):
    """HTML in which what met the query is in `<mark>`, and all else is escaped."""

    name: Annotated[str, Field(examples=["<mark>Clay</mark> Plant <mark>Pot</mark>"])]
    description: Annotated[str | None, Field(description="Some of it; null where none of it met the query")]


class FoundProduct(ListedProduct):
    """A product that a search found."""

    highlights: Highlights


class SearchPage(Page[FoundProduct]):
    exact: Annotated[bool, Field(description="False: nothing has all of the query; these have something alike")]


class Suggestion(AnswerModel):
    kind: Literal["product", "category", "vendor"]
    text: Annotated[str, Field(examples=["Clay Plant Pot"])]
    slug: Annotated[str | None, Field(description="Of the product or category; null for a vendor")]


class Suggestions(AnswerModel):
    items: list[Suggestion]


class Option(AnswerModel):
    name: Annotated[str, Field(examples=["Size"])]
    values: Annotated[list[str], Field(examples=[["Small", "Large"]])]


class OfferedVariant(AnswerModel):
    """What a cart takes. `available` is told only when few are left."""

    id: UUID
    sku: str | None
    option_values: Annotated[list[str], Field(description="In the order of the product's options")]
    price_amount: MinorUnits
    compare_at_amount: int | None
    weight_grams: int
    requires_shipping: bool
    image_url: str | None
    stock_state: Literal["in_stock", "low", "out"]
    available: int | None


class Breadcrumb(AnswerModel):
    id: UUID
    name: str
    slug: str


class ProductPage(AnswerModel):
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
    rating_average: Annotated[float | None, Field(description="Stars, 1 to 5; null without reviews", examples=[4.5])]
    rating_count: int
    categories: Annotated[list[Breadcrumb], Field(description="From the root to the product's own category")]
    options: list[Option]
    variants: list[OfferedVariant]
    images: list[Image]
    seo_title: str | None
    seo_description: str | None
    created_at: datetime
    updated_at: datetime


class Category(AnswerModel):
    """A category, with all below it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0199c0de-0000-7000-8000-000000000001",
                    "name": "Garden",
                    "slug": "garden",
                    "product_count": 12,
                    "children": [],
                }
            ]
        }
    )

    id: UUID
    name: str
    slug: str
    product_count: Annotated[int, Field(description="Products on sale in it and below")]
    children: list[Category]


class CategoryTree(AnswerModel):
    items: list[Category]
