"""Shipments, for administrators; customers see them on their orders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.domain.shipments import Tracking
from functions.ordering.schemas.shipments import NewShipment, Shipment, ShipmentChange
from functions.ordering.service import shipments
from shared.permissions import Permission
from shared.web import Caller, Idempotency, Transaction, requires, respond

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
        409: {
            "description": "Not so many units are left, an order of this status is not shipped, or its payment is being"
            " reviewed, checked or disputed"
        },
    },
)
async def create_shipment(
    order_id: UUID, body: NewShipment, caller: Caller, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Creates a shipment of units that are not shipped yet, and notifies the customer. The order is `processing` until
    its last unit is shipped, then `shipped`.
    """
    tracking = Tracking(body.carrier, body.tracking_number)
    stored = idempotency.run(
        tx,
        lambda: Shipment.of(shipments.ship(tx, order_id, body.quantities(), tracking, actor=f"admin:{caller.user_id}")),
    )
    return stored.created(f"{router.prefix}/shipments")


@router.patch(
    "/shipments/{shipment_id}",
    response_model=Shipment,
    summary="Correct a shipment, or mark it as delivered",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={
        **_REFUSED,
        404: {"description": "There is no such shipment"},
        409: {"description": "Another version"},
    },
)
async def update_shipment(
    request: Request, shipment_id: UUID, body: ShipmentChange, caller: Caller, tx: Transaction
) -> Response:
    """Changes carrier, tracking number, or the status to `delivered`. An order is delivered with its last shipment."""
    changed = shipments.change(tx, shipment_id, body.to_update(), version=body.version, actor=f"admin:{caller.user_id}")
    return respond(request, Shipment.of(changed))
