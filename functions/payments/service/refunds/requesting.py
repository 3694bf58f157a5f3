"""Recording refunds: how much may go back, and for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.payments.errors import (
    NotRefundableError,
    PaymentNotFoundError,
    RefundExceedsLineError,
    RefundExceedsPaymentError,
)
from functions.payments.payment_status import SETTLED
from functions.payments.repository import disputes, payments
from functions.payments.repository import refunds as repository
from functions.payments.repository.payments import OrderRow, PaymentRow
from functions.payments.repository.refunds import LineRow, NewLine, NewRefund, RefundRow
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError
from shared.events import RefundRequested
from shared.log import logger

UNFULFILLABLE: Final = "unfulfillable"
"""The money bought nothing: it came too late, or for an order that is paid already."""


@dataclass(frozen=True, slots=True)
class Left:
    """What of a payment can still be given back."""

    amount: int
    tax_amount: int


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
    left = _left(tx, payment)
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
            tax_amount=_tax(payment, left, wanted, lines),
            currency=payment.currency,
            reason=reason,
            note=note,
            actor=f"admin:{admin_id}",
            lines=lines,
        ),
    )
    assert recorded is not None, "only requests of ordering can be there already"
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
    left = _left(tx, payment)
    known = repository.lines(tx, request.order_id, [line.order_item_id for line in request.lines])
    lines = tuple(
        _line(known[line.order_item_id], min(line.quantity, _units_left(known[line.order_item_id])))
        for line in request.lines
        if line.order_item_id in known and _units_left(known[line.order_item_id]) > 0
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
            tax_amount=_tax(payment, left, wanted, lines),
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
    left = _left(tx, payment)
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


def share_of_tax(order: OrderRow | None, captured: int, before: repository.Committed, amount: int) -> int:
    """What of a refund is tax, in proportion; that of the last one is exactly what the others left of it."""
    if order is None or captured <= 0:
        return 0
    due = order.tax_amount * (before.amount + amount) // captured - before.tax_amount
    return max(0, min(due, amount))


def _check_refundable(tx: Connection, payment: PaymentRow) -> None:
    if payment.state not in SETTLED:
        raise NotRefundableError("The payment has no money that could be given back")
    if disputes.holds_money(tx, payment.id):
        raise NotRefundableError("The cardholder's bank has taken the money back, or may: the payment is disputed")


def _left(tx: Connection, payment: PaymentRow) -> Left:
    before = repository.committed(tx, payment.id)
    order = payments.order(tx, payment.order_id) if payment.order_id is not None else None
    tax = order.tax_amount if order is not None else 0
    return Left(payment.amount_captured - before.amount, max(0, tax - before.tax_amount))


def _tax(payment: PaymentRow, left: Left, amount: int, lines: tuple[NewLine, ...]) -> int:
    """The tax in a refund: that of its lines, or in proportion; all that is left of it with the last refund."""
    if amount >= left.amount:
        return min(left.tax_amount, amount)
    of_lines = sum(line.tax_amount for line in lines)
    return min(of_lines if lines else left.tax_amount * amount // left.amount, left.tax_amount, amount)


def _lines(tx: Connection, payment: PaymentRow, quantities: Mapping[UUID, int]) -> tuple[NewLine, ...]:
    known = repository.lines(tx, payment.order_id, list(quantities)) if payment.order_id is not None else {}
    unknown = [item for item in quantities if item not in known]
    if unknown:
        errors = [FieldError(field="lines.order_item_id", message=f"the order has no line {item}") for item in unknown]
        raise ValidationError("lines: not lines of the order that was paid", errors=errors)
    for item, quantity in quantities.items():
        if quantity > _units_left(known[item]):
            raise RefundExceedsLineError(
                f"{_units_left(known[item])} units of the line can be refunded, not {quantity}",
                order_item_id=str(item),
                refundable_quantity=_units_left(known[item]),
            )
    return tuple(_line(known[item], quantity) for item, quantity in quantities.items())


def _line(known: LineRow, quantity: int) -> NewLine:
    """So many units of a line. All refunds of a line together are exactly what was paid for it: the share of the units
    refunded so far, less what was given back for them.
    """
    units = known.refunded_quantity + quantity
    return NewLine(
        order_item_id=known.id,
        quantity=quantity,
        amount=max(0, known.total_amount * units // known.quantity - known.refunded_amount),
        tax_amount=max(0, known.tax_amount * units // known.quantity - known.refunded_tax),
    )


def _units_left(known: LineRow) -> int:
    return known.quantity - known.refunded_quantity
