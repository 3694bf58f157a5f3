"""Public products and categories."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog import schemas
from functions.catalog.documents import MAX_OPTIONS
from functions.catalog.repository.products import ListedProduct, OfferedVariant, ProductFilters, ProductPage, Sort
from functions.catalog.service import browsing
from functions.catalog.service.browsing import CategoryNode
from shared.errors import ValidationError
from shared.money import MAX_AMOUNT
from shared.web import CATALOG_PAGES, CATEGORY_TREE, Fields, Page, Reader, answer
from shared.web.pages import Paging, next_cursor
from shared.web.query import from_query

router = APIRouter(prefix="/api/v1", tags=["catalog"])

_OPTION_PREFIX: Final = "option."
_MAX_TEXT: Final = 255

MinorUnits = Annotated[int | None, Query(ge=0, le=MAX_AMOUNT)]
Text = Annotated[str | None, Query(max_length=_MAX_TEXT)]


@dataclasses.dataclass(frozen=True, slots=True)
class ListRequest:
    """What of the catalogue is wanted, and in which order."""

    filters: ProductFilters
    category: str | None
    sort: Sort

    @property
    def identity(self) -> str:
        """Names the list, so that a cursor fits no other."""
        return f"products {self.sort} {self.category!r} {self.filters!r}"


async def _list_request(
    *,
    request: Request,
    category: Annotated[str | None, Query(max_length=_MAX_TEXT, description="Slug; those below it included")] = None,
    price_min: Annotated[MinorUnits, Query(description="Lowest price of the product from, minor units")] = None,
    price_max: Annotated[MinorUnits, Query(description="Lowest price of the product to, minor units")] = None,
    in_stock: bool | None = None,
    vendor: Text = None,
    tag: Text = None,
    sort: Sort = Sort.NEWEST,
) -> ListRequest:
    filters = ProductFilters(
        price_min=price_min, price_max=price_max, in_stock=in_stock, vendor=vendor, tag=tag, options=_options(request)
    )
    return ListRequest(filters, category, sort)


Wanted = Annotated[ListRequest, from_query(_list_request)]


def _options(request: Request) -> dict[str, str]:
    """The parameters `option.<name>=<value>`."""
    given = [
        (name.removeprefix(_OPTION_PREFIX), value)
        for name, value in request.query_params.multi_items()
        if name.startswith(_OPTION_PREFIX)
    ]
    options = dict(sorted(given))
    if len(options) < len(given) or len(options) > MAX_OPTIONS:
        raise _not_valid(_OPTION_PREFIX + "*", f"at most {MAX_OPTIONS} different options with one value each")
    for name, value in options.items():
        if not 1 <= len(name) <= _MAX_TEXT or not 1 <= len(value) <= _MAX_TEXT:
            raise _not_valid(_OPTION_PREFIX + name[:_MAX_TEXT], f"name and value take 1 to {_MAX_TEXT} characters")
    return options


def _not_valid(parameter: str, message: str) -> ValidationError:
    field = f"query.{parameter}"
    return ValidationError(f"{field}: {message}", errors=[{"field": field, "message": message}])


@router.get("/products", response_model=Page[schemas.ListedProduct], summary="List products")
async def list_products(request: Request, page: Paging, wanted: Wanted, fields: Fields, reader: Reader) -> Response:
    """Products on sale. `option.<name>=<value>` (for example `option.Size=Large`) asks for variants with that option.

    `price_min` and `price_max` are about the price that the list shows, the lowest of the product's variants.
    """
    found, last = browsing.list_products(
        reader,
        wanted.filters,
        wanted.sort,
        category=wanted.category,
        limit=page.limit,
        after=page.after(wanted.identity),
    )
    body = Page[schemas.ListedProduct](
        items=[_listed(product) for product in found],
        next_cursor=None if last is None else next_cursor(wanted.identity, last),
    )
    return answer(request, body, fields=fields, cache=CATALOG_PAGES)


@router.get("/products/{product_id}", response_model=schemas.ProductPage, summary="Read one product")
async def read_product(request: Request, product_id: str, fields: Fields, reader: Reader) -> Response:
    """By id or slug. How many are left is told only when they are few."""
    product, variants = browsing.product(reader, product_id)
    return answer(request, _page(product, variants), fields=fields, cache=CATALOG_PAGES)


@router.get("/categories", response_model=schemas.CategoryTree, summary="Read the category tree")
async def read_categories(request: Request, reader: Reader) -> Response:
    """All categories; each counts the products on sale in it and below."""
    tree = schemas.CategoryTree(items=[_category(node) for node in browsing.category_tree(reader)])
    return answer(request, tree, cache=CATEGORY_TREE)


def image_of(row: ListedProduct) -> schemas.Image | None:
    """The image that stands for the product in lists."""
    return None if row.image_url is None else schemas.Image(url=row.image_url, alt=row.image_alt or "")


def _listed(row: ListedProduct) -> schemas.ListedProduct:
    return schemas.ListedProduct(
        id=row.id,
        slug=row.slug,
        name=row.name,
        vendor=row.vendor,
        currency=row.currency,
        price_min_amount=row.price_min_amount,
        price_max_amount=row.price_max_amount,
        compare_at_amount=row.compare_at_amount,
        image=image_of(row),
        in_stock=row.in_stock,
    )


def _page(product: ProductPage, variants: list[OfferedVariant]) -> schemas.ProductPage:
    offered = [_variant(variant) for variant in variants]
    return schemas.ProductPage(
        id=product.id,
        slug=product.slug,
        name=product.name,
        description=product.description,
        vendor=product.vendor,
        product_type=product.product_type,
        tags=product.tags,
        currency=product.currency,
        price_min_amount=product.price_min_amount,
        price_max_amount=product.price_max_amount,
        in_stock=any(variant.stock_state != "out" for variant in offered),
        categories=[schemas.Breadcrumb(**crumb) for crumb in product.breadcrumbs],
        options=[
            schemas.Option(name=name, values=_values(variants, index))
            for index, name in enumerate(product.option_names)
        ],
        variants=offered,
        images=[schemas.Image(**image) for image in product.images],
        seo_title=product.seo_title,
        seo_description=product.seo_description,
        created_at=product.created_at,
        updated_at=product.updated_at,
    )


def _values(variants: list[OfferedVariant], option: int) -> list[str]:
    """What there is of an option, in the order of the variants."""
    return list(dict.fromkeys(value for variant in variants for value in variant.option_values[option : option + 1]))


def _variant(row: OfferedVariant) -> schemas.OfferedVariant:
    state, available = browsing.stock_state(row)
    return schemas.OfferedVariant(
        id=row.id,
        sku=row.sku,
        option_values=row.option_values,
        price_amount=row.price_amount,
        compare_at_amount=row.compare_at_amount,
        weight_grams=row.weight_grams,
        requires_shipping=row.requires_shipping,
        image_url=row.image_url,
        stock_state=state,
        available=available,
    )


def _category(node: CategoryNode) -> schemas.Category:
    return schemas.Category(
        id=node.id,
        name=node.name,
        slug=node.slug,
        product_count=node.product_count,
        children=[_category(child) for child in node.children],
    )
