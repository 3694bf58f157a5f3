"""Recommendations: with a product, for everybody; and for the caller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.discovery.repository.recommendations import RecommendedRow
from functions.discovery.schemas.recommendations import RecommendedProduct, RecommendedProductList
from functions.discovery.service import recommendations
from shared.contexts.catalog import cache_tags
from shared.contexts.catalog.product_lists import listed
from shared.web import CATALOG_PAGES, PRIVATE, CachePolicy, Fields, MaybeCaller, Reader, respond_page
from shared.web.fields import IdOrSlug

router = APIRouter(prefix="/api/v1", tags=["recommendations"])

Limit = Annotated[int, Query(ge=1, le=50, description="How many products at most")]
DEFAULT_LIMIT = 20

# Any product that changes may be in it.
PAGES = CATALOG_PAGES.about(cache_tags.CATALOG, cache_tags.LISTS)


@router.get(
    "/products/{product_id}/recommendations",
    response_model=RecommendedProductList,
    summary="What goes with a product",
)
async def list_product_recommendations(
    request: Request, product_id: IdOrSlug, reader: Reader, fields: Fields, limit: Limit = DEFAULT_LIMIT
) -> Response:
    """By id or slug; the same for everybody, so that it can be cached.

    First what is bought by the same people, then what is alike (category, tags, vendor, type, words of the name), then
    what sells best. Only what is on sale; what is sold out comes last. Which products go together is computed every
    day.
    """
    rows = recommendations.with_product(reader, product_id, user_id=None, limit=limit)
    return _respond(request, rows, fields, PAGES)


@router.get(
    "/recommendations/products",
    response_model=RecommendedProductList,
    summary="Products for the caller",
    responses={404: {"description": "There is no such product on sale (`product_not_found`)"}},
)
async def list_recommended_products(
    *,
    request: Request,
    caller: MaybeCaller,
    reader: Reader,
    fields: Fields,
    product: Annotated[
        IdOrSlug | None, Query(min_length=1, max_length=255, description="What goes with this product, by id or slug")
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """Who is signed in and agreed to it (`PUT /users/me/consents`, purpose `recommendations`) gets what goes with what
    they bought, wish for or have in the cart, and never these again; then what sells best. All others get what sells
    best.

    With `product`, what goes with that one, without what such a caller has. Guests better ask for
    `/products/{product_id}/recommendations`, which is cached near them.
    """
    user_id = caller.user_id if caller else None
    if product is None:
        rows = recommendations.for_customer(reader, user_id, limit=limit)
    else:
        rows = recommendations.with_product(reader, product, user_id=user_id, limit=limit)
    return _respond(request, rows, fields, PRIVATE)


def _respond(
    request: Request, rows: Sequence[RecommendedRow], fields: frozenset[str] | None, cache: CachePolicy
) -> Response:
    items = [{**listed(row.product), "reason": row.reason} for row in rows]
    return respond_page(request, RecommendedProduct, items, next_cursor=None, fields=fields, cache=cache)
