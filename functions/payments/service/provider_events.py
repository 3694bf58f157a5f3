"""What a provider's event does: one transaction with its entry in the inbox, whatever the order of arrival.

A status is compared with what is known (`payment_status.judge`), and the intent is read again where two different
reports are of one second. Refunds and disputes are always settled by reading them again: they go forth and back, so no
two snapshots can be put in order. Reading happens under the payment's row lock; otherwise a slow worker could write
what it read before a quick one.

A refund that comes before its `succeeded` finds the intent succeeded, and applies both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from functions.payments import bookkeeping
from functions.payments.bookkeeping import Occasion
from functions.payments.errors import IntentNotRecordedError, PaymentMismatchError, ProviderUnavailableError
from functions.payments.payment_status import ENDED, SETTLED, PaymentStatus, Verdict, judge
from functions.payments.providers import Intent, Movement, Provider, ProviderRefund, RefundStatus
from functions.payments.providers.stripe_objects import INTENT_EVENTS, Charge, Event, Topic
from functions.payments.repository import ledger
from functions.payments.repository import payments as repository
from functions.payments.repository import provider_events as inbox
from functions.payments.repository.payments import PaymentRow
from functions.payments.service import disputes, fraud
from functions.payments.service.refunds import executing, requesting, settling
from shared import outbox, settings
from shared.clients.database import Connection
from shared.log import logger
from shared.transactions import orders
from shared.transactions.orders import Paid


class Outcome(StrEnum):
    """What an event did. All but DUPLICATE are kept in the inbox."""

    APPLIED = "applied"
    IGNORED = "ignored"
    UNMATCHED = "unmatched"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event did, and the refund that it made due."""

    outcome: Outcome
    refund_id: UUID | None = None


_APPLIED = Effect(Outcome.APPLIED)
_IGNORED = Effect(Outcome.IGNORED)
_UNMATCHED = Effect(Outcome.UNMATCHED)


def handle(event: Event, provider: Provider) -> Outcome:
    """Apply the event, once. Safe to repeat after a crash at any point.

    Raises IntentNotRecordedError and PaymentMismatchError, and ProviderUnavailableError or ProviderRefusedError where
    the provider has to be asked; the event must then be delivered again. Money that bought nothing is recorded as a
    refund in the same transaction, and given back at once; should that be interrupted, the schedule does it.
    """
    movement = _movement_of(event, provider)
    with outbox.unit_of_work() as tx:
        effect = _receive(tx, event, movement, provider)
    if effect.refund_id is not None:
        executing.submit(effect.refund_id, provider)
    return effect.outcome


def _movement_of(event: Event, provider: Provider) -> Movement | None:
    """What a charge of ours moved in the balance, once it has: it never changes, so no lock is held for reading it."""
    charge = event.charge
    if charge is None or charge.balance_transaction_id is None or charge.environment != settings.common().environment:
        return None
    return provider.movement(charge.balance_transaction_id)


def _receive(tx: Connection, event: Event, movement: Movement | None, provider: Provider) -> Effect:
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
        return Effect(Outcome.DUPLICATE)
    if event.topic is Topic.OTHER:
        return _IGNORED
    effect = _apply(tx, event, movement, provider)
    if effect.outcome is not first:
        inbox.set_event_outcome(tx, provider.name, event.id, effect.outcome)
    return effect


def _apply(tx: Connection, event: Event, movement: Movement | None, provider: Provider) -> Effect:
    if event.intent_id is None:
        return _UNMATCHED
    if event.topic is Topic.CHARGE:
        return _apply_charge(tx, event, event.intent_id, movement, provider)
    payment = repository.lock_payment(tx, provider.name, event.intent_id)
    if payment is None:
        return _unknown(event.intent or provider.retrieve_intent(event.intent_id))
    if event.topic is Topic.REFUND:
        return _apply_refund(tx, payment, event, provider)
    if event.topic is Topic.DISPUTE:
        assert event.object_id is not None
        changed = disputes.settle(tx, payment, provider.dispute(event.object_id))
        return _APPLIED if changed else _IGNORED
    assert event.intent is not None
    return _apply_status(tx, payment, event, event.intent, provider)


def _unknown(intent: Intent | None) -> Effect:
    """An intent that no payment of ours is about: somebody else's, or one of ours whose request is still under way."""
    if intent is None or intent.checkout_id is None or intent.environment != settings.common().environment:
        return _UNMATCHED
    raise IntentNotRecordedError(f"the intent {intent.id} of checkout {intent.checkout_id} is not recorded yet")


def _apply_charge(
    tx: Connection, event: Event, intent_id: str, movement: Movement | None, provider: Provider
) -> Effect:
    """What the fraud rules say of a charge, and the provider's fee, once its money has reached the balance."""
    assert event.charge is not None
    if event.charge.environment != settings.common().environment:
        return _UNMATCHED
    payment = repository.lock_payment(tx, provider.name, intent_id)
    if payment is None:
        raise IntentNotRecordedError(f"the intent {intent_id} is not recorded yet")
    took_money = event.charge.took_money and event.type != "charge.failed"
    judged = fraud.judge_charge(tx, payment, event.charge, took_money=took_money)
    refund_id = fraud.refund_if_blocked(tx, payment, event.charge.id) if judged and took_money else None
    named = took_money and _name_method(tx, payment, event.charge)
    posted = movement is not None and _post_settlement(tx, payment, event.charge, movement)
    return Effect(Outcome.APPLIED if judged or named or posted else Outcome.IGNORED, refund_id)


