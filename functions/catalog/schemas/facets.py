"""What a list of products can be narrowed by, with counts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contexts.catalog.schemas import MinorUnits
from shared.web import ResponseModel


class FacetValue(ResponseModel):
    value: str
    count: int


class FacetCategory(ResponseModel):
    """A category; its products and those below it are counted."""

    id: UUID
    slug: str
    name: str
    count: int


class FacetOption(ResponseModel):
    name: Annotated[str, Field(examples=["Size"])]
    values: list[FacetValue]


class FacetPrice(ResponseModel):
    """From the lowest to the highest; null without products."""

    min_amount: MinorUnits | None
    max_amount: MinorUnits | None


class FacetRating(ResponseModel):
    min: Annotated[int, Field(description="Stars on average, at least")]
    count: int


class FacetStock(ResponseModel):
    value: bool
    count: int


class Facets(ResponseModel):
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
