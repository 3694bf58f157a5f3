"""What a provider's event does: one transaction with its entry in the inbox, whatever the order of arrival.

A status is compared with what is known (`payment_status.judge`), and the intent is read again where two different
reports are of one second. Refund events are always settled by reading the intent again: the refunded amount falls when
a refund fails, so no two snapshots of it can be put in order. Reading happens under the payment's row lock; otherwise a
slow worker could write what it read before a quick one.

A refund that comes before its `succeeded` finds the intent succeeded, and applies both.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from functions.payments.errors import IntentNotRecordedError, PaymentMismatchError, ProviderUnavailableError
from functions.payments.payment_status import ENDED, SETTLED, PaymentStatus, Verdict, by_refunds, judge
from functions.payments.providers import Intent, Provider
from functions.payments.providers.stripe_objects import INTENT_EVENTS, Event, Topic
from functions.payments.repository import payments as repository
from functions.payments.repository import provider_events as inbox
from functions.payments.repository.payments import PaymentRow
from shared import outbox, settings
from shared.clients import database
from shared.clients.database import Connection
from shared.log import logger
from shared.transactions import orders
from shared.transactions.orders import Paid


class Outcome(StrEnum):
    """What an event did. All but DUPLICATE are kept in the inbox."""

    APPLIED = "applied"
    IGNORED = "ignored"
    UNMATCHED = "unmatched"
    REFUND_DUE = "refund_due"
    DUPLICATE = "duplicate"


def handle(event: Event, provider: Provider) -> Outcome:
    """Apply the event, once. Safe to repeat after a crash at any point.

    Raises IntentNotRecordedError and PaymentMismatchError, and ProviderUnavailableError or ProviderRefusedError where
    the provider has to be asked; the event must then be delivered again.
    """
    with outbox.unit_of_work() as tx:
        outcome = _receive(tx, event, provider)
    if outcome is Outcome.REFUND_DUE:
        _give_back(event, provider)
        return Outcome.APPLIED
    return outcome


def _receive(tx: Connection, event: Event, provider: Provider) -> Outcome:
    first = Outcome.IGNORED if event.topic is Topic.OTHER else Outcome.APPLIED
    claimed = inbox.claim_event(
        tx,
        provider.name,
        event.id,
        event_type=event.type,
        object_id=event.object_id,
        occurred_at=event.occurred_at,
        outcome=first,
    )
    if not claimed:
        kept = inbox.event_outcome(tx, provider.name, event.id)
        return Outcome.REFUND_DUE if kept == Outcome.REFUND_DUE else Outcome.DUPLICATE
    if event.topic is Topic.OTHER:
        return first
    outcome = _apply(tx, event, provider)
    if outcome is not first:
        inbox.set_event_outcome(tx, provider.name, event.id, outcome)
    return outcome


def _apply(tx: Connection, event: Event, provider: Provider) -> Outcome:
    if event.intent_id is None:
        return Outcome.UNMATCHED
    payment = repository.lock_payment(tx, provider.name, event.intent_id)
    if payment is None:
        return _unknown(event.intent or provider.retrieve_intent(event.intent_id))
    if event.topic is Topic.REFUND:
        return _apply_refund(tx, payment, event, _read(provider, payment))
    assert event.intent is not None
    return _apply_status(tx, payment, event, event.intent, provider)


def _unknown(intent: Intent | None) -> Outcome:
    """An intent that no payment of ours is about: somebody else's, or one of ours whose request is still under way."""
    if intent is None or intent.checkout_id is None or intent.environment != settings.common().environment:
        return Outcome.UNMATCHED
    raise IntentNotRecordedError(f"the intent {intent.id} of checkout {intent.checkout_id} is not recorded yet")


def _apply_status(tx: Connection, payment: PaymentRow, event: Event, intent: Intent, provider: Provider) -> Outcome:
    told = INTENT_EVENTS[event.type]
    verdict = judge(payment.state, payment.status_at, told, event.occurred_at)
    if verdict is Verdict.CONTRADICTION:
        raise PaymentMismatchError(f"payment {payment.id} is {payment.status} and {event.id} says {told}")
    if verdict is Verdict.STALE:
        return Outcome.IGNORED
    if verdict is Verdict.TIED:
        intent = _read(provider, payment)
        told = intent.status
        if told in ENDED:
            return Outcome.IGNORED  # the end has an event of its own, which brings more than this one
    if told is PaymentStatus.SUCCEEDED:
        return _succeed(tx, payment, intent, at=event.occurred_at, event_id=event.id)
    repository.set_status(tx, payment, told, at=event.occurred_at, failure_code=intent.failure_code, event_id=event.id)
    return Outcome.APPLIED


