"""Searching products."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog import schemas
from functions.catalog.repository.filters import ProductFilters
from functions.catalog.routes.caching import LIST_PAGES
from functions.catalog.routes.filtering import (
    Category,
    InStock,
    PriceMax,
    PriceMin,
    RatingMin,
    Text,
    product_filters,
)
from functions.catalog.search import Hit
from functions.catalog.search.postgresql import PostgresqlSearch
from functions.catalog.service import searching
from shared.product_lists import listed
from shared.web import Reader, answer_document, answer_page
from shared.web.answers import FieldNames, parse_fields
from shared.web.pages import DEFAULT_LIMIT, Cursor, Limit, PageRequest, next_cursor
from shared.web.query import from_query

router = APIRouter(prefix="/api/v1/products/search", tags=["catalog"])

_MAX_QUERY = 100

Words = Annotated[
    str, Query(min_length=1, max_length=_MAX_QUERY, description="Words, or parts of a phrase", examples=["clay pot"])
]


@dataclasses.dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is searched for, among which products, and how much of it."""

    query: str
    page: PageRequest
    fields: frozenset[str] | None
    filters: ProductFilters
    category: str | None

    @property
    def identity(self) -> str:
        """Names the search, so that a cursor fits no other."""
        return f"search {self.query!r} {self.category!r} {self.filters!r}"


async def _search_request(
    *,
    request: Request,
    q: Words,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    fields: FieldNames = None,
    category: Category = None,
    price_min: PriceMin = None,
    price_max: PriceMax = None,
    in_stock: InStock = None,
    vendor: Text = None,
    tag: Text = None,
    rating_min: RatingMin = None,
) -> SearchRequest:
    filters = product_filters(
        request,
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        vendor=vendor,
        tag=tag,
        rating_min=rating_min,
    )
    return SearchRequest(q, PageRequest(limit, cursor), parse_fields(fields), filters, category)


Searched = Annotated[SearchRequest, from_query(_search_request)]


@router.get("", response_model=schemas.SearchPage, summary="Search products")
async def search_products(request: Request, searched: Searched, reader: Reader) -> Response:
    """Products on sale whose name, vendor, type, tags, SKUs or description have all of the words, the best first.

    Chinese, Japanese and Korean phrases are found by any part of them. Where nothing has all of it, `exact` is false,
    and the products have words that are spelt alike, or parts of the phrase. Of a query that thousands of products
    meet, some thousand are shown. Filters are those of the list.
    """
    found = searching.search_products(
        reader,
        PostgresqlSearch(reader),
        searched.query,
        searched.filters,
        category=searched.category,
        limit=searched.page.limit,
        after=searched.page.after(searched.identity),
    )
    return answer_page(
        request,
        schemas.FoundProduct,
        [_found(hit) for hit in found.hits],
        next_cursor=None if found.after is None else next_cursor(searched.identity, found.after),
        fields=searched.fields,
        cache=LIST_PAGES,
        beside={"exact": found.exact},
    )


@router.get("/suggestions", response_model=schemas.Suggestions, summary="Suggest what to search for")
async def suggest(request: Request, q: Words, reader: Reader) -> Response:
    """For a query that is being written: a few products with its words in their name, the best sold first; then
    categories and vendors whose name begins like it.
    """
    suggestions = {"items": [suggestion._asdict() for suggestion in PostgresqlSearch(reader).suggest(q)]}
    return answer_document(request, schemas.Suggestions, suggestions, cache=LIST_PAGES)


def _found(hit: Hit) -> dict[str, Any]:
    return {**listed(hit.product), "highlights": {"name": hit.name, "description": hit.description}}
