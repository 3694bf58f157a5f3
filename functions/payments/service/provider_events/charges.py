"""Events about charges: what the fraud rules say of one, what took the money, and the provider's fee."""

from __future__ import annotations

from dataclasses import replace

from functions.payments.domain import ledger_postings
from functions.payments.domain.ledger_postings import PostingContext
from functions.payments.errors import IntentNotRecordedError
from functions.payments.providers.events import ChargeAttempt, ProviderEvent
from functions.payments.providers.port import BalanceTransaction, Provider
from functions.payments.repository import ledger
from functions.payments.repository import payments as repository
from functions.payments.repository.payments import PaymentRow
from functions.payments.service import fraud
from functions.payments.service.provider_events import intents
from functions.payments.service.provider_events.effects import UNMATCHED, Effect, Outcome
from shared import settings
from shared.clients.database import Connection
from shared.contexts.payments import digital_orders


def balance_transaction_of(event: ProviderEvent, provider: Provider) -> BalanceTransaction | None:
    """The balance transaction of a charge of ours, once there is one. It never changes: no lock is held."""
    charge = event.charge
    if charge is None or charge.balance_transaction_id is None or charge.environment != settings.common().environment:
        return None
    return provider.balance_transaction(charge.balance_transaction_id)


def apply(
    tx: Connection,
    event: ProviderEvent,
    intent_id: str,
    balance_transaction: BalanceTransaction | None,
    provider: Provider,
) -> Effect:
    """What the fraud rules say of a charge, and the provider's fee, once its money has reached the balance."""
    assert event.charge is not None
    if event.charge.environment != settings.common().environment:
        return UNMATCHED
    payment = repository.lock_payment(tx, provider.name, intent_id)
    if payment is None:
        raise IntentNotRecordedError(f"the intent {intent_id} is not recorded yet")
    took_money = event.charge.took_money
    judged = fraud.judge_charge(tx, payment, event.charge)
    refund_id = fraud.refund_if_blocked(tx, payment, event.charge.id) if judged and took_money else None
    if judged and took_money and payment.order_id is not None and refund_id is None:
        digital_orders.complete(tx, payment.order_id)
    if judged and fraud.ends_payment(judged):
        intents.end(tx, payment, provider, event_id=event.id)
    named = took_money and _record_method(tx, payment, event.charge)
    posted = balance_transaction is not None and _post_settlement(tx, payment, event.charge, balance_transaction)
    return Effect(Outcome.APPLIED if judged or named or posted else Outcome.IGNORED, refund_id)


def _record_method(tx: Connection, payment: PaymentRow, charge: ChargeAttempt) -> bool:
    """Record what took the money, once (what was redacted of it since stays so); returns whether that was news."""
    if charge.method is None or payment.method is not None:
        return False
    repository.set_method(tx, payment.id, charge.method)
    return True


def _post_settlement(
    tx: Connection, payment: PaymentRow, charge: ChargeAttempt, balance_transaction: BalanceTransaction
) -> bool:
    """The provider's fee, and the exchange where it settles in another currency."""
    settled = PostingContext(
        provider=payment.provider,
        payment_id=payment.id,
        currency=balance_transaction.currency,
        occurred_at=balance_transaction.created_at,
    )
    postings = (
        [ledger_postings.fee(settled, balance_transaction.id, balance_transaction.fee)]
        if balance_transaction.fee
        else []
    )
    if balance_transaction.currency != charge.currency:
        charged = replace(settled, currency=charge.currency)
        postings.append(ledger_postings.conversion(charged, balance_transaction, charge.amount_captured))
    return bool(ledger.post(tx, postings))
