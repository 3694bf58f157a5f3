"""Orders, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime
from starlette.responses import Response

from functions.ordering.domain.orders import OrderFilters
from functions.ordering.routes.id_pages import respond_id_page
from functions.ordering.schemas.orders import AdminOrder, AdminOrderSummary, OrderChange
from functions.ordering.service import order_queries, order_status_changes
from shared.contexts.ordering.order_status import OrderStatus
from shared.permissions import Permission
from shared.web import Caller, Fields, Page, Reader, Transaction, requires, respond
from shared.web.pages import Paging, id_before

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
async def list_admin_orders(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[
        OrderStatus | None,
        Query(
            description="`paid` finds what is to be shipped, `processing` what is partly shipped, both whether or not a"
            " part was refunded; `partially_refunded` all of which a part was refunded"
        ),
    ] = None,
    email: Annotated[str | None, Query(max_length=254, description="Whole address, whatever its case")] = None,
    number: Annotated[str | None, Query(max_length=20, description="Whole order number")] = None,
    created_from: Annotated[AwareDatetime | None, Query(description="At or after")] = None,
    created_before: Annotated[AwareDatetime | None, Query(description="Before")] = None,
) -> Response:
    """All orders, newest first."""
    filters = OrderFilters(
        status=status.value if status else None,
        email=email,
        number=number.strip().upper() if number else None,
        created_from=created_from,
        created_before=created_before,
    )
    query = f"all orders {filters}"
    page = order_queries.page(reader, filters, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, AdminOrderSummary, page, query=query, fields=fields)


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
