"""Recording refunds: how much may go back, and for what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from functions.payments.errors import (
    NotRefundableError,
    PaymentNotFoundError,
    RefundExceedsLineError,
    RefundExceedsPaymentError,
)
from functions.payments.payment_status import SETTLED
from functions.payments.providers import stripe_objects
from functions.payments.repository import disputes, payments
from functions.payments.repository import refunds as repository
from functions.payments.repository.payments import PaymentRow
from functions.payments.repository.refunds import NewLine, NewRefund, RefundRow
from functions.payments.service.refunds.shares import Left, tax_in, units_left, units_of_line
from shared import audit
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError
from shared.events import RefundRequested
from shared.log import logger

UNFULFILLABLE: Final = "unfulfillable"
"""The money bought nothing: it came too late, or for an order that is paid already."""


def by_administrator(
    tx: Connection,
    payment_id: UUID,
    *,
    amount: int | None,
    quantities: Mapping[UUID, int],
    reason: str,
    note: str | None,
    admin_id: UUID,
) -> RefundRow:
    """Record a refund of `amount`, of units of lines, or (neither) of all that is left.

    Raises PaymentNotFoundError, NotRefundableError, RefundExceedsPaymentError, RefundExceedsLineError and, for lines
    that the order does not have, ValidationError.
    """
    payment = payments.lock_payment_by_id(tx, payment_id)
    if payment is None:
        raise PaymentNotFoundError
    _check_refundable(tx, payment)
    left = left_of(tx, payment)
    lines = _lines(tx, payment, quantities) if quantities else ()
    wanted = sum(line.amount for line in lines) if lines else left.amount if amount is None else amount
    if not 0 < wanted <= left.amount:
        raise RefundExceedsPaymentError(
            f"{left.amount} of the payment can be given back, not {wanted}", refundable_amount=left.amount
        )
    recorded = repository.insert(
        tx,
        NewRefund(
            payment_id=payment.id,
            order_id=payment.order_id,
            amount=wanted,
            tax_amount=tax_in(left, wanted, lines),
            currency=payment.currency,
            reason=reason,
            note=note,
            actor=f"admin:{admin_id}",
            lines=lines,
        ),
    )
    assert recorded is not None, "only requests of ordering can be there already"
    asked = {
        **{name: getattr(recorded, name) for name in ("payment_id", "order_id", "amount", "currency", "reason")},
        "lines": [{"order_item_id": line.order_item_id, "quantity": line.quantity} for line in lines],
    }
    audit.record(tx, "refund.requested", Subject("refund", recorded.id), changes=audit.created(asked), reason=note)
    return recorded


def by_ordering(tx: Connection, request: RefundRequested) -> RefundRow | None:
    """Record what ordering asks for; None where that was done before, or where nothing is left to give back.

    Units that an administrator refunded meanwhile are left out, and no more goes back than is left.
    Raises PaymentNotFoundError where no payment paid the order.
    """
    found = payments.paying(tx, request.order_id)
    payment = found and payments.lock_payment_by_id(tx, found.id)
    if payment is None:
        raise PaymentNotFoundError(f"no payment paid the order {request.order_id}")
    left = left_of(tx, payment)
    known = repository.lines(tx, request.order_id, [line.order_item_id for line in request.lines])
    lines = tuple(
        units_of_line(known[line.order_item_id], min(line.quantity, units_left(known[line.order_item_id])))
        for line in request.lines
        if line.order_item_id in known and units_left(known[line.order_item_id]) > 0
    )
    beyond_lines = request.amount - sum(line.amount for line in request.lines)
    wanted = min(sum(line.amount for line in lines) + beyond_lines, left.amount)
    if wanted != request.amount:
        logger().warning(
            "less is given back than was asked for",
            extra={"request_id": str(request.request_id), "asked": request.amount, "given": wanted},
        )
    if wanted <= 0:
        return None
    return repository.insert(
        tx,
        NewRefund(
            payment_id=payment.id,
            order_id=request.order_id,
            request_id=request.request_id,
            amount=wanted,
            tax_amount=tax_in(left, wanted, lines),
            currency=payment.currency,
            reason=request.reason,
            actor="ordering",
            lines=lines,
        ),
    )


def of_money_that_bought_nothing(tx: Connection, payment: PaymentRow, order_id: UUID, amount: int) -> RefundRow:
    """Record that so much of a payment goes back; the caller holds its lock and has just marked it as captured."""
    recorded = repository.insert(
        tx,
        NewRefund(
            payment_id=payment.id,
            order_id=order_id,
            amount=amount,
            tax_amount=0,
            currency=payment.currency,
            reason=UNFULFILLABLE,
            actor="system",
        ),
    )
    assert recorded is not None
    return recorded


def of_fraud(tx: Connection, payment: PaymentRow) -> RefundRow | None:
    """Record that all that is left of a payment, which is locked, goes back; None where nothing is left, or a bank
    has taken it.
    """
    left = left_of(tx, payment)
    if left.amount <= 0 or disputes.holds_money(tx, payment.id):
        return None
    return repository.insert(
        tx,
        NewRefund(
            payment_id=payment.id,
            order_id=payment.order_id,
            amount=left.amount,
            tax_amount=left.tax_amount,
            currency=payment.currency,
            reason="fraudulent",
            actor="system",
        ),
    )


def _check_refundable(tx: Connection, payment: PaymentRow) -> None:
    if payment.provider != stripe_objects.NAME:
        raise NotRefundableError(f"There is no way to ask {payment.provider!r}, which took the money, for it")
    if payment.state not in SETTLED:
        raise NotRefundableError("The payment has no money that could be given back")
    if disputes.holds_money(tx, payment.id):
        raise NotRefundableError("The cardholder's bank has taken the money back, or may: the payment is disputed")


def left_of(tx: Connection, payment: PaymentRow) -> Left:
    """What of a payment, which is locked, can still be given back."""
    before = repository.committed(tx, payment.id)
    order = payments.order(tx, payment.order_id) if payment.order_id is not None else None
    tax = order.tax_amount if order is not None else 0
    return Left(payment.amount_captured - before.amount, max(0, tax - before.tax_amount))


def _lines(tx: Connection, payment: PaymentRow, quantities: Mapping[UUID, int]) -> tuple[NewLine, ...]:
    known = repository.lines(tx, payment.order_id, list(quantities)) if payment.order_id is not None else {}
    unknown = [item for item in quantities if item not in known]
    if unknown:
        errors = [FieldError(field="lines.order_item_id", message=f"the order has no line {item}") for item in unknown]
        raise ValidationError("lines: not lines of the order that was paid", errors=errors)
    for item, quantity in quantities.items():
        if quantity > units_left(known[item]):
            raise RefundExceedsLineError(
                f"{units_left(known[item])} units of the line can be refunded, not {quantity}",
                order_item_id=str(item),
                refundable_quantity=units_left(known[item]),
            )
    return tuple(units_of_line(known[item], quantity) for item, quantity in quantities.items())
