"""Invoices and credit notes: issued documents, and the contents of an invoice that is about to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from functions.ordering.domain.orders import OrderDetail, OrderItemRow
from shared import days
from shared.allocation import BASIS_POINTS, half_up
from shared.contexts.ordering.credit_shares import Share
from shared.contexts.ordering.tax_documents import (
    Buyer,
    CreditNoteContents,
    InvoiceContents,
    InvoiceLine,
    Seller,
    Shipping,
    rate_totals,
)


@dataclass(frozen=True, slots=True)
class IssuedInvoice:
    """An invoice: what is in it never changes, but for the erasure of the buyer."""

    order_id: UUID
    number: str
    issued_on: date
    issued_at: datetime
    contents: InvoiceContents
    buyer: Buyer


@dataclass(frozen=True, slots=True)
class IssuedCreditNote:
    """What a refund takes off the invoice; the buyer is the invoice's."""

    id: UUID
    order_id: UUID
    number: str
    issued_on: date
    issued_at: datetime
    contents: CreditNoteContents
    buyer: Buyer


TaxDocument = IssuedInvoice | IssuedCreditNote


class DocumentKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An issued document in a list; amounts are positive on both kinds."""

    kind: DocumentKind
    id: UUID | None
    """A credit note's; an order has one invoice."""
    order_id: UUID
    number: str
    issued_on: date
    net_amount: int
    tax_amount: int
    total_amount: int
    currency: str


def contents_of(order: OrderDetail, items: Sequence[OrderItemRow], seller: Seller) -> InvoiceContents:
    """What the invoice of a paid order says, from now on."""
    assert order.paid_at is not None
    rate = shipping_rate(order, items)
    shipping_gross = order.shipping_amount + (0 if order.prices_include_tax else order.shipping_tax_amount)
    parts = [(item.tax_rate_basis_points, Share(item.total_amount, item.tax_amount)) for item in items]
    return InvoiceContents(
        seller=seller,
        language=order.language,
        time_zone=days.zone_name(),
        order_number=order.number,
        currency=order.currency,
        rates=rate_totals([*parts, (rate, Share(shipping_gross, order.shipping_tax_amount))]),
        net_amount=order.total_amount - order.tax_amount,
        tax_amount=order.tax_amount,
        total_amount=order.total_amount,
        paid_on=days.day_of(order.paid_at),
        prices_include_tax=order.prices_include_tax,
        lines=[_line(item) for item in items],
        subtotal_amount=order.subtotal_amount,
        discount_amount=order.discount_amount,
        shipping=Shipping(
            method=order.shipping_method,
            amount=order.shipping_amount,
            rate_basis_points=rate,
            tax_amount=order.shipping_tax_amount,
        ),
    )


def shipping_rate(order: OrderDetail, items: Sequence[OrderItemRow]) -> int:
    """The rate that shipping was taxed at, in basis points. Of an order from before it was recorded: that of a line
    which makes this tax of it, or else the one that it amounts to.
    """
    if order.shipping_tax_rate_basis_points is not None:
        return order.shipping_tax_rate_basis_points
    amount, tax = order.shipping_amount, order.shipping_tax_amount
    if tax == 0:
        return 0
    for rate in sorted({item.tax_rate_basis_points for item in items}, reverse=True):
        whole = BASIS_POINTS + (rate if order.prices_include_tax else 0)
        if abs(half_up(amount * rate, whole) - tax) <= 1:
            return rate
    net = amount - tax if order.prices_include_tax else amount
    return half_up(tax * BASIS_POINTS, net) if net > 0 else 0


def _line(item: OrderItemRow) -> InvoiceLine:
    return InvoiceLine(
        order_item_id=item.id,
        name=item.name,
        variant_title=item.variant_title,
        sku=item.sku,
        quantity=item.quantity,
        unit_amount=item.unit_amount,
        discount_amount=item.discount_amount,
        rate_basis_points=item.tax_rate_basis_points,
        net_amount=item.total_amount - item.tax_amount,
        tax_amount=item.tax_amount,
        total_amount=item.total_amount,
    )