def _name_method(tx: Connection, payment: PaymentRow, charge: Charge) -> bool:
    """Keep what took the money, once (what was forgotten of it since stays so); returns whether that was news."""
    if charge.method is None or payment.method is not None:
        return False
    repository.set_method(tx, payment.id, charge.method)
    return True


def _post_settlement(tx: Connection, payment: PaymentRow, charge: Charge, movement: Movement) -> bool:
    """The provider's fee, and the exchange where it settles in another currency."""
    settled = Occasion(
        provider=payment.provider, payment_id=payment.id, currency=movement.currency, occurred_at=movement.created_at
    )
    postings = [bookkeeping.fee(settled, movement.id, movement.fee)] if movement.fee else []
    if movement.currency != charge.currency:
        charged = replace(settled, currency=charge.currency)
        postings.append(bookkeeping.conversion(charged, movement, charge.amount_captured))
    return bool(ledger.post(tx, postings))


def _apply_status(tx: Connection, payment: PaymentRow, event: Event, intent: Intent, provider: Provider) -> Effect:
    told = INTENT_EVENTS[event.type]
    verdict = judge(payment.state, payment.status_at, told, event.occurred_at)
    if verdict is Verdict.CONTRADICTION:
        raise PaymentMismatchError(f"payment {payment.id} is {payment.status} and {event.id} says {told}")
    if verdict is Verdict.STALE:
        return _IGNORED
    if verdict is Verdict.TIED:
        intent = _read(provider, payment)
        told = intent.status
        if told in ENDED:
            return _IGNORED  # the end has an event of its own, which brings more than this one
    if told is PaymentStatus.SUCCEEDED:
        return _succeed(tx, payment, intent, at=event.occurred_at, event_id=event.id, given_back=0)
    repository.set_status(tx, payment, told, at=event.occurred_at, failure_code=intent.failure_code, event_id=event.id)
    return _APPLIED


def _apply_refund(tx: Connection, payment: PaymentRow, event: Event, provider: Provider) -> Effect:
    found = provider.refunds(payment.provider_payment_id)
    effect = _IGNORED
    if payment.state not in SETTLED:
        intent = _read(provider, payment)
        if intent.status is not PaymentStatus.SUCCEEDED:
            return _IGNORED
        if payment.state is PaymentStatus.CANCELED:
            raise PaymentMismatchError(f"payment {payment.id} is canceled and {event.id} says it took money")
        at = intent.captured_at or event.occurred_at
        effect = _succeed(tx, payment, intent, at=at, event_id=event.id, given_back=_given_back(found))
        settled = repository.lock_payment(tx, payment.provider, payment.provider_payment_id)
        assert settled is not None
        payment = settled
    changed = settling.settle(tx, payment, found, event_id=event.id)
    return Effect(Outcome.APPLIED, effect.refund_id) if changed else effect


def _given_back(found: list[ProviderRefund]) -> int:
    return sum(refund.amount for refund in found if refund.status is not RefundStatus.FAILED)


def _succeed(
    tx: Connection, payment: PaymentRow, intent: Intent, *, at: datetime, event_id: str, given_back: int
) -> Effect:
    """The payment, its order, its stock and the books, together. What bought nothing is to be given back, but for what
    has been given back already.
    """
    if (intent.amount_captured, intent.currency) != (payment.amount, payment.currency):
        raise PaymentMismatchError(
            f"payment {payment.id} is of {payment.amount} {payment.currency},"
            f" and {intent.amount_captured} {intent.currency} were taken"
        )
    order_id, paid = orders.mark_paid(tx, payment.checkout_id, payment_intent_id=intent.id, paid_at=at)
    repository.set_succeeded(tx, payment, order_id=order_id, captured=intent.amount_captured, at=at, event_id=event_id)
    order = repository.order(tx, order_id)
    assert order is not None
    about = Occasion(provider=payment.provider, payment_id=payment.id, currency=payment.currency, occurred_at=at)
    postings = [bookkeeping.capture(about, intent.charge_id or intent.id, intent.amount_captured)]
    bought = paid is Paid.NOW or (paid is Paid.BEFORE and order.payment_intent_id == intent.id)
    if bought:
        amounts = {"total": order.total_amount, "tax": order.tax_amount, "shipping": order.shipping_amount}
        postings.append(bookkeeping.sale(about, order_id, **amounts))
    ledger.post(tx, postings)
    too_much = intent.amount_captured - given_back
    if bought:
        paying = replace(
            payment, status=PaymentStatus.SUCCEEDED, order_id=order_id, amount_captured=intent.amount_captured
        )
        return Effect(Outcome.APPLIED, fraud.refund_if_blocked(tx, paying, intent.charge_id or intent.id))
    if too_much <= 0:
        return _APPLIED
    logger().warning("a payment bought nothing and goes back", extra={"payment_id": str(payment.id)})
    return Effect(Outcome.APPLIED, requesting.of_money_that_bought_nothing(tx, payment, order_id, too_much).id)


def _read(provider: Provider, payment: PaymentRow) -> Intent:
    intent = provider.retrieve_intent(payment.provider_payment_id)
    if intent is None:
        raise ProviderUnavailableError(f"the intent {payment.provider_payment_id} cannot be read")
    return intent
