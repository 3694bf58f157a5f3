"""Payments and refunds as they stand, for their payer and for administrators."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from functions.payments.domain.payer import Payer
from functions.payments.errors import PaymentNotFoundError, RefundNotFoundError
from functions.payments.repository import checkouts
from functions.payments.repository import payments as repository
from functions.payments.repository import refunds as refunds_repository
from functions.payments.repository.payments import ChangeRow, PaymentFilters, PaymentRow
from functions.payments.repository.refunds import RefundDetail, RefundFilters
from shared.clients.database import Connection


def payment(connection: Connection, payment_id: UUID, payer: Payer) -> tuple[PaymentRow, list[ChangeRow]]:
    """The payer's own payment and its history. Raises PaymentNotFoundError, for somebody else's too."""
    row = repository.payment(connection, payment_id)
    if row is None or not _owns(connection, row, payer):
        raise PaymentNotFoundError
    return row, repository.history(connection, payment_id)


def payments(
    connection: Connection, user_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[PaymentRow], bool]:
    """A page of the user's payments, newest first, and whether more follow."""
    rows = repository.payments_of(connection, user_id, after=after, limit=limit + 1)
    return rows[:limit], len(rows) > limit


def all_payments(
    connection: Connection, filters: PaymentFilters, *, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[PaymentRow], bool]:
    """A page of everybody's payments, newest first, and whether more follow."""
    rows = repository.all_payments(connection, filters, after=after, limit=limit + 1)
    return rows[:limit], len(rows) > limit


def any_payment(connection: Connection, payment_id: UUID) -> tuple[PaymentRow, list[ChangeRow], int]:
    """Anybody's payment, its history, and how much of it can still be refunded. Raises PaymentNotFoundError."""
    row = repository.payment(connection, payment_id)
    if row is None:
        raise PaymentNotFoundError
    refundable = row.amount_captured - refunds_repository.committed(connection, payment_id).amount
    return row, repository.history(connection, payment_id), refundable


def refund(connection: Connection, refund_id: UUID) -> RefundDetail:
    """Raises RefundNotFoundError."""
    row = refunds_repository.detail(connection, refund_id)
    if row is None:
        raise RefundNotFoundError
    return row


def refunds(
    connection: Connection, filters: RefundFilters, *, after: UUID | None, limit: int
) -> tuple[list[RefundDetail], bool]:
    """A page of refunds, newest first, and whether more follow."""
    rows = refunds_repository.page(connection, filters, after=after, limit=limit + 1)
    return rows[:limit], len(rows) > limit


def _owns(connection: Connection, payment: PaymentRow, payer: Payer) -> bool:
    if payment.user_id is not None:
        return payment.user_id == payer.user_id
    if payer.cart is None:
        return False
    cart_id = checkouts.cart_of_guest_checkout(connection, payment.checkout_id)
    return cart_id is not None and payer.cart.opens(cart_id)
