"""Events about refunds: all refunds of the payment are read again, under its lock."""

from __future__ import annotations

from functions.payments.domain.payment_status import SETTLED
from functions.payments.errors import PaymentMismatchError
from functions.payments.providers.events import ProviderEvent
from functions.payments.providers.port import PaymentStatus, Provider, ProviderRefund, RefundStatus
from functions.payments.repository import payments as repository
from functions.payments.repository.payments import PaymentRow
from functions.payments.service.provider_events import intents
from functions.payments.service.provider_events.effects import IGNORED, Effect, Outcome
from functions.payments.service.refunds import settlement
from shared.clients.database import Connection


def apply(tx: Connection, payment: PaymentRow, event: ProviderEvent, provider: Provider) -> Effect:
    """Bring our refunds of a payment, which is locked, to where the provider's are; its capture first, where that is
    news.
    """
    refunds = provider.refunds(payment.provider_payment_id)
    effect = IGNORED
    if payment.state not in SETTLED:
        intent = intents.read(provider, payment)
        if intent.status is not PaymentStatus.SUCCEEDED:
            return IGNORED
        if payment.state is PaymentStatus.CANCELED:
            raise PaymentMismatchError(f"payment {payment.id} is canceled and {event.id} says it took money")
        at = intent.captured_at or event.occurred_at
        effect = intents.succeed(tx, payment, intent, at=at, event_id=event.id, refunded=_refunded(refunds))
        settled = repository.lock_payment(tx, payment.provider, payment.provider_payment_id)
        assert settled is not None
        payment = settled
    changed = settlement.settle(tx, payment, refunds, event_id=event.id)
    return Effect(Outcome.APPLIED, effect.refund_id) if changed else effect


def _refunded(refunds: list[ProviderRefund]) -> int:
    return sum(refund.amount for refund in refunds if refund.status is not RefundStatus.FAILED)
