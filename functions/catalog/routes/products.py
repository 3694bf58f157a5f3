"""Public products and categories."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog import schemas
from functions.catalog.repository.facets import Facet
from functions.catalog.repository.filters import ProductFilters
from functions.catalog.repository.products import ProductPage, Sort
from functions.catalog.routes.caching import CATEGORY_PAGES, LIST_PAGES, product_pages
from functions.catalog.routes.filtering import (
    Category,
    InStock,
    PriceMax,
    PriceMin,
    RatingMin,
    Text,
    not_valid,
    product_filters,
)
from functions.catalog.service import browsing, facets
from shared.product_lists import image, listed
from shared.web import Fields, Reader, answer_document, answer_page
from shared.web.answers import FieldNames, parse_fields
from shared.web.pages import DEFAULT_LIMIT, Cursor, Limit, PageRequest, next_cursor
from shared.web.product_lists import ListedProduct
from shared.web.query import from_query

router = APIRouter(prefix="/api/v1", tags=["catalog"])


@dataclasses.dataclass(frozen=True, slots=True)
class ListRequest:
    """What of the catalogue is wanted, in which order, and how much of it."""

    page: PageRequest
    fields: frozenset[str] | None
    filters: ProductFilters
    category: str | None
    sort: Sort
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
    sort: Sort = Sort.NEWEST,
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
    wanted = {name.strip() for name in names.split(",")}
    if unknown := sorted(wanted - set(Facet)):
        raise not_valid("facets", f"unknown name {unknown[0]!r}; known are {', '.join(Facet)}")
    return tuple(facet for facet in Facet if facet in wanted)


Wanted = Annotated[ListRequest, from_query(_list_request)]


@router.get("/products", response_model=schemas.ProductList, summary="List products")
async def list_products(request: Request, wanted: Wanted, reader: Reader) -> Response:
    """Products on sale. `option.<name>=<value>` (for example `option.Size=Large`) asks for variants with that option.

    `price_min` and `price_max` are about the price that the list shows, the lowest of the product's variants.
    `facets=true` counts beside the items how many products each further choice would leave, a facet without its own
    filter; `facets=vendors,tags` counts only these. Of more than some thousand products the counts are estimates.
    """
    filters = browsing.within(reader, wanted.filters, wanted.category)
    found, last = browsing.list_products(
        reader, filters, wanted.sort, limit=wanted.page.limit, after=wanted.page.after(wanted.identity)
    )
    return answer_page(
        request,
        ListedProduct,
        [listed(product) for product in found],
        next_cursor=None if last is None else next_cursor(wanted.identity, last),
        fields=wanted.fields,
        cache=LIST_PAGES,
        beside={"facets": facets.counted(reader, filters, wanted.facets)} if wanted.facets else None,
    )


@router.get("/products/{product_id}", response_model=schemas.ProductPage, summary="Read one product")
async def read_product(request: Request, product_id: str, fields: Fields, reader: Reader) -> Response:
    """By id or slug. How many are left is told only when they are few."""
    page = _page(browsing.product(reader, product_id))
    return answer_document(request, schemas.ProductPage, page, fields=fields, cache=product_pages(page["id"]))


@router.get("/categories", response_model=schemas.CategoryTree, summary="Read the category tree")
async def read_categories(request: Request, reader: Reader) -> Response:
    """All categories; each counts the products on sale in it and below."""
    tree = {"items": browsing.category_tree(reader)}
    return answer_document(request, schemas.CategoryTree, tree, cache=CATEGORY_PAGES)


def _page(product: ProductPage) -> dict[str, Any]:
    offered = [_variant(variant) for variant in product.variants]
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
        "in_stock": any(variant["stock_state"] != "out" for variant in offered),
        "rating_average": product.rating_average,
        "rating_count": product.rating_count,
        "categories": product.breadcrumbs,
        "options": [
            {"name": name, "values": _values(offered, index)} for index, name in enumerate(product.option_names)
        ],
        "variants": offered,
        "images": [image(shown["url"], shown["alt"], shown["media"]) for shown in product.images],
        "seo_title": product.seo_title,
        "seo_description": product.seo_description,
        "created_at": product.created_at,
        "updated_at": product.updated_at,
    }


def _values(variants: list[dict[str, Any]], option: int) -> list[str]:
    """What there is of an option, in the order of the variants."""
    return list(dict.fromkeys(value for variant in variants for value in variant["option_values"][option : option + 1]))


def _variant(row: dict[str, Any]) -> dict[str, Any]:
    """What is left is told in words, and in numbers only when it is little."""
    allow_backorder = row.pop("allow_backorder")
    row["stock_state"], row["available"] = browsing.stock_state(row["available"], allow_backorder=allow_backorder)
    return row
