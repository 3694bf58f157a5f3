"""Issuing the documents of an order: its invoice at the first request, and credit notes of what was refunded."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from functions.ordering.domain.invoices import DocumentRow, IssuedCreditNote, IssuedInvoice, TaxDocument, contents_of
from functions.ordering.errors import CreditNoteNotFoundError, NotInvoicedError
from functions.ordering.repository import invoices, order_details
from functions.ordering.settings import OrderingSettings
from shared import settings
from shared.clients.database import Connection
from shared.contexts.ordering import credit_notes, order_locks
from shared.contexts.ordering.order_locks import OrderNotFoundError
from shared.contexts.ordering.tax_documents import Buyer, Seller

_NUMBER: Final = re.compile(r"CN-(?P<year>[0-9]{4})-(?P<sequence>[0-9]{6,9})", re.IGNORECASE)


def get_or_issue(connection: Connection, order_id: UUID) -> IssuedInvoice:
    """The order's invoice, issued unless it was before, with the credit notes of what was refunded until then; the
    caller has checked the visitor's access.

    Raises OrderNotFoundError, and NotInvoicedError for an order that was never paid.
    """
    return invoices.find(connection, order_id) or _issue(connection, order_id)


def documents(connection: Connection, order_id: UUID) -> list[DocumentRow]:
    """The invoice, and then its credit notes; what is not issued yet is issued. None of an order that was never paid.

    Raises OrderNotFoundError.
    """
    rows = invoices.documents(connection, order_id)
    if not rows:
        try:
            _issue(connection, order_id)
        except NotInvoicedError:
            return []
    elif credit_notes.has_missing(connection, order_id):  # of refunds that a version before learned of
        order_locks.lock_order(connection, order_id)
        credit_notes.issue_missing(connection, order_id)
    else:
        return rows
    return invoices.documents(connection, order_id)


def credit_note(connection: Connection, order_id: UUID, key: str) -> IssuedCreditNote:
    """A credit note of the order by its number or its id. Raises CreditNoteNotFoundError."""
    identity = _identity(key)
    note = invoices.credit_note(connection, order_id, identity) if identity is not None else None
    if note is None:
        raise CreditNoteNotFoundError
    return note


def _identity(key: str) -> UUID | tuple[int, int] | None:
    if number := _NUMBER.fullmatch(key):
        return int(number["year"]), int(number["sequence"])
    try:
        return UUID(key)
    except ValueError:
        return None


def pdf(document: TaxDocument) -> bytes:
    """The document as a PDF: the same bytes for the same document."""
    from functions.ordering.service.invoices import pdf

    return pdf.render(document)


def _issue(connection: Connection, order_id: UUID) -> IssuedInvoice:
    """Two concurrent requests would take two numbers, so the second waits for the order's lock, and finds it issued."""
    order_locks.lock_order(connection, order_id)
    if invoice := invoices.find(connection, order_id):
        return invoice
    order = order_details.detail(connection, order_id)
    if order is None:
        raise OrderNotFoundError
    if order.paid_at is None:
        raise NotInvoicedError(f"The order is {order.status}")
    contents = contents_of(order, order_details.items(connection, order_id), _seller(connection))
    buyer = Buyer(address=order.invoice_address, email=order.email)
    invoice = invoices.issue(connection, order_id, contents, buyer)
    credit_notes.issue_missing(connection, order_id)
    return invoice


def _seller(connection: Connection) -> Seller:
    """Who sells by law, as deployed; what is not said there is as the shop's settings have it."""
    from functions.ordering.service import site_settings  # with all countries, for a request that few orders get

    configured, site = settings.load(OrderingSettings), site_settings.current(connection)
    address = configured.seller_address.split("|") if configured.seller_address else site.address.splitlines()
    return Seller(
        name=configured.seller_name or site.name,
        address=[line.strip() for line in address if line.strip()],
        tax_id=configured.seller_tax_id,
    )
