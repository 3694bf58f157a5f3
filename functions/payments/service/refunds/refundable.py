"""How much of a payment can still be refunded."""

from __future__ import annotations

from functions.payments.domain.refund_shares import Refundable
from functions.payments.repository import payments
from functions.payments.repository import refunds as repository
from functions.payments.repository.payments import PaymentRow
from shared.clients.database import Connection


def left_of(tx: Connection, payment: PaymentRow) -> Refundable:
    """What of a payment, which is locked, can still be refunded."""
    before = repository.committed(tx, payment.id)
    order = payments.order(tx, payment.order_id) if payment.order_id is not None else None
    tax = order.tax_amount if order is not None else 0
    return Refundable(payment.amount_captured - before.amount, max(0, tax - before.tax_amount))
