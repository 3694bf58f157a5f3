"""Orders, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.ordering.routes.order_listing import OrderListing
from functions.ordering.schemas.order_totals import OrderTotals
from functions.ordering.schemas.orders import (
    AdminOrder,
    AdminOrderSummary,
    OrderAddressCorrection,
    OrderBulkChange,
    OrderChange,
)
from functions.ordering.service import order_addresses, order_queries, order_status_changes
from shared.contexts.ordering.order_status import OrderStatus
from shared.permissions import Permission
from shared.web import Caller, Fields, Idempotency, Page, Reader, Transaction, bulk, requires, respond, respond_page
from shared.web.bulk import BulkAnswer

router = APIRouter(prefix="/api/v1/admin/orders", tags=["orders-admin"])

_NOT_FOUND: dict[int | str, dict[str, Any]] = {
    403: {"description": "Not allowed"},
    404: {"description": "There is no such order"},
}


@router.get(
    "",
    response_model=Page[AdminOrderSummary],
    summary="List all orders",
    dependencies=[requires(Permission.ORDERS_READ_ALL)],
    responses={403: {"description": "Not allowed"}},
)
async def list_admin_orders(request: Request, reader: Reader, listing: OrderListing) -> Response:
    """All orders, newest first unless `sort` says otherwise."""
    rows, position = order_queries.sorted_page(
        reader, listing.filters, listing.sort, after=listing.after, limit=listing.page.limit
    )
    items = [AdminOrderSummary.model_validate(row).model_dump() for row in rows]
    return respond_page(request, AdminOrderSummary, items, next_cursor=listing.cursor(position), fields=listing.fields)


@router.get(
    "/totals",
    response_model=OrderTotals,
    summary="Count a customer's orders",
    dependencies=[requires(Permission.ORDERS_READ_ALL)],
    responses={403: {"description": "Not allowed"}},
)
async def get_order_totals(
    request: Request,
    reader: Reader,
    fields: Fields,
    user_id: Annotated[UUID, Query(description="The customer; of somebody who ordered nothing, or is nobody, zero")],
) -> Response:
    """How many there are, when the last one came, and by currency what was paid and what of it went back."""
    return respond(request, OrderTotals.of(order_queries.totals(reader, user_id)), fields=fields)


@router.post(
    "/changes",
    response_model=BulkAnswer,
    summary="Change the status of several orders",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={403: {"description": "Not allowed"}},
)
async def change_orders(body: OrderBulkChange, caller: Caller, tx: Transaction, idempotency: Idempotency) -> Response:
    """Moves each order along, as `PUT` does with one, whatever its version; each is done, unchanged or refused by
    itself. Cancelling is done one by one: it refunds.
    """
    after = OrderStatus(body.status)

    def advance(order_id: UUID) -> bool:
        return order_status_changes.advance(tx, order_id, after, reason=body.reason, admin_id=caller.user_id)

    return idempotency.respond(tx, lambda: bulk.each(tx, body.ids, advance), status=200)


@router.get(
    "/{order_id}",
    response_model=AdminOrder,
    summary="Show any order",
    dependencies=[requires(Permission.ORDERS_READ_ALL)],
    responses=_NOT_FOUND,
)
async def get_admin_order(request: Request, order_id: UUID, reader: Reader, fields: Fields) -> Response:
    """One order with its whole timeline, and the statuses that it can be set to."""
    document = order_queries.document(reader, order_id)
    return respond(request, AdminOrder.of(document, order_queries.issued(reader, document)), fields=fields)


@router.put(
    "/{order_id}",
    response_model=AdminOrder,
    summary="Change an order's status",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={**_NOT_FOUND, 409: {"description": "Another version, or not a legal move (`legal` lists those)"}},
)
async def update_order(
    request: Request, order_id: UUID, body: OrderChange, caller: Caller, tx: Transaction
) -> Response:
    """Brings the order's states to where this word says they are. Cancelling releases stock and requests a refund of
    what is not refunded yet. `shipped` ships all remaining units, `delivered` delivers all shipments. `paid`,
    `refunded` and `partially_refunded` are set by payments only.
    """
    document = order_status_changes.change(
        tx, order_id, body.status, version=body.version, reason=body.reason, admin_id=caller.user_id
    )
    return respond(request, AdminOrder.of(document, order_queries.issued(tx, document)))


@router.put(
    "/{order_id}/shipping-address",
    response_model=AdminOrder,
    summary="Correct where an order is delivered to",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={
        **_NOT_FOUND,
        409: {
            "description": "Another version, a part was shipped, or another country or region than it was priced for"
        },
    },
)
async def update_order_address(
    request: Request, order_id: UUID, body: OrderAddressCorrection, tx: Transaction
) -> Response:
    """Before anything of it leaves, and within the country and region that delivery and tax were priced for. An invoice
    that was issued stays as it is.
    """
    document = order_addresses.correct(tx, order_id, body.address.model_dump(), version=body.version)
    return respond(request, AdminOrder.of(document, order_queries.issued(tx, document)))
