"""Returns: asked for by customers and guests, decided and received by administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.ordering.routes import newest_first
from functions.ordering.routes.visitor import OrderVisitor
from functions.ordering.schemas.returns import Decision, NewReturn, OrderReturns, Receipt, Return
from functions.ordering.service import access, return_lists, returns
from functions.ordering.service.returns import ReturnStatus
from shared.permissions import Permission
from shared.web import (
    Caller,
    Fields,
    Idempotency,
    Page,
    Reader,
    Transaction,
    answer,
    answer_page,
    requires,
)
from shared.web.pages import Paging

router = APIRouter(prefix="/api/v1", tags=["returns"])

Responses = dict[int | str, dict[str, Any]]

_OF_VISITORS: Responses = {
    401: {"description": "Neither signed in nor a token"},
    404: {"description": "There is no such order, or no such return"},
}
_OF_STAFF: Responses = {
    403: {"description": "Not allowed"},
    404: {"description": "There is no such return"},
    409: {"description": "The return is at another version, or at another point"},
}


@router.post(
    "/orders/{order_id}/returns",
    status_code=201,
    response_model=Return,
    summary="Ask to send something back",
    responses={**_OF_VISITORS, 409: {"description": "Not so many units can come back, or it is too late"}},
)
async def request_return(
    order_id: UUID, body: NewReturn, visitor: OrderVisitor, tx: Transaction, once: Idempotency
) -> Response:
    """Units that were delivered within the last 30 days, each with its reason. The shop decides, and writes a mail."""
    access.check(tx, visitor, order_id)
    kept = once.keep(tx, lambda: Return.of(returns.request(tx, order_id, body.new_lines(), note=body.note)))
    return kept.response(headers={"Location": f"{router.prefix}/returns/{orjson.loads(kept.body)['id']}"})


@router.get(
    "/orders/{order_id}/returns", response_model=OrderReturns, summary="List an order's returns", responses=_OF_VISITORS
)
async def list_returns_of_order(request: Request, order_id: UUID, visitor: OrderVisitor, reader: Reader) -> Response:
    """All of them, oldest first; an order has few."""
    access.check(reader, visitor, order_id)
    rows = return_lists.of_order(reader, order_id)
    return answer(request, OrderReturns(items=[Return.of(row) for row in rows]))


@router.get("/returns/{return_id}", response_model=Return, summary="Show a return", responses=_OF_VISITORS)
async def show_return(
    request: Request, return_id: UUID, visitor: OrderVisitor, reader: Reader, fields: Fields
) -> Response:
    """A return of the customer's own order, or of a guest's by the order's token."""
    return answer(request, Return.of(returns.show(reader, visitor, return_id)), fields=fields)


@router.get(
    "/admin/returns",
    response_model=Page[Return],
    summary="List all returns",
    dependencies=[requires(Permission.ORDERS_READ_ALL)],
    responses={403: {"description": "Not allowed"}},
)
async def list_all_returns(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[ReturnStatus | None, Query()] = None,
) -> Response:
    """Everybody's returns, newest first."""
    query = f"all returns {status}"
    rows, position = return_lists.page(reader, status, before=newest_first.before(paging, query), limit=paging.limit)
    return answer_page(
        request,
        Return,
        [Return.of(row).model_dump() for row in rows],
        next_cursor=newest_first.cursor(query, position),
        fields=fields,
    )


@router.post(
    "/admin/returns/{return_id}/decision",
    response_model=Return,
    summary="Approve or refuse a return",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses=_OF_STAFF,
)
async def decide_return(request: Request, return_id: UUID, body: Decision, caller: Caller, tx: Transaction) -> Response:
    """Tells the customer by mail. What is refused can be asked for again."""
    decided = returns.decide(
        tx,
        return_id,
        approve=body.approve,
        note=body.note,
        version=body.version,
        actor=f"admin:{caller.user_id}",
    )
    return answer(request, Return.of(decided))


@router.post(
    "/admin/returns/{return_id}/receipt",
    response_model=Return,
    summary="Say that a return came in",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses=_OF_STAFF,
)
async def receive_return(
    return_id: UUID, body: Receipt, caller: Caller, tx: Transaction, once: Idempotency
) -> Response:
    """Puts the units back on the shelf, but for those that cannot be sold again, and has their money sent back."""
    return once.once(
        tx,
        lambda: Return.of(returns.receive(tx, return_id, restock=body.restock(), actor=f"admin:{caller.user_id}")),
        status=200,
    )
