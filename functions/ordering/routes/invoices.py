"""Invoices and credit notes: what an order has, and each as PDF."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.ordering.domain.invoices import TaxDocument
from functions.ordering.routes.visitor import DocumentVisitor
from functions.ordering.schemas.invoices import OrderDocumentList
from functions.ordering.service import order_access
from functions.ordering.service.invoices import issuance
from shared.web import CachePolicy, Fields, Transaction, document, respond

router = APIRouter(prefix="/api/v1", tags=["orders"])

_PDF: Final = "application/pdf"
_REVALIDATED: Final = CachePolicy("private, no-cache", tagged=True)
"""Only the erasure of the buyer changes a document: the browser keeps it and asks."""

_REFUSED: Final[dict[int | str, dict[str, Any]]] = {
    401: {"description": "Neither signed in nor a token"},
    404: {"description": "There is no such order, or no such credit note"},
}
_PDFS: Final[dict[int | str, dict[str, Any]]] = {
    **_REFUSED,
    200: {"content": {_PDF: {"schema": {"type": "string", "format": "binary"}}}, "description": "The document"},
    409: {"description": "The order was never paid"},
}


@router.get(
    "/orders/{order_id}/documents",
    response_model=OrderDocumentList,
    summary="List an order's invoice and credit notes",
    responses=_REFUSED,
)
async def list_order_documents(
    request: Request, order_id: UUID, visitor: DocumentVisitor, tx: Transaction, fields: Fields
) -> Response:
    """The invoice, which is issued at the first request for it or for this list, and a credit note for each refund; an
    order has few. None of an order that was never paid.
    """
    order_access.check(tx, visitor, order_id)
    return respond(request, OrderDocumentList.of(issuance.documents(tx, order_id)), fields=fields)


@router.get(
    "/orders/{order_id}/invoice", response_class=Response, summary="Download an order's invoice", responses=_PDFS
)
async def get_invoice(request: Request, order_id: UUID, visitor: DocumentVisitor, tx: Transaction) -> Response:
    """A PDF in the order's language, for its customer, for a guest with its token, and for staff. It is issued at the
    first request, and never changes: refunds have credit notes (`GET /orders/{order_id}/documents`).
    """
    order_access.check(tx, visitor, order_id)
    return _pdf(request, issuance.get_or_issue(tx, order_id))


@router.get(
    "/orders/{order_id}/credit-notes/{number}",
    response_class=Response,
    summary="Download a credit note",
    responses=_PDFS,
)
async def get_credit_note(
    request: Request,
    order_id: UUID,
    number: Annotated[str, Path(max_length=40, description="Number or id", examples=["CN-2026-000007"])],
    visitor: DocumentVisitor,
    tx: Transaction,
) -> Response:
    """A PDF of what a refund took off the order's invoice, in the language of the invoice."""
    order_access.check(tx, visitor, order_id)
    return _pdf(request, issuance.credit_note(tx, order_id, number))


def _pdf(request: Request, issued: TaxDocument) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{issued.number}.pdf"'}
    return document(request, issuance.pdf(issued), _PDF, cache=_REVALIDATED, headers=disposition)
