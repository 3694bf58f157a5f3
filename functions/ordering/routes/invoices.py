"""Invoices, as PDF."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.routes.visitor import OrderVisitor
from functions.ordering.service import access, invoices
from shared.web import CachePolicy, Transaction, document

router = APIRouter(prefix="/api/v1", tags=["orders"])

_PDF: Final = "application/pdf"
_REVALIDATED: Final = CachePolicy("private, no-cache", tagged=True)
"""Only refunds change an invoice: the browser keeps it and asks."""

_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {_PDF: {"schema": {"type": "string", "format": "binary"}}}, "description": "The invoice"},
    401: {"description": "Neither signed in nor a token"},
    404: {"description": "There is no such order"},
    409: {"description": "The order was never paid"},
}


@router.get(
    "/orders/{order_id}/invoice", response_class=Response, summary="Download an order's invoice", responses=_RESPONSES
)
async def download_invoice(request: Request, order_id: UUID, visitor: OrderVisitor, tx: Transaction) -> Response:
    """A PDF in the order's language, for its customer, or for a guest with its token. Its number is given when it is
    asked for first. Refunds since then stand on it.
    """
    access.check(tx, visitor, order_id)
    invoice = invoices.invoice(tx, order_id)
    disposition = {"Content-Disposition": f'attachment; filename="{invoice.row.number}.pdf"'}
    return document(request, invoices.pdf(invoice), _PDF, cache=_REVALIDATED, headers=disposition)