def _apply_refund(tx: Connection, payment: PaymentRow, event: Event, intent: Intent) -> Outcome:
    if intent.status is not PaymentStatus.SUCCEEDED:
        return Outcome.IGNORED
    outcome = Outcome.IGNORED
    if payment.state not in SETTLED:
        if payment.state is PaymentStatus.CANCELED:
            raise PaymentMismatchError(f"payment {payment.id} is canceled and {event.id} says it took money")
        at = intent.captured_at or event.occurred_at
        outcome = _succeed(tx, payment, intent, at=at, event_id=event.id)
        settled = repository.lock_payment(tx, payment.provider, payment.provider_payment_id)
        assert settled is not None
        payment = settled
    if intent.amount_refunded == payment.amount_refunded:
        return outcome
    after = by_refunds(payment.amount_captured, intent.amount_refunded)
    repository.set_refunded(tx, payment, after, refunded=intent.amount_refunded, event_id=event.id)
    if intent.amount_refunded < payment.amount_refunded:
        # The order keeps its status: the customer was promised money that did not arrive. A person must see to it.
        logger().error("a refund failed", extra={"payment_id": str(payment.id), "event_id": event.id})
    elif payment.order_id is not None and _paid_by(tx, payment.order_id, intent):
        orders.mark_refunded(tx, payment.order_id, in_full=after is PaymentStatus.REFUNDED)
    return outcome if outcome is Outcome.REFUND_DUE else Outcome.APPLIED


def _succeed(tx: Connection, payment: PaymentRow, intent: Intent, *, at: datetime, event_id: str) -> Outcome:
    """The payment, its order and its stock, together. REFUND_DUE where the money bought nothing."""
    if (intent.amount_captured, intent.currency) != (payment.amount, payment.currency):
        raise PaymentMismatchError(
            f"payment {payment.id} is of {payment.amount} {payment.currency},"
            f" and {intent.amount_captured} {intent.currency} were taken"
        )
    order_id, paid = orders.mark_paid(tx, payment.checkout_id, payment_intent_id=intent.id, paid_at=at)
    repository.set_succeeded(tx, payment, order_id=order_id, captured=intent.amount_captured, at=at, event_id=event_id)
    paid_twice = paid is Paid.BEFORE and not _paid_by(tx, order_id, intent)
    nothing_left = intent.amount_refunded >= intent.amount_captured
    if (paid is Paid.UNFULFILLABLE or paid_twice) and not nothing_left:
        return Outcome.REFUND_DUE
    return Outcome.APPLIED


def _paid_by(tx: Connection, order_id: UUID, intent: Intent) -> bool:
    """Whether this intent's money is the order's, and not a second payment of it."""
    return repository.order_payment_intent(tx, order_id) == intent.id


def _read(provider: Provider, payment: PaymentRow) -> Intent:
    intent = provider.retrieve_intent(payment.provider_payment_id)
    if intent is None:
        raise ProviderUnavailableError(f"the intent {payment.provider_payment_id} cannot be read")
    return intent


def _give_back(event: Event, provider: Provider) -> None:
    """Refund what bought nothing. The debt is committed in the inbox, so every redelivery comes here until it is paid;
    the idempotency key makes the provider pay once. The provider's refund events then move payment and order.
    """
    assert event.intent_id is not None
    # Stripe answers a repeated key with the first answer even where that was a 500: what happened is seen by reading.
    current = provider.retrieve_intent(event.intent_id)
    if current is None or current.amount_refunded < current.amount_captured:
        provider.refund_in_full(event.intent_id, idempotency_key=f"refund-{event.intent_id}-unfulfillable")
    inbox.set_event_outcome(database.connection(), provider.name, event.id, Outcome.APPLIED)
    logger().warning("gave back a payment that came too late", extra={"provider_payment_id": event.intent_id})
