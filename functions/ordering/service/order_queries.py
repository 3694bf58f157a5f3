"""Reading orders: one with all its parts, and pages of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from functions.ordering.domain.invoices import DocumentRow
from functions.ordering.domain.orders import OrderDetail, OrderDocument, OrderFilters, OrderPosition, OrderSort
from functions.ordering.repository import invoices, order_details, order_totals, shipments, timeline
from functions.ordering.repository.order_details import SummaryRow
from functions.ordering.repository.order_totals import TotalsRow
from functions.ordering.service.order_access import Visitor
from shared.clients.database import Connection
from shared.contexts.ordering.order_locks import OrderNotFoundError
from shared.contexts.ordering.order_status import OrderPaymentStatus
from shared.pages import split_by_id, split_page


def page(
    connection: Connection, filters: OrderFilters, *, before: UUID | None, limit: int
) -> tuple[Sequence[SummaryRow], UUID | None]:
    """Up to `limit` orders below an id, newest first, and the id that the next page is below (None at the end)."""
    after = OrderPosition(before) if before is not None else None
    rows = order_details.summaries(connection, filters, OrderSort.NEWEST, after=after, limit=limit + 1)
    return split_by_id(rows, limit)


def sorted_page(
    connection: Connection, filters: OrderFilters, sort: OrderSort, *, after: OrderPosition | None, limit: int
) -> tuple[Sequence[SummaryRow], OrderPosition | None]:
    """Up to `limit` orders behind a position, and the position that the next page is behind (None at the end)."""
    rows = order_details.summaries(connection, filters, sort, after=after, limit=limit + 1)
    return split_page(rows, limit, lambda row: OrderPosition(row.id, row.total_amount if sort.is_by_total else None))


def totals(connection: Connection, user_id: UUID) -> Sequence[TotalsRow]:
    """What all orders of a customer come to, by currency; none for somebody who ordered nothing."""
    return order_totals.of_user(connection, user_id)


def show(connection: Connection, visitor: Visitor, order_id: UUID) -> OrderDocument:
    """A customer's own order, or the one that a link opens.

    Raises OrderNotFoundError, OrderLinkExpiredError, and NotAuthenticatedError for a visitor with neither an account
    nor a link.
    """
    visitor.identify()
    if visitor.has_link(order_id):
        return document(connection, order_id)
    order = order_details.detail(connection, order_id) if visitor.user_id is not None else None
    if order is None or order.user_id != visitor.user_id:
        raise visitor.refusal(order_id)
    return _with_parts(connection, order)


def document(connection: Connection, order_id: UUID) -> OrderDocument:
    """The order of any owner. Raises OrderNotFoundError."""
    order = order_details.detail(connection, order_id)
    if order is None:
        raise OrderNotFoundError
    return _with_parts(connection, order)


def issued(connection: Connection, document: OrderDocument) -> list[DocumentRow]:
    """The invoice and the credit notes that an order has so far."""
    return invoices.documents(connection, document.row.id) if document.row.paid_at is not None else []


def _with_parts(connection: Connection, order: OrderDetail) -> OrderDocument:
    is_unpaid = order.payment_status == OrderPaymentStatus.UNPAID
    return OrderDocument(
        order,
        order_details.unpaid_items(connection, order) if is_unpaid else order_details.items(connection, order.id),
        shipments.of_order(connection, order.id) if order.has_shipments else [],
        timeline.of_order(connection, order.id),
    )
