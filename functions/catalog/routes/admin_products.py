"""Admins list, read, create, change and delete products."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.domain.product_aggregate import ShownProduct
from functions.catalog.errors import ProductNotFoundError
from functions.catalog.routes.admin_variants import shown_variant
from functions.catalog.routes.products import Listing
from functions.catalog.schemas.admin_products import (
    AdminProduct,
    AdminProductList,
    AdminProductSummary,
    AdminVariant,
    NewProduct,
    ProductChange,
    ProductReplacement,
    ProductsChange,
)
from functions.catalog.service import admin_products, facets, product_changes, products
from shared.contexts.catalog.product_lists import ListedProduct, image, listed
from shared.contexts.media.schemas import Image
from shared.identifiers import as_id
from shared.permissions import Permission
from shared.web import Caller, Fields, Idempotency, Reader, Transaction, no_content, requires, respond, respond_page
from shared.web.bulk import BulkAnswer, each
from shared.web.fields import IdOrSlug
from shared.web.pages import next_cursor

router = APIRouter(prefix="/api/v1/admin/products", tags=["catalog-admin"])

_reads = [requires(Permission.CATALOG_READ_ALL)]
_writes = [requires(Permission.CATALOG_WRITE)]
_CONFLICTS: Final[dict[int | str, dict[str, Any]]] = {
    409: {
        "description": "The product was changed in the meantime, its slug, a SKU or its stock does not allow it, or it"
        " has more variants than one request writes (`too_many_variants`)"
    }
}


@router.get("", response_model=AdminProductList, summary="List all products", dependencies=_reads)
async def list_admin_products(
    *,
    request: Request,
    listing: Listing,
    reader: Reader,
    active: Annotated[bool | None, Query(description="Only those on sale, or only those that are not")] = None,
    q: Annotated[str | None, Query(max_length=255, description="Part of the name, or beginning of a SKU")] = None,
    low: Annotated[bool | None, Query(description="Only those with a variant that is low in stock, or only others")] = (
        None
    ),
) -> Response:
    """As the public list, with those that are not on sale."""
    text = (q or "").strip() or None
    filters = dataclasses.replace(listing.filters, active=active, text=text, low=low)
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


@router.post("/changes", response_model=BulkAnswer, summary="Change several products", dependencies=_writes)
async def change_products(body: ProductsChange, tx: Transaction, idempotency: Idempotency) -> Response:
    """One result for each; what one of them refuses hinders no other. No version is asked for: the change is the same
    whatever it was.
    """
    changes = {} if body.change is None else body.change.model_dump(include=body.change.model_fields_set)

    def change(product_id: UUID) -> bool:
        if body.delete:
            admin_products.delete(tx, product_id, version=None)
            return True
        return product_changes.change(tx, product_id, changes)

    return idempotency.respond(tx, lambda: each(tx, body.ids, change), status=200)


@router.get("/{product_id}", response_model=AdminProduct, summary="Read a product", dependencies=_reads)
async def get_admin_product(request: Request, product_id: IdOrSlug, fields: Fields, reader: Reader) -> Response:
    """With its exact stock, on sale or not. Of more than 100 variants the first are here, and `variant_count` tells how
    many there are; with `fields` they can be left out.
    """
    with_variants = fields is None or not fields.isdisjoint(("variants", "variant_count"))
    product = admin_products.read(reader, _id(product_id), with_variants=with_variants)
    return respond(request, _product(product), fields=fields)


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


def _product(shown: ShownProduct) -> AdminProduct:
    own = ("variants", "variant_count", "images")
    fields = {name: getattr(shown.product, name) for name in AdminProduct.model_fields if name not in own}
    return AdminProduct(
        **fields,
        variants=[AdminVariant(**shown_variant(variant)) for variant in shown.variants],
        variant_count=shown.variant_count,
        images=[Image.model_validate(image(draft.url, draft.alt, draft.media)) for draft in shown.images],
    )
