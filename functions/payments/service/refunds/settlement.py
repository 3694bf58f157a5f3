"""What the provider says of refunds, written down: refund, ledger, payment and order in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from functions.payments.domain import ledger_postings
from functions.payments.domain.ledger_postings import PostingContext
from functions.payments.domain.payment_status import by_refunds
from functions.payments.domain.refund_shares import tax_in
from functions.payments.providers.port import PaymentStatus, ProviderRefund, RefundStatus
from functions.payments.repository import ledger, payments
from functions.payments.repository import refunds as repository
from functions.payments.repository.ledger import Posting
from functions.payments.repository.payments import OrderRow, PaymentRow
from functions.payments.repository.refunds import NewRefund, RefundRow
from functions.payments.service.refunds.refundable import left_of
from shared import outbox
from shared.clients.database import Connection
from shared.contexts.ordering import order_refunds
from shared.contexts.payments import digital_orders
from shared.contexts.payments.events import OrderRefunded
from shared.log import logger


def apply_first_answer(tx: Connection, provider: str, answer: ProviderRefund) -> None:
    """What the provider answered when it was asked, unless something newer is known already."""
    payment = payments.lock_payment(tx, provider, answer.intent_id)
    assert payment is not None
    known = {refund.provider_refund_id for refund in repository.of_payment(tx, payment.id)}
    if answer.id not in known:
        settle(tx, payment, [answer], event_id=None)


def apply(tx: Connection, provider: str, intent_id: str, refunds: Iterable[ProviderRefund]) -> None:
    """What was read at the provider, while or before the payment was locked."""
    payment = payments.lock_payment(tx, provider, intent_id)
    assert payment is not None
    settle(tx, payment, refunds, event_id=None)


def settle(tx: Connection, payment: PaymentRow, refunds: Iterable[ProviderRefund], *, event_id: str | None) -> bool:
    """Bring our refunds of a payment, which is locked, to where the provider's are; returns whether anything changed.

    One that we did not ask for is adopted. The order is told of money that went back, and keeps its status where a
    refund failed after that: the customer was promised money, and a person must see to it (the refund is listed as
    failed, and raises an alarm).
    """
    order = payments.order(tx, payment.order_id) if payment.order_id is not None else None
    arrived: list[RefundRow] = []
    postings: list[Posting] = []
    sold = ledger.sale_of(tx, payment.id)
    ours = repository.of_payment(tx, payment.id)
    for one in refunds:
        known = _known(ours, one) or _adopt(tx, payment, one)
        if known.status != one.status or known.provider_refund_id is None:
            repository.settle(tx, known.id, one.status, provider_refund_id=one.id, failure_code=one.failure_code)
        if one.status is RefundStatus.SUCCEEDED and known.succeeded_at is None:
            arrived.append(known)
        if one.status is RefundStatus.FAILED and known.status != RefundStatus.FAILED:
            logger().error("refund failed", extra={"refund_id": str(known.id), "code": one.failure_code})
        postings += _postings(payment, known, one, sold=sold)
    posted = ledger.post(tx, postings)
    return _change_payment(tx, payment, order, arrived, event_id=event_id) or bool(posted)


def settle_nothing(tx: Connection, payment: PaymentRow, refund: RefundRow) -> None:
    """A refund of units that were free, of a payment that is locked: there is no money that a provider could move."""
    repository.settle(tx, refund.id, RefundStatus.SUCCEEDED, provider_refund_id=None, failure_code=None)
    if payment.order_id is not None:
        in_full = payment.state is PaymentStatus.REFUNDED
        _tell_order(tx, payment.order_id, [refund], in_full=in_full)


def _known(ours: Iterable[RefundRow], one: ProviderRefund) -> RefundRow | None:
    for refund in ours:
        if refund.provider_refund_id == one.id or (refund.provider_refund_id is None and refund.id == one.refund_id):
            return refund
    return None


def _adopt(tx: Connection, payment: PaymentRow, one: ProviderRefund) -> RefundRow:
    new = NewRefund(
        payment_id=payment.id,
        order_id=payment.order_id,
        provider=payment.provider,
        amount=one.amount,
        tax_amount=tax_in(left_of(tx, payment), one.amount),
        currency=one.currency,
        reason="provider",
        actor="provider",
    )
    return repository.adopt(tx, new, one)


def _postings(payment: PaymentRow, refund: RefundRow, one: ProviderRefund, *, sold: bool) -> list[Posting]:
    about = PostingContext(
        provider=payment.provider, payment_id=payment.id, currency=one.currency, occurred_at=one.created_at
    )
    amounts = {"amount": refund.amount, "tax": refund.tax_amount}
    posted = [ledger_postings.refund(about, one.id, **amounts, sold=sold)] if one.left_balance else []
    if one.came_back:
        posted.append(ledger_postings.refund_failure(about, one.id, **amounts, sold=sold))
    for moved in one.balance_transactions:
        if moved.currency != one.currency:
            exchanged = replace(about, occurred_at=moved.created_at)
            amount = refund.amount if moved.amount > 0 else -refund.amount
            posted.append(ledger_postings.conversion(exchanged, moved, amount))
    return posted


def _change_payment(
    tx: Connection, payment: PaymentRow, order: OrderRow | None, arrived: list[RefundRow], *, event_id: str | None
) -> bool:
    refunded = repository.committed(tx, payment.id).taken_by_provider
    after = by_refunds(payment.amount_captured, refunded)
    if refunded != payment.amount_refunded:
        payments.set_refunded(tx, payment, after, refunded=refunded, event_id=event_id)
    if order is not None and order.payment_intent_id == payment.provider_payment_id:
        in_full = after is PaymentStatus.REFUNDED
        if refunded > payment.amount_refunded or arrived:  # one that the provider worked on is told of twice
            _tell_order(tx, order.id, arrived, in_full=in_full)
        for refund in arrived:
            outbox.record(tx, _refunded_event(order, refund, in_full=in_full))
    return refunded != payment.amount_refunded or bool(arrived)


def _tell_order(tx: Connection, order_id: UUID, arrived: list[RefundRow], *, in_full: bool) -> None:
    lines = repository.restocks(tx, [refund.id for refund in arrived]) if arrived else []
    restocks_rest = all(refund.restock for refund in arrived)
    if order_refunds.record(tx, order_id, in_full=in_full, lines=lines, restocks_rest=restocks_rest):
        digital_orders.complete(tx, order_id, shipped_lines_refunded=True)


def _refunded_event(order: OrderRow, refund: RefundRow, *, in_full: bool) -> OrderRefunded:
    return OrderRefunded(
        order_id=order.id,
        refund_id=refund.id,
        number=order.number,
        email=order.email,
        language=order.language,
        amount=refund.amount,
        currency=refund.currency,
        in_full=in_full,
    )
