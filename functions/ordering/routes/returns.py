"""Returns: requested by customers and guests, decided and received by administrators."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.ordering.domain.returns import ReturnStatus
from functions.ordering.routes.id_pages import respond_id_page
from functions.ordering.routes.visitor import OrderVisitor
from functions.ordering.schemas.returns import NewReturn, OrderReturnList, Return, ReturnDecision, ReturnReceipt
from functions.ordering.service import order_access, return_queries, returns
from shared.permissions import Permission
from shared.web import Caller, Fields, Idempotency, Page, Reader, Transaction, requires, respond
from shared.web.pages import Paging, id_before

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
    summary="Request a return",
    responses={**_OF_VISITORS, 409: {"description": "Not so many units can come back, or it is too late"}},
)
async def request_return(
    order_id: UUID, body: NewReturn, visitor: OrderVisitor, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Units that were delivered within the last 30 days, each with its reason. The shop decides, and sends a mail."""
    order_access.check(tx, visitor, order_id)
    stored = idempotency.run(
        tx, lambda: Return.model_validate(returns.request(tx, order_id, body.requested_lines(), note=body.note))
    )
    return stored.created(f"{router.prefix}/returns")


@router.get(
    "/orders/{order_id}/returns",
    response_model=OrderReturnList,
    summary="List an order's returns",
    responses=_OF_VISITORS,
)
async def list_order_returns(request: Request, order_id: UUID, visitor: OrderVisitor, reader: Reader) -> Response:
    """All of them, oldest first; an order has few. And what else of it can be returned now."""
    order_access.check(reader, visitor, order_id)
    rows = return_queries.of_order(reader, order_id)
    return respond(request, OrderReturnList.of(rows, return_queries.returnable(reader, order_id)))


@router.get("/returns", response_model=Page[Return], summary="List one's returns")
async def list_user_returns(
    request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Those of the signed-in customer's orders, newest first."""
    query = f"returns of {caller.user_id}"
    page = return_queries.page(reader, user_id=caller.user_id, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, Return, page, query=query, fields=fields)


@router.get("/returns/{return_id}", response_model=Return, summary="Show a return", responses=_OF_VISITORS)
async def get_return(
    request: Request, return_id: UUID, visitor: OrderVisitor, reader: Reader, fields: Fields
) -> Response:
    """A return of the customer's own order, or of a guest's by the order's token."""
    return respond(request, Return.model_validate(return_queries.show(reader, visitor, return_id)), fields=fields)


@router.get(
    "/admin/returns",
    response_model=Page[Return],
    summary="List all returns",
    dependencies=[requires(Permission.ORDERS_READ_ALL)],
    responses={403: {"description": "Not allowed"}},
)
async def list_returns(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    status: Annotated[ReturnStatus | None, Query()] = None,
    user_id: Annotated[UUID | None, Query(description="Returns of this customer's orders")] = None,
) -> Response:
    """All returns, newest first."""
    query = f"all returns {status} {user_id}"
    page = return_queries.page(reader, status, user_id=user_id, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, Return, page, query=query, fields=fields)


@router.get(
    "/admin/returns/{return_id}",
    response_model=Return,
    summary="Show any return",
    dependencies=[requires(Permission.ORDERS_READ_ALL)],
    responses={403: {"description": "Not allowed"}, 404: {"description": "There is no such return"}},
)
async def get_admin_return(request: Request, return_id: UUID, reader: Reader, fields: Fields) -> Response:
    """A return of anybody's order."""
    return respond(request, Return.model_validate(return_queries.get(reader, return_id)), fields=fields)


@router.post(
    "/admin/returns/{return_id}/decision",
    response_model=Return,
    summary="Approve or reject a return",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses=_OF_STAFF,
)
async def decide_return(
    request: Request, return_id: UUID, body: ReturnDecision, caller: Caller, tx: Transaction
) -> Response:
    """Notifies the customer by mail. Rejected units can be requested again."""
    decided = returns.decide(
        tx,
        return_id,
        approve=body.approve,
        note=body.note,
        version=body.version,
        actor=f"admin:{caller.user_id}",
    )
    return respond(request, Return.model_validate(decided))


@router.post(
    "/admin/returns/{return_id}/receipt",
    response_model=Return,
    summary="Record the receipt of a return",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses=_OF_STAFF,
)
async def receive_return(
    return_id: UUID, body: ReturnReceipt, caller: Caller, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Restocks the units, except those that cannot be sold again, and requests their refund."""
    actor = f"admin:{caller.user_id}"
    return idempotency.respond(
        tx,
        lambda: Return.model_validate(returns.receive(tx, return_id, restock=body.restock(), actor=actor)),
        status=200,
    )
