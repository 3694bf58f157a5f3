"""A payer's own payments."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from functions.payments.errors import PaymentNotFoundError
from functions.payments.payer import Payer
from functions.payments.repository import payments as repository
from functions.payments.repository.payments import ChangeRow, PaymentRow
from shared.clients.database import Connection


def payment(connection: Connection, payment_id: UUID, payer: Payer) -> tuple[PaymentRow, list[ChangeRow]]:
    """The payment and its history. Raises PaymentNotFoundError, for somebody else's too."""
    found = repository.payment(connection, payment_id)
    if found is None or not _owns(connection, found, payer):
        raise PaymentNotFoundError
    return found, repository.history(connection, payment_id)


def payments(
    connection: Connection, user_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[PaymentRow], bool]:
    """A page of the user's payments, newest first, and whether more follow."""
    rows = repository.payments_of(connection, user_id, after=after, limit=limit + 1)
    return rows[:limit], len(rows) > limit


def _owns(connection: Connection, found: PaymentRow, payer: Payer) -> bool:
    if found.user_id is not None:
        return found.user_id == payer.user_id
    if payer.cart is None:
        return False
    cart_id = repository.cart_of_guest_checkout(connection, found.checkout_id)
    return cart_id is not None and payer.cart.opens(cart_id)
