"""A customer's, or a guest's, orders."""

from __future__ import annotations

from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.repository.orders import Filters
from functions.ordering.routes import newest_first
from functions.ordering.routes.owner import CartOwner
from functions.ordering.routes.visitor import OrderVisitor
from functions.ordering.schemas.orders import Cancellation, NewOrder, Order, OrderSummary, PlacedOrder
from functions.ordering.service import access, cancelling, order_lists, orders
from shared.web import Caller, Fields, Idempotency, Page, Reader, Transaction, answer, answer_page
from shared.web.pages import Paging

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
async def place_order(body: NewOrder, owner: CartOwner, tx: Transaction, once: Idempotency) -> Response:
    """Makes the order of a checkout; there is only ever one, whatever the key. Before or after the payment: the order
    is `paid` as soon as the provider has said so. A guest sends the cart token that the checkout was made with.
    """
    kept = once.keep(tx, lambda: PlacedOrder.of(orders.place(tx, owner, body.checkout_id)))
    return kept.response(headers={"Location": f"{router.prefix}/orders/{orjson.loads(kept.body)['id']}"})


@router.get("/orders", response_model=Page[OrderSummary], summary="List one's orders")
@router.get("/users/orders", response_model=Page[OrderSummary], summary="List one's orders (the same list)")
async def list_orders(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """The signed-in customer's orders, newest first."""
    query = f"orders of {caller.user_id}"
    rows, position = order_lists.page(
        reader, Filters(user_id=caller.user_id), before=newest_first.before(paging, query), limit=paging.limit
    )
    return answer_page(
        request,
        OrderSummary,
        [OrderSummary.model_validate(row).model_dump() for row in rows],
        next_cursor=newest_first.cursor(query, position),
        fields=fields,
    )


@router.get(
    "/orders/{order_id}",
    response_model=Order,
    summary="Show an order",
    responses={401: {"description": "Neither signed in nor a token"}, 404: {"description": "There is no such order"}},
)
async def show_order(
    request: Request, order_id: UUID, visitor: OrderVisitor, reader: Reader, fields: Fields
) -> Response:
    """The customer's own order, or a guest's by the token that came with it."""
    return answer(request, Order.of(orders.show(reader, visitor, order_id)), fields=fields)


@router.post(
    "/orders/{order_id}/cancel",
    response_model=Order,
    summary="Cancel an order",
    responses={
        401: {"description": "Neither signed in nor a token"},
        404: {"description": "There is no such order"},
        409: {"description": "Parts of it were shipped, or an order of this status cannot be cancelled"},
    },
)
async def cancel_order(
    order_id: UUID, body: Cancellation, visitor: OrderVisitor, tx: Transaction, once: Idempotency
) -> Response:
    """As long as nothing was shipped. What was paid goes back, which the timeline then shows. Cancelling what is
    cancelled changes nothing.
    """
    access.check(tx, visitor, order_id)

    def cancelled() -> Order:
        cancelling.cancel_once(tx, order_id, reason=body.reason)
        return Order.of(orders.document(tx, order_id))

    return once.once(tx, cancelled, status=200)
