"""Products found by words, and suggestions of words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.contexts.catalog.schemas import ProductSummary
from shared.web import Page, ResponseModel


class Highlights(ResponseModel):
    """HTML in which what met the query is in `<mark>`, and all else is escaped."""

    name: Annotated[str, Field(examples=["<mark>Clay</mark> Plant <mark>Pot</mark>"])]
    description: Annotated[str | None, Field(description="Some of it; null where none of it met the query")]


class ProductSearchResult(ProductSummary):
    """A product that a search found."""

    highlights: Highlights


class ProductSearchResultList(Page[ProductSearchResult]):
    exact: Annotated[bool, Field(description="False: nothing has all of the query; these have something alike")]


class SearchSuggestion(ResponseModel):
    kind: Literal["product", "category", "vendor"]
    text: Annotated[str, Field(examples=["Clay Plant Pot"])]
    slug: Annotated[str | None, Field(description="Of the product or category; null for a vendor")]


class SearchSuggestionList(ResponseModel):
    items: list[SearchSuggestion]
