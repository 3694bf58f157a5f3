"""Recording refunds: how much may be refunded, and for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from functions.payments import providers
from functions.payments.domain.payment_status import SETTLED
from functions.payments.domain.refund_shares import (
    UnitsToRefund,
    capped,
    tax_in,
    units_left,
    units_of_line,
    with_stock,
)
from functions.payments.errors import (
    NotRefundableError,
    PaymentNotFoundError,
    RefundExceedsLineError,
    RefundExceedsPaymentError,
)
from functions.payments.repository import disputes, payments
from functions.payments.repository import refunds as repository
from functions.payments.repository.payments import PaymentRow
from functions.payments.repository.refunds import NewLine, NewRefund, RefundRow
from functions.payments.service.refunds import settlement
from functions.payments.service.refunds.refundable import left_of
from shared import audit, money
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.ordering import order_locks, order_refunds, order_units
from shared.contexts.ordering.events import RefundRequested
from shared.errors import FieldError, ValidationError
from shared.log import logger

UNFULFILLABLE: Final = "unfulfillable"
"""The money bought nothing: it came too late, or for an order that is paid already."""


def refund_for_administrator(
    tx: Connection,
    payment_id: UUID,
    *,
    amount: int | None,
    units: Sequence[UnitsToRefund],
    restock: bool = True,
    reason: str,
    note: str | None,
    admin_id: UUID,
) -> RefundRow:
    """Record a refund of `amount`, of units of lines, or (neither) of all that is left.

    Units that were free are refunded at once, with nothing. `restock` is about what is not handed over when all money
    has gone back. Raises PaymentNotFoundError, NotRefundableError, RefundExceedsPaymentError, RefundExceedsLineError
    and, for lines that the order does not have and amounts that the currency does not have, ValidationError.
    """
    payment = payments.lock_payment_by_id(tx, payment_id)
    if payment is None:
        raise PaymentNotFoundError
    _check_refundable(tx, payment)
    if payment.order_id is not None:  # nothing is shipped or downloaded while it is being refunded
        order_locks.lock_order(tx, payment.order_id)
    left = left_of(tx, payment)
    lines = _lines(tx, payment, units) if units else ()
    if amount is not None and (problem := money.price_problem(amount, payment.currency)):
        raise ValidationError(field=FieldError(("amount",), problem))
    requested = sum(line.amount for line in lines) if lines else left.amount if amount is None else amount
    if requested > left.amount or (requested == 0 and not lines):
        raise RefundExceedsPaymentError(
            f"{left.amount} of the payment can be given back, not {requested}", refundable_amount=left.amount
        )
    recorded = repository.insert(
        tx,
        NewRefund(
            payment_id=payment.id,
            order_id=payment.order_id,
            provider=payment.provider,
            amount=requested,
            tax_amount=tax_in(left, requested, lines),
            currency=payment.currency,
            reason=reason,
            note=note,
            actor=f"admin:{admin_id}",
            restock=restock,
            lines=lines,
        ),
    )
    assert recorded is not None, "only requests of ordering can be there already"
    if requested == 0:
        settlement.settle_nothing(tx, payment, recorded)
    members = {
        **{name: getattr(recorded, name) for name in ("payment_id", "order_id", "amount", "currency", "reason")},
        "lines": [
            {name: getattr(line, name) for name in ("order_item_id", "quantity", "restock_quantity")} for line in lines
        ],
        "note": note,
    }
    audit.record(tx, "refund.requested", Subject("refund", recorded.id), changes=audit.created(members))
    return recorded


def refund_for_ordering(tx: Connection, request: RefundRequested) -> RefundRow | None:
    """Record what ordering asks for; None where that was done before, or where nothing is left to refund.

    Units that an administrator refunded meanwhile are left out, and no more than is left is refunded; nothing, while a
    bank has the money or may take it. A return learns what is refunded for its lines.
    Raises PaymentNotFoundError where no payment paid the order.
    """
    paying = payments.payment_of_order(tx, request.order_id)
    payment = paying and payments.lock_payment_by_id(tx, paying.id)
    if payment is None:
        raise PaymentNotFoundError(f"no payment paid the order {request.order_id}")
    left = left_of(tx, payment)
    known = repository.lines(tx, request.order_id, [line.order_item_id for line in request.lines])
    full = tuple(
        units_of_line(
            known[line.order_item_id], min(line.quantity, units_left(known[line.order_item_id])), payment.currency
        )
        for line in request.lines
        if line.order_item_id in known and units_left(known[line.order_item_id]) > 0
    )
    beyond_lines = request.amount - sum(line.amount for line in request.lines)
    amount = max(0, min(sum(line.amount for line in full) + beyond_lines, left.amount))
    if disputes.holds_money(tx, payment.id):
        amount = 0
    lines = capped(full, amount, payment.currency)
    if amount != request.amount:
        logger().warning(
            "less is refunded than was requested",
            extra={"request_id": str(request.request_id), "asked": request.amount, "given": amount},
        )
    if amount == 0:
        order_refunds.record_return(tx, request.request_id, {}, is_due=False)
        return None
    recorded = repository.insert(
        tx,
        NewRefund(
            payment_id=payment.id,
            order_id=request.order_id,
            provider=payment.provider,
            request_id=request.request_id,
            amount=amount,
            tax_amount=tax_in(left, amount, lines),
            currency=payment.currency,
            reason=request.reason,
            actor="ordering",
            lines=lines,
        ),
    )
    if recorded is not None:
        amounts = {line.order_item_id: line.amount for line in lines}
        order_refunds.record_return(tx, request.request_id, amounts, is_due=True)
    return recorded


def refund_unfulfillable_payment(tx: Connection, payment: PaymentRow, order_id: UUID, amount: int) -> RefundRow:
    """Record a refund of so much of a payment; the caller holds its lock and has just marked it as captured."""
    recorded = repository.insert(
        tx,
        NewRefund(
            payment_id=payment.id,
            order_id=order_id,
            provider=payment.provider,
            amount=amount,
            tax_amount=0,
            currency=payment.currency,
            reason=UNFULFILLABLE,
            actor="system",
        ),
    )
    assert recorded is not None
    return recorded


def refund_fraudulent_payment(tx: Connection, payment: PaymentRow) -> RefundRow | None:
    """Record a refund of all that is left of a payment, which is locked; None where nothing is left, or a bank
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
            provider=payment.provider,
            amount=left.amount,
            tax_amount=left.tax_amount,
            currency=payment.currency,
            reason="fraudulent",
            actor="system",
        ),
    )


