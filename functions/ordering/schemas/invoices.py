"""The documents of an order, as lists show them. Amounts are integer minor units of the currency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from functions.ordering.domain.invoices import DocumentKind, DocumentRow
from shared.web import ResponseModel


class IssuedDocument(ResponseModel):
    """An invoice, or a credit note: what a refund takes off the invoice."""

    kind: DocumentKind
    id: Annotated[UUID | None, Field(description="A credit note's; null for the invoice")]
    number: Annotated[str, Field(examples=["CN-2026-000007"])]
    issued_on: Annotated[date, Field(description="The day of the shop's time zone")]
    amount: Annotated[int, Field(description="Tax included; positive on both kinds")]
    net_amount: int
    tax_amount: int
    currency: str
    path: Annotated[
        str,
        Field(
            description="Where the PDF is; a guest adds the token",
            examples=["/api/v1/orders/01990000-0000-7000-8000-000000000003/credit-notes/CN-2026-000007"],
        ),
    ]

    @classmethod
    def of(cls, document: DocumentRow) -> IssuedDocument:
        return cls(
            kind=document.kind,
            id=document.id,
            number=document.number,
            issued_on=document.issued_on,
            amount=document.total_amount,
            net_amount=document.net_amount,
            tax_amount=document.tax_amount,
            currency=document.currency,
            path=_path(document),
        )


class OrderDocumentList(ResponseModel):
    """All documents of one order, oldest first."""

    items: list[IssuedDocument]

    @classmethod
    def of(cls, documents: Iterable[DocumentRow]) -> OrderDocumentList:
        return cls(items=[IssuedDocument.of(document) for document in documents])


def _path(document: DocumentRow) -> str:
    place = "invoice" if document.kind is DocumentKind.INVOICE else f"credit-notes/{document.number}"
    return f"/api/v1/orders/{document.order_id}/{place}"
