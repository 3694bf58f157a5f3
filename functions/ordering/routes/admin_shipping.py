"""Shipping zones and rates, for administrators."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.domain.shipping_terms import ShippingRateTerms, ShippingZoneTerms
from functions.ordering.routes.admin_coupons import DeletedVersion
from functions.ordering.routes.id_pages import respond_id_page
from functions.ordering.schemas.shipping import (
    NewShippingRate,
    NewShippingZone,
    ShippingRate,
    ShippingRateReplacement,
    ShippingZone,
    ShippingZoneReplacement,
)
from functions.ordering.service import shipping
from shared.permissions import Permission
from shared.web import Fields, Page, Reader, Transaction, no_content, requires, respond
from shared.web.pages import Paging, id_before

router = APIRouter(prefix="/api/v1/admin/shipping/zones", tags=["pricing-admin"])

_reads = [requires(Permission.PRICING_READ_ALL)]
_writes = [requires(Permission.PRICING_WRITE)]
_CHANGED: Final[dict[int | str, dict[str, Any]]] = {409: {"description": "It was changed in the meantime"}}


@router.get("", response_model=Page[ShippingZone], summary="List shipping zones", dependencies=_reads)
async def list_shipping_zones(request: Request, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Newest first."""
    query = "shipping zones"
    page = shipping.zones(reader, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, ShippingZone, page, query=query, fields=fields)


@router.post("", status_code=201, response_model=ShippingZone, summary="Create a shipping zone", dependencies=_writes)
async def create_shipping_zone(request: Request, body: NewShippingZone, tx: Transaction) -> Response:
    """As soon as there is one zone, only what a zone names is delivered to."""
    created = shipping.create_zone(tx, ShippingZoneTerms(**body.model_dump()))
    headers = {"Location": f"{router.prefix}/{created.id}"}
    return respond(request, ShippingZone.model_validate(created), status=201, headers=headers)


@router.get("/{zone_id}", response_model=ShippingZone, summary="Show a shipping zone", dependencies=_reads)
async def get_shipping_zone(request: Request, zone_id: UUID, reader: Reader, fields: Fields) -> Response:
    """Its rates are a list of their own."""
    return respond(request, ShippingZone.model_validate(shipping.zone(reader, zone_id)), fields=fields)


@router.put(
    "/{zone_id}",
    response_model=ShippingZone,
    summary="Replace a shipping zone",
    dependencies=_writes,
    responses=_CHANGED,
)
async def replace_shipping_zone(
    request: Request, zone_id: UUID, body: ShippingZoneReplacement, tx: Transaction
) -> Response:
    """409 `version_conflict` where it was changed since `version`."""
    terms = ShippingZoneTerms(**body.model_dump(exclude={"version"}))
    changed = shipping.replace_zone(tx, zone_id, terms, version=body.version)
    return respond(request, ShippingZone.model_validate(changed))


@router.delete(
    "/{zone_id}", status_code=204, summary="Delete a shipping zone", dependencies=_writes, responses=_CHANGED
)
async def delete_shipping_zone(zone_id: UUID, tx: Transaction, version: DeletedVersion = None) -> Response:
    """With its rates. Checkouts and orders keep what was priced."""
    shipping.delete_zone(tx, zone_id, version=version)
    return no_content()


@router.get(
    "/{zone_id}/rates", response_model=Page[ShippingRate], summary="List a zone's shipping rates", dependencies=_reads
)
async def list_shipping_rates(
    request: Request, zone_id: UUID, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Newest first."""
    query = f"shipping rates of {zone_id}"
    page = shipping.rates(reader, zone_id, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, ShippingRate, page, query=query, fields=fields)


@router.post(
    "/{zone_id}/rates",
    status_code=201,
    response_model=ShippingRate,
    summary="Create a shipping rate",
    dependencies=_writes,
)
async def create_shipping_rate(request: Request, zone_id: UUID, body: NewShippingRate, tx: Transaction) -> Response:
    """Customers choose among a zone's rates in their cart's currency."""
    created = shipping.create_rate(tx, zone_id, ShippingRateTerms(**body.model_dump()))
    headers = {"Location": f"{router.prefix}/{zone_id}/rates/{created.id}"}
    return respond(request, ShippingRate.model_validate(created), status=201, headers=headers)


@router.get(
    "/{zone_id}/rates/{rate_id}", response_model=ShippingRate, summary="Show a shipping rate", dependencies=_reads
)
async def get_shipping_rate(request: Request, zone_id: UUID, rate_id: UUID, reader: Reader, fields: Fields) -> Response:
    """One rate of the zone."""
    return respond(request, ShippingRate.model_validate(shipping.rate(reader, zone_id, rate_id)), fields=fields)


@router.put(
    "/{zone_id}/rates/{rate_id}",
    response_model=ShippingRate,
    summary="Replace a shipping rate",
    dependencies=_writes,
    responses=_CHANGED,
)
async def replace_shipping_rate(
    *,
    request: Request,
    zone_id: UUID,
    rate_id: UUID,
    body: ShippingRateReplacement,
    tx: Transaction,
) -> Response:
    """409 `version_conflict` where it was changed since `version`. Open checkouts keep their price."""
    terms = ShippingRateTerms(**body.model_dump(exclude={"version"}))
    changed = shipping.replace_rate(tx, zone_id, rate_id, terms, version=body.version)
    return respond(request, ShippingRate.model_validate(changed))


@router.delete(
    "/{zone_id}/rates/{rate_id}",
    status_code=204,
    summary="Delete a shipping rate",
    dependencies=_writes,
    responses=_CHANGED,
)
async def delete_shipping_rate(
    zone_id: UUID, rate_id: UUID, tx: Transaction, version: DeletedVersion = None
) -> Response:
    """Checkouts and orders keep what was priced."""
    shipping.delete_rate(tx, zone_id, rate_id, version=version)
    return no_content()