def _check_refundable(tx: Connection, payment: PaymentRow) -> None:
    if payment.provider not in providers.names():
        raise NotRefundableError(f"There is no way to ask {payment.provider!r}, which took the money, for it")
    if payment.state not in SETTLED:
        raise NotRefundableError("The payment has no money that could be given back")
    if disputes.holds_money(tx, payment.id):
        raise NotRefundableError("The cardholder's bank has taken the money back, or may: the payment is disputed")


def _lines(tx: Connection, payment: PaymentRow, asked: Sequence[UnitsToRefund]) -> tuple[NewLine, ...]:
    """The caller holds the order's lock."""
    shares, units = {}, {}
    if payment.order_id is not None:
        shares = repository.lines(tx, payment.order_id, [each.order_item_id for each in asked])
        units = {unit.id: unit for unit in order_units.of_order(tx, payment.order_id)}
    unknown = [each.order_item_id for each in asked if each.order_item_id not in shares]
    if unknown:
        errors = [FieldError(("lines", "order_item_id"), f"the order has no line {item}") for item in unknown]
        raise ValidationError.about(errors)
    for each in asked:
        left = units_left(shares[each.order_item_id])
        if each.handed_over:
            left = min(left, units[each.order_item_id].handed_over)
        if each.quantity > left:
            raise RefundExceedsLineError(
                f"{left} units of the line can be refunded, not {each.quantity}",
                order_item_id=str(each.order_item_id),
                refundable_quantity=left,
            )
    return tuple(
        with_stock(
            units_of_line(shares[each.order_item_id], each.quantity, payment.currency), each, units[each.order_item_id]
        )
        for each in asked
    )
