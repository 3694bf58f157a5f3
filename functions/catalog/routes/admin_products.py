"""Admins list, read, create, change and delete products."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.domain.product_aggregate import ProductAggregate, StoredVariant
from functions.catalog.errors import ProductNotFoundError
from functions.catalog.routes.products import Listing
from functions.catalog.schemas.admin_products import (
    AdminProduct,
    AdminProductList,
    AdminProductSummary,
    AdminVariant,
    NewProduct,
    ProductChange,
    ProductReplacement,
)
from functions.catalog.service import admin_products, facets, products
from shared.contexts.catalog.product_lists import ListedProduct, image, listed
from shared.contexts.media.schemas import Image
from shared.identifiers import as_id
from shared.permissions import Permission
from shared.web import Caller, Fields, Reader, Transaction, no_content, requires, respond, respond_page
from shared.web.fields import IdOrSlug
from shared.web.pages import next_cursor

router = APIRouter(prefix="/api/v1/admin/products", tags=["catalog-admin"])

_reads = [requires(Permission.CATALOG_READ_ALL)]
_writes = [requires(Permission.CATALOG_WRITE)]
_CONFLICTS: Final[dict[int | str, dict[str, Any]]] = {
    409: {"description": "The product was changed in the meantime, or its slug, a SKU or its stock does not allow it"}
}


@router.get("", response_model=AdminProductList, summary="List all products", dependencies=_reads)
async def list_admin_products(
    *,
    request: Request,
    listing: Listing,
    reader: Reader,
    active: Annotated[bool | None, Query(description="Only those on sale, or only those that are not")] = None,
) -> Response:
    """As the public list, with those that are not on sale."""
    filters = dataclasses.replace(listing.filters, active=active)
    identity = dataclasses.replace(listing, filters=filters).identity
    filters = products.within(reader, filters, listing.category)
    rows, last = products.list_products(
        reader, filters, listing.sort, limit=listing.page.limit, after=listing.page.after(identity)
    )
    return respond_page(
        request,
        AdminProductSummary,
        [_listed(row) for row in rows],
        next_cursor=None if last is None else next_cursor(identity, last),
        fields=listing.fields,
        beside={"facets": facets.counts(reader, filters, listing.facets)} if listing.facets else None,
    )


@router.post(
    "",
    response_model=AdminProduct,
    status_code=201,
    summary="Create a product",
    dependencies=_writes,
    responses={409: {"description": "Another product has the slug, or the vendor's SKU"}},
)
async def create_product(request: Request, body: NewProduct, caller: Caller, tx: Transaction) -> Response:
    """409 `slug_taken` or `sku_taken` where another product has the slug, or the vendor's SKU."""
    aggregate = admin_products.create(tx, body.model_dump(), actor=caller.user_id)
    location = f"{router.prefix}/{aggregate.product.id}"
    return respond(request, _product(aggregate), status=201, headers={"Location": location})


@router.get("/{product_id}", response_model=AdminProduct, summary="Read a product", dependencies=_reads)
async def get_admin_product(request: Request, product_id: IdOrSlug, fields: Fields, reader: Reader) -> Response:
    """With its exact stock, on sale or not."""
    return respond(request, _product(admin_products.read(reader, _id(product_id))), fields=fields)


@router.put(
    "/{product_id}",
    response_model=AdminProduct,
    summary="Replace a product",
    dependencies=_writes,
    responses=_CONFLICTS,
)
async def replace_product(
    request: Request, product_id: IdOrSlug, body: ProductReplacement, caller: Caller, tx: Transaction
) -> Response:
    """409 `version_conflict` where the product was changed since `version`."""
    content = body.model_dump(exclude={"version"})
    aggregate = admin_products.replace(tx, _id(product_id), content, version=body.version, actor=caller.user_id)
    return respond(request, _product(aggregate))


@router.patch(
    "/{product_id}",
    response_model=AdminProduct,
    summary="Change a product",
    dependencies=_writes,
    responses=_CONFLICTS,
)
async def update_product(
    request: Request, product_id: IdOrSlug, body: ProductChange, caller: Caller, tx: Transaction
) -> Response:
    """Only what is sent changes. 409 `version_conflict` where the product was changed since `version`."""
    changes = body.model_dump(include=body.model_fields_set - {"version"})
    aggregate = admin_products.change(tx, _id(product_id), changes, version=body.version, actor=caller.user_id)
    return respond(request, _product(aggregate))


@router.delete("/{product_id}", status_code=204, summary="Delete a product", dependencies=_writes, responses=_CONFLICTS)
async def delete_product(
    product_id: IdOrSlug, tx: Transaction, version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> Response:
    """Orders keep their lines. With `version`, only as long as that is the product's version."""
    admin_products.delete(tx, _id(product_id), version=version)
    return no_content()


def _id(text: str) -> UUID:
    product_id = as_id(text)
    if product_id is None:
        raise ProductNotFoundError
    return product_id


def _listed(row: ListedProduct) -> dict[str, Any]:
    return {
        **listed(row),
        "is_active": row.is_active,
        "version": row.version,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def _product(aggregate: ProductAggregate) -> AdminProduct:
    own = ("variants", "images")
    fields = {name: getattr(aggregate.product, name) for name in AdminProduct.model_fields if name not in own}
    return AdminProduct(
        **fields,
        variants=[_variant(variant) for variant in aggregate.variants],
        images=[Image.model_validate(image(draft.url, draft.alt, draft.media)) for draft in aggregate.images],
    )


def _variant(row: StoredVariant) -> AdminVariant:
    fields = {name: getattr(row, name) for name in AdminVariant.model_fields if name != "stock"}
    return AdminVariant(**fields, stock=row.on_hand)
