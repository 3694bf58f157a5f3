"""A customer's, or a guest's, orders."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.ordering.domain.orders import OrderFilters
from functions.ordering.routes.id_pages import respond_id_page
from functions.ordering.routes.owner import CartOwner
from functions.ordering.routes.visitor import OrderVisitor
from functions.ordering.schemas.orders import NewOrder, Order, OrderCancellation, OrderSummary, PlacedOrder
from functions.ordering.service import order_access, order_cancellation, order_placement, order_queries
from shared.contexts.ordering.order_status import OrderStatus
from shared.web import Caller, Fields, Idempotency, Page, Reader, Transaction, respond
from shared.web.pages import Paging, id_before

router = APIRouter(prefix="/api/v1", tags=["orders"])


@router.post(
    "/orders",
    status_code=201,
    response_model=PlacedOrder,
    summary="Place an order",
    responses={
        404: {"description": "There is no such checkout of the caller's"},
        409: {"description": "The checkout's time is over, or the same request is being worked on"},
    },
)
async def place_order(body: NewOrder, owner: CartOwner, tx: Transaction, idempotency: Idempotency) -> Response:
    """Creates the order of a checkout; there is only one, whatever the key. Before or after the payment: the order is
    `paid` as soon as the provider confirms it. A guest sends the cart token of the checkout.
    """
    stored = idempotency.run(tx, lambda: PlacedOrder.of(order_placement.place(tx, owner, body.checkout_id)))
    return stored.created(f"{router.prefix}/orders")


@router.get("/orders", response_model=Page[OrderSummary], summary="List one's orders")
@router.get(
    "/users/orders",
    response_model=Page[OrderSummary],
    name="list_user_orders",
    summary="List one's orders (the same list)",
)
async def list_orders(
    *,
    request: Request,
    caller: Caller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[OrderStatus | None, Query()] = None,
) -> Response:
    """The signed-in customer's orders, newest first."""
    query = f"orders of {caller.user_id} {status}"
    filters = OrderFilters(user_id=caller.user_id, status=status.value if status else None)
    page = order_queries.page(reader, filters, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, OrderSummary, page, query=query, fields=fields)


@router.get(
    "/orders/{order_id}",
    response_model=Order,
    summary="Show an order",
    responses={
        401: {"description": "Neither signed in nor a token"},
        404: {"description": "There is no such order"},
        410: {"description": "The token is too old"},
    },
)
async def get_order(
    request: Request, order_id: UUID, visitor: OrderVisitor, reader: Reader, fields: Fields
) -> Response:
    """The customer's own order, or a guest's by the token that came with it."""
    return respond(request, Order.of(order_queries.show(reader, visitor, order_id)), fields=fields)


@router.post(
    "/orders/{order_id}/cancel",
    response_model=Order,
    summary="Cancel an order",
    responses={
        401: {"description": "Neither signed in nor a token"},
        404: {"description": "There is no such order"},
        409: {
            "description": "Parts of it were shipped or downloaded, its payment is disputed, or an order of this status"
            " cannot be cancelled"
        },
    },
)
async def cancel_order(
    order_id: UUID, body: OrderCancellation, visitor: OrderVisitor, tx: Transaction, idempotency: Idempotency
) -> Response:
    """As long as nothing was shipped or downloaded. What was paid is refunded, which the timeline then shows. What was
    not paid comes back into the cart. Cancelling a cancelled order changes nothing.
    """
    order_access.check(tx, visitor, order_id)

    def cancelled() -> Order:
        order_cancellation.cancel_once(tx, order_id, reason=body.reason)
        return Order.of(order_queries.document(tx, order_id))

    return idempotency.respond(tx, cancelled, status=200)
