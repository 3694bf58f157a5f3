"""Admins list, read, create, change and delete products."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.admin_schemas import (
    AdminListedProduct,
    AdminProduct,
    AdminProductList,
    AdminVariant,
    NewProduct,
    ProductChange,
    ProductReplacement,
)
from functions.catalog.errors import ProductNotFoundError
from functions.catalog.repository.stored import StoredDocument, StoredVariant
from functions.catalog.routes.products import Wanted
from functions.catalog.service import browsing, editing, facets
from shared.identifiers import as_id
from shared.permissions import Permission
from shared.product_lists import ListedProduct, image, listed
from shared.web import Caller, Fields, Reader, Transaction, answer, answer_page, no_content, requires
from shared.web.pages import next_cursor
from shared.web.pictures import Image

router = APIRouter(prefix="/api/v1/admin/products", tags=["catalog-admin"])

_reads = [requires(Permission.CATALOG_READ_ALL)]
_writes = [requires(Permission.CATALOG_WRITE)]
_CONFLICTS: Final[dict[int | str, dict[str, Any]]] = {
    409: {"description": "The product was changed in the meantime, or its slug, a SKU or its stock does not allow it"}
}


@router.get("", response_model=AdminProductList, summary="List all products", dependencies=_reads)
async def list_all_products(
    *,
    request: Request,
    wanted: Wanted,
    reader: Reader,
    active: Annotated[bool | None, Query(description="Only those on sale, or only those that are not")] = None,
) -> Response:
    """As the public list, with those that are not on sale."""
    filters = dataclasses.replace(wanted.filters, active=active)
    identity = dataclasses.replace(wanted, filters=filters).identity
    filters = browsing.within(reader, filters, wanted.category)
    found, last = browsing.list_products(
        reader, filters, wanted.sort, limit=wanted.page.limit, after=wanted.page.after(identity)
    )
    return answer_page(
        request,
        AdminListedProduct,
        [_listed(product) for product in found],
        next_cursor=None if last is None else next_cursor(identity, last),
        fields=wanted.fields,
        beside={"facets": facets.counted(reader, filters, wanted.facets)} if wanted.facets else None,
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
    document = editing.create(tx, body, actor=caller.user_id)
    location = f"{router.prefix}/{document.product.id}"
    return answer(request, _product(document), status=201, headers={"Location": location})


@router.get("/{product_id}", response_model=AdminProduct, summary="Read a product", dependencies=_reads)
async def read_any_product(request: Request, product_id: str, fields: Fields, reader: Reader) -> Response:
    """With its exact stock, on sale or not."""
    return answer(request, _product(editing.read(reader, _id(product_id))), fields=fields)


@router.put(
    "/{product_id}",
    response_model=AdminProduct,
    summary="Replace a product",
    dependencies=_writes,
    responses=_CONFLICTS,
)
async def replace_product(
    request: Request, product_id: str, body: ProductReplacement, caller: Caller, tx: Transaction
) -> Response:
    """409 `version_conflict` where the product was changed since `version`."""
    return answer(request, _product(editing.replace(tx, _id(product_id), body, actor=caller.user_id)))


@router.patch(
    "/{product_id}",
    response_model=AdminProduct,
    summary="Change a product",
    dependencies=_writes,
    responses=_CONFLICTS,
)
async def change_product(
    request: Request, product_id: str, body: ProductChange, caller: Caller, tx: Transaction
) -> Response:
    """Only what is sent changes. 409 `version_conflict` where the product was changed since `version`."""
    return answer(request, _product(editing.patch(tx, _id(product_id), body, actor=caller.user_id)))


@router.delete("/{product_id}", status_code=204, summary="Delete a product", dependencies=_writes, responses=_CONFLICTS)
async def delete_product(
    product_id: str, tx: Transaction, version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> Response:
    """Orders keep their lines. With `version`, only as long as that is the product's version."""
    editing.delete(tx, _id(product_id), version=version)
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


def _product(document: StoredDocument) -> AdminProduct:
    own = ("variants", "images")
    fields = {name: getattr(document.product, name) for name in AdminProduct.model_fields if name not in own}
    return AdminProduct(
        **fields,
        variants=[_variant(variant) for variant in document.variants],
        images=[Image.model_validate(image(shown.url, shown.alt, shown.media)) for shown in document.images],
    )


def _variant(row: StoredVariant) -> AdminVariant:
    fields = {name: getattr(row, name) for name in AdminVariant.model_fields if name != "stock"}
    return AdminVariant(**fields, stock=row.on_hand)
