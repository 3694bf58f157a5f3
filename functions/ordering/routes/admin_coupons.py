"""Coupons, for administrators."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.ordering.domain.coupon_terms import CouponTerms
from functions.ordering.routes.id_pages import respond_id_page
from functions.ordering.schemas.coupons import Coupon, CouponReplacement, NewCoupon
from functions.ordering.schemas.pricing import CODE
from functions.ordering.service import coupons
from shared.permissions import Permission
from shared.web import Fields, Page, Reader, Transaction, no_content, requires, respond
from shared.web.pages import Paging, id_before

router = APIRouter(prefix="/api/v1/admin/coupons", tags=["pricing-admin"])

_reads = [requires(Permission.PRICING_READ_ALL)]
_writes = [requires(Permission.PRICING_WRITE)]
_CONFLICTS: Final[dict[int | str, dict[str, Any]]] = {
    409: {"description": "The coupon was changed in the meantime, or another has the code"}
}
DeletedVersion = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Only as long as it is at this version")]


@router.get("", response_model=Page[Coupon], summary="List coupons", dependencies=_reads)
async def list_coupons(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    code: Annotated[str | None, Query(pattern=CODE, description="Whole code, whatever its case")] = None,
    active: Annotated[bool | None, Query(description="Only active ones, or only those that are not")] = None,
) -> Response:
    """Newest first."""
    query = f"coupons {code} {active}"
    page = coupons.page(reader, code=code, active=active, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, Coupon, page, query=query, fields=fields)


@router.post(
    "",
    status_code=201,
    response_model=Coupon,
    summary="Create a coupon",
    dependencies=_writes,
    responses={409: {"description": "Another coupon has the code"}},
)
async def create_coupon(request: Request, body: NewCoupon, tx: Transaction) -> Response:
    """A code is stored in upper case; it is free again when its coupon is deleted."""
    coupon = coupons.create(tx, CouponTerms(**body.model_dump()))
    headers = {"Location": f"{router.prefix}/{coupon.id}"}
    return respond(request, Coupon.model_validate(coupon), status=201, headers=headers)


@router.get("/{coupon_id}", response_model=Coupon, summary="Show a coupon", dependencies=_reads)
async def get_coupon(request: Request, coupon_id: UUID, reader: Reader, fields: Fields) -> Response:
    """With how often it was used."""
    return respond(request, Coupon.model_validate(coupons.read(reader, coupon_id)), fields=fields)


@router.put(
    "/{coupon_id}", response_model=Coupon, summary="Replace a coupon", dependencies=_writes, responses=_CONFLICTS
)
async def replace_coupon(request: Request, coupon_id: UUID, body: CouponReplacement, tx: Transaction) -> Response:
    """New terms apply to carts and checkouts from now on. A limit below the number of uses ends its use."""
    coupon = coupons.replace(tx, coupon_id, CouponTerms(**body.model_dump(exclude={"version"})), version=body.version)
    return respond(request, Coupon.model_validate(coupon))


@router.delete("/{coupon_id}", status_code=204, summary="Delete a coupon", dependencies=_writes, responses=_CONFLICTS)
async def delete_coupon(coupon_id: UUID, tx: Transaction, version: DeletedVersion = None) -> Response:
    """Checkouts that are open keep what it took off."""
    coupons.delete(tx, coupon_id, version=version)
    return no_content()
