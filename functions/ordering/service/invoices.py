"""Invoices: numbered when they are first asked for, once the order is paid."""

from __future__ import annotations

from uuid import UUID

from functions.ordering.errors import NotInvoicedError
from functions.ordering.invoices.contents import Invoice, Seller
from functions.ordering.repository import invoices, orders
from functions.ordering.settings import OrderingSettings
from shared import settings
from shared.clients.database import Connection
from shared.transactions import order_records
from shared.transactions.order_records import OrderNotFoundError


def invoice(connection: Connection, order_id: UUID) -> Invoice:
    """The order's invoice; whether the caller may see it has been checked.

    Raises OrderNotFoundError, and NotInvoicedError for an order that was never paid.
    """
    order = orders.detail(connection, order_id)
    if order is None:
        raise OrderNotFoundError
    if order.paid_at is None:
        raise NotInvoicedError(f"The order is {order.status}")
    row = invoices.find(connection, order_id)
    if row is None:
        order_records.lock_order(connection, order_id)  # two at once would take two numbers
        row = invoices.find(connection, order_id) or invoices.issue(connection, order_id)
    return Invoice(
        row=row,
        seller=_seller(),
        order=order,
        items=orders.items(connection, order_id),
        refunds=invoices.refunds(connection, order_id),
    )


def pdf(document: Invoice) -> bytes:
    """The invoice as a PDF."""
    from functions.ordering.invoices import layout

    return layout.render(document)


def _seller() -> Seller:
    configured = settings.load(OrderingSettings)
    address = [line.strip() for line in configured.seller_address.split("|") if line.strip()]
    return Seller(configured.seller_name, address, configured.seller_tax_id)
