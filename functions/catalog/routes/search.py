"""Searching products."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.domain.search_engine import Hit
from functions.catalog.repository.postgresql_search import PostgresqlSearch
from functions.catalog.routes.caching import LIST_PAGES
from functions.catalog.routes.filtering import (
    OPTION_PREFIX,
    Category,
    InStock,
    PriceMax,
    PriceMin,
    RatingMin,
    Text,
    product_filters,
)
from functions.catalog.schemas.search import ProductSearchResult, ProductSearchResultList, SearchSuggestionList
from functions.catalog.service import search
from shared.contexts.catalog.product_lists import listed
from shared.web import Reader, respond_page, respond_unvalidated
from shared.web.pages import DEFAULT_LIMIT, Cursor, Limit, PageRequest, next_cursor
from shared.web.query import from_query
from shared.web.responses import FieldNames, parse_fields

router = APIRouter(prefix="/api/v1/products/search", tags=["catalog"])

_MAX_QUERY = 100

Words = Annotated[
    str, Query(min_length=1, max_length=_MAX_QUERY, description="Words, or parts of a phrase", examples=["clay pot"])
]


@dataclasses.dataclass(frozen=True, slots=True)
class SearchRequest:
    """Query, filters and page of a search."""

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


Search = Annotated[SearchRequest, from_query(_search_request, beginning=OPTION_PREFIX)]


@router.get("", response_model=ProductSearchResultList, summary="Search products")
async def search_products(request: Request, listing: Search, reader: Reader) -> Response:
    """Products on sale whose name, vendor, type, tags, SKUs, bar codes or description have all words, the best first.

    Other spellings of a word are found, too: `wifi` and Wi-Fi, `iphone15` and iPhone 15, `1/2` and ½, a part of a SKU.
    Chinese, Japanese and Korean phrases are found by any part of them. Where nothing has all of it, `exact` is false,
    and the products have words that are spelt alike, or parts of the phrase. Of a query that thousands of products
    meet, some thousand are shown. Filters are those of the list.
    """
    page = search.search_products(
        reader,
        PostgresqlSearch(reader),
        listing.query,
        listing.filters,
        category=listing.category,
        limit=listing.page.limit,
        after=listing.page.after(listing.identity),
    )
    return respond_page(
        request,
        ProductSearchResult,
        [_result(hit) for hit in page.hits],
        next_cursor=None if page.after is None else next_cursor(listing.identity, page.after),
        fields=listing.fields,
        cache=LIST_PAGES,
        beside={"exact": page.exact},
    )


@router.get("/suggestions", response_model=SearchSuggestionList, summary="Suggest what to search for")
async def list_search_suggestions(request: Request, q: Words, reader: Reader) -> Response:
    """For a query that is being written: a few products with its words in their name, the best sold first; then
    categories and vendors whose name begins like it.
    """
    suggestions = {"items": [suggestion._asdict() for suggestion in PostgresqlSearch(reader).suggest(q)]}
    return respond_unvalidated(request, SearchSuggestionList, suggestions, cache=LIST_PAGES)


def _result(hit: Hit) -> dict[str, Any]:
    return {**listed(hit.product), "highlights": {"name": hit.name, "description": hit.description}}
