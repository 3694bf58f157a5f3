"""Admins read and write variants by part: a product may have thousands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.domain.product_aggregate import StoredVariant
from functions.catalog.routes.filtering import OPTION_PREFIX, option_filters
from functions.catalog.schemas.admin_products import AdminVariant
from functions.catalog.schemas.admin_variants import CreatedVariants, NewVariants, VariantChange, VariantsChange
from functions.catalog.service import variant_changes, variants
from shared.permissions import Permission
from shared.web import Caller, Idempotency, Page, Reader, Transaction, no_content, requires, respond, respond_page
from shared.web.bulk import BulkAnswer, each
from shared.web.pages import DEFAULT_LIMIT, Cursor, Limit, PageRequest, next_cursor
from shared.web.query import from_query
from shared.web.responses import FieldNames, parse_fields

router = APIRouter(prefix="/api/v1/admin/products/{product_id}/variants", tags=["catalog-admin"])

_reads = [requires(Permission.CATALOG_READ_ALL)]
_writes = [requires(Permission.CATALOG_WRITE)]
_MISSING: Final = {"description": "There is no such product, or it has no such variant"}


@dataclass(frozen=True, slots=True)
class VariantList:
    """Which variants of a product are wanted."""

    page: PageRequest
    fields: frozenset[str] | None
    options: dict[str, str]
    sku: str | None

    def identity(self, product_id: UUID) -> str:
        """Names the list, so that a cursor fits no other."""
        return f"variants of {product_id} {self.options!r} {self.sku!r}"


async def _variant_list(
    *,
    request: Request,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    fields: FieldNames = None,
    sku: Annotated[str | None, Query(max_length=255, description="What the SKU begins with, in any case")] = None,
) -> VariantList:
    return VariantList(PageRequest(limit, cursor), parse_fields(fields), option_filters(request), sku or None)


@router.get("", response_model=Page[AdminVariant], summary="List the variants of a product", dependencies=_reads)
async def list_admin_product_variants(
    request: Request,
    product_id: UUID,
    reader: Reader,
    listing: Annotated[VariantList, from_query(_variant_list, beginning=OPTION_PREFIX)],
) -> Response:
    """In the product's order. `option.<name>=<value>` asks for those with that option."""
    identity = listing.identity(product_id)
    after = listing.page.after(identity)
    rows, last = variants.page(
        reader,
        product_id,
        listing.options,
        sku=listing.sku,
        limit=listing.page.limit,
        after=None if after is None else (after[0], UUID(after[1])),
    )
    return respond_page(
        request,
        AdminVariant,
        [shown_variant(row) for row in rows],
        next_cursor=None if last is None else next_cursor(identity, [last[0], str(last[1])]),
        fields=listing.fields,
    )


@router.post(
    "",
    response_model=CreatedVariants,
    status_code=201,
    summary="Add variants to a product",
    dependencies=_writes,
    responses={404: _MISSING, 409: {"description": "The product would have too many, or the vendor has a SKU already"}},
)
async def create_product_variants(
    request: Request, product_id: UUID, body: NewVariants, caller: Caller, tx: Transaction
) -> Response:
    """All of them or none. 409 `too_many_variants` where the product would have more than 2,000."""
    rows = variants.create(tx, product_id, body.contents(), actor=caller.user_id)
    return respond(request, CreatedVariants(items=[AdminVariant(**shown_variant(row)) for row in rows]), status=201)


@router.post(
    "/changes",
    response_model=BulkAnswer,
    summary="Change several variants of a product",
    dependencies=_writes,
    responses={404: {"description": "There is no such product"}},
)
async def change_product_variants(
    product_id: UUID, body: VariantsChange, tx: Transaction, idempotency: Idempotency
) -> Response:
    """One result for each; what one of them refuses hinders no other. No version is asked for: the change is the same
    whatever it was.
    """

    def act() -> BulkAnswer:
        batch = variant_changes.begin(tx, product_id, body.ids, body.values(), deletes=body.delete)
        answer = each(tx, body.ids, batch.judge)
        batch.write()
        return answer

    return idempotency.respond(tx, act, status=200)


@router.get(
    "/{variant_id}",
    response_model=AdminVariant,
    summary="Read a variant",
    dependencies=_reads,
    responses={404: _MISSING},
)
async def get_product_variant(request: Request, product_id: UUID, variant_id: UUID, reader: Reader) -> Response:
    """With its exact stock, and the version that a change is based on."""
    return respond(request, AdminVariant(**shown_variant(variants.read(reader, product_id, variant_id))))


@router.patch(
    "/{variant_id}",
    response_model=AdminVariant,
    summary="Change a variant",
    dependencies=_writes,
    responses={
        404: _MISSING,
        409: {"description": "The variant was changed in the meantime, or its SKU or its stock does not allow it"},
    },
)
async def update_product_variant(
    *, request: Request, product_id: UUID, variant_id: UUID, body: VariantChange, caller: Caller, tx: Transaction
) -> Response:
    """Only what is sent changes. 409 `version_conflict` where this variant was changed since `version`; others may have
    been.
    """
    changes = body.model_dump(include=body.model_fields_set - {"version"})
    row = variants.change(tx, product_id, variant_id, changes, version=body.version, actor=caller.user_id)
    return respond(request, AdminVariant(**shown_variant(row)))


@router.delete(
    "/{variant_id}",
    status_code=204,
    summary="Delete a variant",
    dependencies=_writes,
    responses={
        404: _MISSING,
        409: {"description": "It is the last one (`last_variant`), or not of this version"},
    },
)
async def delete_product_variant(
    product_id: UUID,
    variant_id: UUID,
    tx: Transaction,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    """Orders keep their lines. With `version`, only as long as that is the variant's version."""
    variants.delete(tx, product_id, variant_id, version=version)
    return no_content()


def shown_variant(row: StoredVariant) -> dict[str, Any]:
    """A variant as an admin reads it."""
    fields = {name: getattr(row, name) for name in AdminVariant.model_fields if name != "stock"}
    return {**fields, "stock": row.on_hand}
