"""Notes about orders, for administrators."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.routes.id_pages import respond_id_page
from functions.ordering.schemas.order_notes import NewOrderNote, OrderNote
from functions.ordering.service import order_notes
from shared.permissions import Permission
from shared.web import Caller, Fields, Idempotency, Page, Reader, Transaction, no_content, requires
from shared.web.pages import Paging, id_before

router = APIRouter(prefix="/api/v1/admin/orders/{order_id}/notes", tags=["orders-admin"])

_REFUSED: Final[dict[int | str, dict[str, Any]]] = {403: {"description": "Not allowed"}}


@router.get(
    "",
    response_model=Page[OrderNote],
    summary="List the notes about an order",
    dependencies=[requires(Permission.ORDERS_READ_ALL)],
    responses=_REFUSED,
)
async def list_order_notes(
    request: Request, order_id: UUID, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """Newest first; none where there is no such order."""
    query = f"notes of order {order_id}"
    page = order_notes.page(reader, order_id, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, OrderNote, page, query=query, fields=fields)


@router.post(
    "",
    status_code=201,
    response_model=OrderNote,
    summary="Write a note about an order",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={**_REFUSED, 404: {"description": "There is no such order"}},
)
async def write_order_note(
    order_id: UUID, body: NewOrderNote, caller: Caller, tx: Transaction, idempotency: Idempotency
) -> Response:
    """For everybody who may read orders."""
    stored = idempotency.run(
        tx, lambda: OrderNote.model_validate(order_notes.write(tx, order_id, body.body, author_id=caller.user_id))
    )
    return stored.created(f"/api/v1/admin/orders/{order_id}/notes")


@router.delete(
    "/{note_id}",
    status_code=204,
    summary="Delete a note about an order",
    dependencies=[requires(Permission.ORDERS_WRITE)],
    responses={**_REFUSED, 404: {"description": "There is no such note"}},
)
async def delete_order_note(order_id: UUID, note_id: UUID, tx: Transaction) -> Response:
    """Whoever wrote it; the audit log keeps who deleted it."""
    order_notes.delete(tx, order_id, note_id)
    return no_content()
