"""Events about intents: the status of a payment, and what follows from its success."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from functions.payments.domain import ledger_postings
from functions.payments.domain.ledger_postings import PostingContext
from functions.payments.domain.payment_status import ENDED, Verdict, judge
from functions.payments.errors import PaymentMismatchError, ProviderRefusedError, ProviderUnavailableError
from functions.payments.providers.events import ProviderEvent
from functions.payments.providers.port import Intent, PaymentStatus, Provider
from functions.payments.repository import ledger
from functions.payments.repository import payments as repository
from functions.payments.repository.payments import PaymentRow
from functions.payments.service import fraud
from functions.payments.service.provider_events.effects import APPLIED, IGNORED, Effect, Outcome
from functions.payments.service.refunds import requests
from shared.clients.database import Connection
from shared.contexts.ordering import orders, reservations
from shared.contexts.ordering.orders import PaymentOutcome
from shared.contexts.payments import digital_orders
from shared.log import logger


def apply(tx: Connection, payment: PaymentRow, event: ProviderEvent, provider: Provider) -> Effect:
    """Move a payment, which is locked, to the reported status, unless something newer is known."""
    assert event.intent is not None
    assert event.status is not None
    status, intent = event.status, event.intent
    verdict = judge(payment.state, payment.status_at, status, event.occurred_at)
    if verdict is Verdict.CONTRADICTION:
        raise PaymentMismatchError(f"payment {payment.id} is {payment.status} and {event.id} says {status}")
    if verdict is Verdict.STALE:
        return IGNORED
    if verdict is Verdict.TIED:
        intent = read(provider, payment)
        status = intent.status
        if status in ENDED:
            return IGNORED  # the end has an event of its own, which brings more than this one
    if status is PaymentStatus.SUCCEEDED:
        return succeed(tx, payment, intent, at=event.occurred_at, event_id=event.id, refunded=0)
    repository.set_status(
        tx, payment, status, at=event.occurred_at, failure_code=intent.failure_code, event_id=event.id
    )
    if status is PaymentStatus.PROCESSING:
        reservations.start_processing(tx, payment.checkout_id)
    elif payment.state is PaymentStatus.PROCESSING:
        reservations.end_processing(tx, payment.checkout_id)
    return APPLIED


def end(tx: Connection, payment: PaymentRow, provider: Provider, *, event_id: str) -> None:
    """Let a payment, which is locked, take no more attempts: its intent is canceled at the provider, and only once that
    is certain, its checkout is closed and its order cancelled.

    A charge that takes the money at this moment comes first or not at all: the provider refuses to cancel what has
    succeeded, or is being processed, and the payment's own event tells what became of it. Raises
    ProviderUnavailableError where the outcome is unknown: the event is delivered again.
    """
    if payment.state in ENDED:
        return
    intent_id = payment.provider_payment_id
    try:
        provider.cancel_intent(intent_id, idempotency_key=f"declined-{intent_id}-{event_id}")
    except ProviderRefusedError:
        logger().warning("a payment with many declined charges has succeeded", extra={"payment_id": str(payment.id)})
        return
    repository.set_status(
        tx, payment, PaymentStatus.CANCELED, at=None, failure_code=payment.failure_code, event_id=event_id
    )
    orders.abandon(tx, payment.checkout_id, reason="too many declined payments")


def succeed(
    tx: Connection, payment: PaymentRow, intent: Intent, *, at: datetime, event_id: str, refunded: int
) -> Effect:
    """The payment, its order, its stock and the ledger, together. What bought nothing is to be refunded, but for what
    has been refunded already.
    """
    if (intent.amount_captured, intent.currency) != (payment.amount, payment.currency):
        raise PaymentMismatchError(
            f"payment {payment.id} is of {payment.amount} {payment.currency},"
            f" and {intent.amount_captured} {intent.currency} were taken"
        )
    order_id, paid = orders.mark_paid(tx, payment.checkout_id, payment_intent_id=intent.id, paid_at=at)
    repository.set_succeeded(
        tx,
        payment,
        order_id=order_id,
        charge_id=intent.charge_id,
        captured=intent.amount_captured,
        at=at,
        event_id=event_id,
    )
    order = repository.order(tx, order_id)
    assert order is not None
    about = PostingContext(provider=payment.provider, payment_id=payment.id, currency=payment.currency, occurred_at=at)
    charge_id = intent.charge_id or intent.id
    postings = [ledger_postings.capture(about, charge_id, intent.amount_captured)]
    is_same_intent = order.payment_intent_id == intent.id
    bought = paid is PaymentOutcome.PAID or (paid is PaymentOutcome.ALREADY_PAID and is_same_intent)
    if bought:
        amounts = {"total": order.total_amount, "tax": order.tax_amount, "shipping": order.shipping_amount}
        postings.append(ledger_postings.sale(about, order_id, **amounts))
    ledger.post(tx, postings)
    if bought:
        if not order.requires_shipping:
            digital_orders.complete(tx, order_id)
        captured = replace(
            payment, status=PaymentStatus.SUCCEEDED, order_id=order_id, amount_captured=intent.amount_captured
        )
        return Effect(Outcome.APPLIED, fraud.refund_if_blocked(tx, captured, charge_id))
    excess = intent.amount_captured - refunded
    if excess <= 0:
        return APPLIED
    logger().warning("a payment bought nothing and goes back", extra={"payment_id": str(payment.id)})
    return Effect(Outcome.APPLIED, requests.refund_unfulfillable_payment(tx, payment, order_id, excess).id)


def read(provider: Provider, payment: PaymentRow) -> Intent:
    """The payment's intent as it is now. Raises ProviderUnavailableError."""
    intent = provider.retrieve_intent(payment.provider_payment_id)
    if intent is None:
        raise ProviderUnavailableError(f"the intent {payment.provider_payment_id} cannot be read")
    return intent
