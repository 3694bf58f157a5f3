"""Orders, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime
from starlette.responses import Response

from functions.ordering.repository.orders import Filters
from functions.ordering.routes import newest_first
from functions.ordering.schemas.orders import AdminOrder, AdminOrderSummary, OrderChange
from functions.ordering.service import order_changes, order_lists, orders
from shared.permissions import Permission
from shared.transactions.order_status import OrderStatus
from shared.web import Caller, Fields, Page, Reader, Transaction, answer, answer_page, requires
from shared.web.pages import Paging

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
async def list_all_orders(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[OrderStatus | None, Query()] = None,
    email: Annotated[str | None, Query(max_length=254, description="Whole address, whatever its case")] = None,
    number: Annotated[str | None, Query(max_length=20, description="Whole order number")] = None,
    created_from: Annotated[AwareDatetime | None, Query(description="At or after")] = None,
    created_before: Annotated[AwareDatetime | None, Query(description="Before")] = None,
) -> Response:
    """Everybody's orders, newest first."""
    filters = Filters(
        status=status.value if status else None,
        email=email,
        number=number.strip().upper() if number else None,
        created_from=created_from,
        created_before=created_before,
    )
    query = f"all orders {filters}"
    rows, position = order_lists.page(reader, filters, before=newest_first.before(paging, query), limit=paging.limit)
    return answer_page(
        request,
        AdminOrderSummary,
        [AdminOrderSummary.model_validate(row).model_dump() for row in rows],
        next_cursor=newest_first.cursor(query, position),
        fields=fields,
    )


@router.get(
    "/{order_id}",
    response_model=AdminOrder,
    summary="Show any order",
    dependencies=[requires(Permission.ORDERS_READ_ALL)],
    responses=_NOT_FOUND,
)
async def show_any_order(request: Request, order_id: UUID, reader: Reader, fields: Fields) -> Response:
    """One order with its whole timeline, and the statuses that it can be given."""
    return answer(request, AdminOrder.of(orders.document(reader, order_id)), fields=fields)


@router.put(
    "/{order_id}",
    response_model=AdminOrder,
    summary="Change an order's status",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={**_NOT_FOUND, 409: {"description": "Another version, or not a legal move (`legal` lists those)"}},
)
async def change_order(
    request: Request, order_id: UUID, body: OrderChange, caller: Caller, tx: Transaction
) -> Response:
    """Moves the order along its status machine. Cancelling gives stock and money back. `shipped` and `delivered` are
    true of all that is left. `paid`, `refunded` and `partially_refunded` are set by payments only.
    """
    document = order_changes.change(
        tx, order_id, body.status, version=body.version, reason=body.reason, admin_id=caller.user_id
    )
    return answer(request, AdminOrder.of(document))
