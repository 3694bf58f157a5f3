"""Shipments, for administrators; customers see them on their orders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.schemas.shipments import NewShipment, Shipment, ShipmentChange
from functions.ordering.service import shipments
from functions.ordering.service.shipments import Parcel
from shared.permissions import Permission
from shared.web import Caller, Idempotency, Transaction, answer, requires

router = APIRouter(prefix="/api/v1", tags=["orders-admin"])

_REFUSED: dict[int | str, dict[str, Any]] = {403: {"description": "Not allowed"}}


@router.post(
    "/admin/orders/{order_id}/shipments",
    status_code=201,
    response_model=Shipment,
    summary="Ship an order, or parts of it",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={
        **_REFUSED,
        404: {"description": "There is no such order"},
        409: {"description": "Not so many units are left, or an order of this status is not shipped"},
    },
)
async def ship_order(order_id: UUID, body: NewShipment, caller: Caller, tx: Transaction, once: Idempotency) -> Response:
    """Makes a shipment of units that have not left yet, and tells the customer. The order is `processing` until its
    last unit has left, then `shipped`.
    """
    parcel = Parcel(body.carrier, body.tracking_number)
    kept = once.keep(
        tx,
        lambda: Shipment.of(shipments.ship(tx, order_id, body.quantities(), parcel, actor=f"admin:{caller.user_id}")),
    )
    return kept.response(headers={"Location": f"{router.prefix}/shipments/{orjson.loads(kept.body)['id']}"})


@router.patch(
    "/shipments/{shipment_id}",
    response_model=Shipment,
    summary="Correct a shipment, or say that it arrived",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={
        **_REFUSED,
        404: {"description": "There is no such shipment"},
        409: {"description": "Another version"},
    },
)
async def change_shipment(
    request: Request, shipment_id: UUID, body: ShipmentChange, caller: Caller, tx: Transaction
) -> Response:
    """Changes carrier and tracking number, or the status to `delivered`. An order arrives with its last parcel."""
    changed = shipments.change(tx, shipment_id, body.change(), version=body.version, actor=f"admin:{caller.user_id}")
    return answer(request, Shipment.of(changed))
