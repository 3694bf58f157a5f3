"""Public products and categories."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.domain.stock_state import stock_state
from functions.catalog.repository.facets import Facet
from functions.catalog.repository.products import ProductPage, ProductSort
from functions.catalog.routes.caching import CATEGORY_PAGES, LIST_PAGES, product_pages
from functions.catalog.routes.filtering import (
    OPTION_PREFIX,
    Category,
    InStock,
    PriceMax,
    PriceMin,
    RatingMin,
    Text,
    not_valid,
    option_filters,
    product_filters,
)
from functions.catalog.schemas.categories import CategoryTree
from functions.catalog.schemas.products import Product, ProductList, ProductVariant
from functions.catalog.service import facets, products, variants
from shared.contexts.catalog.product_lists import image, listed
from shared.contexts.catalog.schemas import ProductSummary
from shared.web import Fields, Page, Reader, respond_page, respond_unvalidated
from shared.web.fields import IdOrSlug
from shared.web.pages import DEFAULT_LIMIT, Cursor, Limit, PageRequest, next_cursor
from shared.web.query import from_query
from shared.web.responses import FieldNames, parse_fields

router = APIRouter(prefix="/api/v1", tags=["catalog"])


@dataclasses.dataclass(frozen=True, slots=True)
class ListRequest:
    """Filters, order and page of a list of products."""

    page: PageRequest
    fields: frozenset[str] | None
    filters: ProductFilters
    category: str | None
    sort: ProductSort
    facets: tuple[Facet, ...]

    @property
    def identity(self) -> str:
        """Names the list, so that a cursor fits no other."""
        return f"products {self.sort} {self.category!r} {self.filters!r}"


async def _list_request(
    *,
    request: Request,
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
    sort: ProductSort = ProductSort.NEWEST,
    facets: Annotated[
        str | None, Query(max_length=100, description="Count what to choose further: `true`, or names, comma-separated")
    ] = None,
) -> ListRequest:
    filters = product_filters(
        request,
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        vendor=vendor,
        tag=tag,
        rating_min=rating_min,
    )
    return ListRequest(PageRequest(limit, cursor), parse_fields(fields), filters, category, sort, _facets(facets))


def _facets(names: str | None) -> tuple[Facet, ...]:
    if names is None or names == "false":
        return ()
    if names == "true":
        return tuple(Facet)
    chosen = {name.strip() for name in names.split(",")}
    if unknown := sorted(chosen - set(Facet)):
        raise not_valid("facets", f"unknown name {unknown[0]!r}; known are {', '.join(Facet)}")
    return tuple(facet for facet in Facet if facet in chosen)


Listing = Annotated[ListRequest, from_query(_list_request, beginning=OPTION_PREFIX)]


@router.get("/products", response_model=ProductList, summary="List products")
async def list_products(request: Request, listing: Listing, reader: Reader) -> Response:
    """Products on sale. `option.<name>=<value>` (for example `option.Size=Large`) asks for variants with that option.

    `price_min` and `price_max` are about the price that the list shows, the lowest of the product's variants.
    `facets=true` counts beside the items how many products each further choice would leave, a facet without its own
    filter; `facets=vendors,tags` counts only these. Of more than some thousand products the counts are estimates.
    """
    filters = products.within(reader, listing.filters, listing.category)
    rows, last = products.list_products(
        reader, filters, listing.sort, limit=listing.page.limit, after=listing.page.after(listing.identity)
    )
    return respond_page(
        request,
        ProductSummary,
        [listed(product) for product in rows],
        next_cursor=None if last is None else next_cursor(listing.identity, last),
        fields=listing.fields,
        cache=LIST_PAGES,
        beside={"facets": facets.counts(reader, filters, listing.facets)} if listing.facets else None,
    )


@router.get(
    "/products/{product_id}",
    response_model=Product,
    summary="Read one product",
    responses={410: {"description": "The product was on sale, and has been deleted (`product_gone`)"}},
)
async def get_product(request: Request, product_id: IdOrSlug, fields: Fields, reader: Reader) -> Response:
    """By id or slug, also by one that it had; `slug` is the present one. How many are left is told only when they are
    few. Of more than 100 variants the first are here, and `variant_count` tells how many there are; `options` are of
    all of them.
    """
    page = _page(products.product(reader, product_id))
    return respond_unvalidated(request, Product, page, fields=fields, cache=product_pages(page["id"]))


@dataclasses.dataclass(frozen=True, slots=True)
class VariantList:
    """Which variants of a product are wanted."""

    page: PageRequest
    fields: frozenset[str] | None
    options: dict[str, str]
    variant_id: UUID | None

    def identity(self, product_id: UUID) -> str:
        """Names the list, so that a cursor fits no other."""
        return f"offered variants of {product_id} {self.options!r} {self.variant_id}"


async def _variant_list(
    *,
    request: Request,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    fields: FieldNames = None,
    variant_id: Annotated[UUID | None, Query(description="Only the one with this id")] = None,
) -> VariantList:
    return VariantList(PageRequest(limit, cursor), parse_fields(fields), option_filters(request), variant_id)


@router.get(
    "/products/{product_id}/variants",
    response_model=Page[ProductVariant],
    summary="List the variants of a product",
)
async def list_product_variants(
    request: Request,
    product_id: UUID,
    reader: Reader,
    listing: Annotated[VariantList, from_query(_variant_list, beginning=OPTION_PREFIX)],
) -> Response:
    """In the product's order, of a product on sale. `option.<name>=<value>` asks for those with that option: with a
    value of each option there is one, or none.
    """
    identity = listing.identity(product_id)
    after = listing.page.after(identity)
    rows, last = variants.offered(
        reader,
        product_id,
        listing.options,
        variant_id=listing.variant_id,
        limit=listing.page.limit,
        after=None if after is None else (after[0], UUID(after[1])),
    )
    return respond_page(
        request,
        ProductVariant,
        [_variant(row) for row in rows],
        next_cursor=None if last is None else next_cursor(identity, [last[0], str(last[1])]),
        fields=listing.fields,
        cache=product_pages(product_id),
    )


@router.get("/categories", response_model=CategoryTree, summary="Read the category tree")
async def get_category_tree(request: Request, reader: Reader) -> Response:
    """All categories; each counts the products on sale in it and below."""
    tree = {"items": products.category_tree(reader)}
    return respond_unvalidated(request, CategoryTree, tree, cache=CATEGORY_PAGES)


def _page(product: ProductPage) -> dict[str, Any]:
    return {
        "id": product.id,
        "slug": product.slug,
        "name": product.name,
        "description": product.description,
        "vendor": product.vendor,
        "product_type": product.product_type,
        "tags": product.tags,
        "currency": product.currency,
        "price_min_amount": product.price_min_amount,
        "price_max_amount": product.price_max_amount,
        "in_stock": product.in_stock,
        "rating_average": product.rating_average,
        "rating_count": product.rating_count,
        "categories": product.breadcrumbs,
        "options": [
            {"name": name, "values": values}
            for name, values in zip(product.option_names, product.option_values, strict=True)
        ],
        "variants": [_variant(variant) for variant in product.variants],
        "variant_count": product.variant_count,
        "images": [image(row["url"], row["alt"], row["media"]) for row in product.images],
        "seo_title": product.seo_title,
        "seo_description": product.seo_description,
        "created_at": product.created_at,
        "updated_at": product.updated_at,
    }


def _variant(row: dict[str, Any]) -> dict[str, Any]:
    """Stock is shown in words, and in numbers only when few units are left."""
    allow_backorder = row.pop("allow_backorder")
    row["stock_state"], row["available"] = stock_state(row["available"], allow_backorder=allow_backorder)
    row.pop("position", None)
    return row
