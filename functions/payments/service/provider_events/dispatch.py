"""The one way of every event: its transaction, its entry in the inbox, and the module that applies its topic."""

from __future__ import annotations

from functions.payments.errors import IntentNotRecordedError
from functions.payments.providers.events import ProviderEvent, Topic
from functions.payments.providers.port import BalanceTransaction, Intent, Provider
from functions.payments.repository import payments as repository
from functions.payments.repository import provider_events as inbox
from functions.payments.service.provider_events import charges, disputes, intents, refunds
from functions.payments.service.provider_events.effects import IGNORED, UNMATCHED, Effect, Outcome
from functions.payments.service.refunds import execution
from shared import outbox, settings
from shared.clients.database import Connection


def handle(event: ProviderEvent, provider: Provider) -> Outcome:
    """Apply the event, once. Safe to repeat after a crash at any point.

    Raises IntentNotRecordedError and PaymentMismatchError, and ProviderUnavailableError or ProviderRefusedError where
    the provider has to be asked; the event must then be delivered again. Money that bought nothing is recorded as a
    refund in the same transaction, and refunded at once; should that be interrupted, the schedule does it.
    """
    balance_transaction = charges.balance_transaction_of(event, provider)
    with outbox.unit_of_work() as tx:
        effect = _receive(tx, event, balance_transaction, provider)
    if effect.refund_id is not None:
        execution.submit(effect.refund_id)
    return effect.outcome


def _receive(
    tx: Connection, event: ProviderEvent, balance_transaction: BalanceTransaction | None, provider: Provider
) -> Effect:
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
        return IGNORED
    effect = _apply(tx, event, balance_transaction, provider)
    if effect.outcome is not first:
        inbox.set_event_outcome(tx, provider.name, event.id, effect.outcome)
    return effect


def _apply(
    tx: Connection, event: ProviderEvent, balance_transaction: BalanceTransaction | None, provider: Provider
) -> Effect:
    if event.intent_id is None:
        return UNMATCHED
    if event.topic is Topic.CHARGE:
        return charges.apply(tx, event, event.intent_id, balance_transaction, provider)
    payment = repository.lock_payment(tx, provider.name, event.intent_id)
    if payment is None:
        return _without_payment(event.intent or provider.retrieve_intent(event.intent_id))
    if event.topic is Topic.REFUND:
        return refunds.apply(tx, payment, event, provider)
    if event.topic is Topic.DISPUTE:
        return disputes.apply(tx, payment, event, provider)
    return intents.apply(tx, payment, event, provider)


def _without_payment(intent: Intent | None) -> Effect:
    """An intent that no payment of ours is about: somebody else's, or one of ours whose request is still under way."""
    if intent is None or intent.checkout_id is None or intent.environment != settings.common().environment:
        return UNMATCHED
    raise IntentNotRecordedError(f"the intent {intent.id} of checkout {intent.checkout_id} is not recorded yet")
