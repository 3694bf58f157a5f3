"""Opening the payment of a checkout: one live intent per checkout, however often and from wherever it is asked for.

The provider is called first, outside any transaction (it may take seconds), with an idempotency key made of the
checkout; then the intent is recorded. A crash in between leaves nothing behind that the next call would not find.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from functions.payments import providers
from functions.payments.domain.payer import Payer
from functions.payments.domain.payment_status import ENDED, SETTLED
from functions.payments.errors import (
    AlreadyPaidError,
    CheckoutExpiredError,
    CheckoutNotFoundError,
    IntentChangedError,
    NothingToPayError,
    ProviderRefusedError,
    ProviderUnavailableError,
    TooManyDeclinesError,
)
from functions.payments.providers.port import Intent, PaymentStatus, Provider
from functions.payments.repository import checkouts
from functions.payments.repository import payments as repository
from functions.payments.repository.checkouts import CheckoutRow
from functions.payments.repository.payments import PaymentRow
from functions.payments.service import fraud
from shared.clients.database import Connection
from shared.contexts.ordering import reservations
from shared.log import logger


@dataclass(frozen=True, slots=True)
class OpenIntent:
    """The checkout's intent at its provider, and the one it replaces where that was canceled there."""

    checkout: CheckoutRow
    provider: Provider
    intent: Intent
    replaces: PaymentRow | None


@dataclass(frozen=True, slots=True)
class RecordedIntent:
    """The payment of an intent, and until when the checkout holds its stock for it."""

    payment: PaymentRow
    payable_until: datetime


def open_intent(connection: Connection, checkout_id: UUID, payer: Payer, provider: Provider) -> OpenIntent:
    """Find the intent of a checkout, at whichever provider it is, or make one at `provider`. `connection` is in
    autocommit.

    Raises CheckoutNotFoundError, CheckoutExpiredError, TooManyDeclinesError, AlreadyPaidError, NothingToPayError,
    PaymentBlockedError, ProviderUnavailableError and ProviderRefusedError.
    """
    checkout = checkouts.checkout(connection, checkout_id, provider.name, payer.ip_address)
    if checkout is None or not payer.owns(user_id=checkout.user_id, cart_id=checkout.cart_id):
        raise CheckoutNotFoundError
    live = repository.live_payment(connection, checkout_id)
    _check_payable(checkout, live)
    attempt = checkout.canceled_payments
    if live is not None:
        its_provider = providers.of(live.provider)
        intent = _retrieve(its_provider, live.provider_payment_id)
        if intent.status in SETTLED:
            raise AlreadyPaidError  # its event is still on the way
        if intent.status is not PaymentStatus.CANCELED:
            return OpenIntent(checkout, its_provider, intent, replaces=None)
        attempt += 1
    else:
        fraud.check_intent(connection, checkout, provider.name, payer.ip_address)
    _cancel_superseded(connection, checkout)
    intent = provider.create_intent(
        checkout_id=checkout.id,
        amount=checkout.total_amount,
        currency=checkout.currency,
        customer_id=checkout.customer_id,
        # A key stands for one content. An intent that an earlier, interrupted request made without the customer is
        # left alone: nobody got its secret.
        idempotency_key=f"checkout-{checkout.id}-{attempt}" + ("-customer" if checkout.customer_id else ""),
    )
    return OpenIntent(checkout, provider, intent, replaces=live)


def record(tx: Connection, opened: OpenIntent) -> RecordedIntent:
    """Write down what `open_intent` found, and extend the reservation of the checkout, the first time.

    Raises IntentChangedError where somebody else replaced the intent meanwhile, and CheckoutExpiredError where the
    reservation ended meanwhile.
    """
    if opened.replaces is not None:
        replaced = repository.lock_payment(tx, opened.replaces.provider, opened.replaces.provider_payment_id)
        if replaced is not None and replaced.state not in ENDED:
            repository.set_status(tx, replaced, PaymentStatus.CANCELED, at=None, failure_code=None, event_id=None)
    repository.insert_payment(
        tx,
        opened.checkout,
        provider=opened.provider.name,
        provider_payment_id=opened.intent.id,
        status=PaymentStatus.REQUIRES_PAYMENT,
    )
    live = repository.live_payment(tx, opened.checkout.id)
    if live is None or (live.provider, live.provider_payment_id) != (opened.provider.name, opened.intent.id):
        raise IntentChangedError(headers={"Retry-After": "1"})
    payable_until = reservations.open_payment(tx, opened.checkout.id)
    if payable_until is None:
        raise CheckoutExpiredError
    return RecordedIntent(live, payable_until)


def client_secret(connection: Connection, payment_id: UUID) -> str:
    """What the payer confirms with, read from the payment's provider because we do not store it."""
    payment = repository.payment(connection, payment_id)
    if payment is None:
        raise IntentChangedError(headers={"Retry-After": "1"})
    return secret_of(_retrieve(providers.of(payment.provider), payment.provider_payment_id))


def secret_of(intent: Intent) -> str:
    """The client secret. Raises ProviderUnavailableError where the provider did not tell it."""
    if intent.client_secret is None:
        raise ProviderUnavailableError
    return intent.client_secret


def _check_payable(checkout: CheckoutRow, live: PaymentRow | None) -> None:
    if checkout.status == "paid" or (live is not None and live.state in SETTLED):
        raise AlreadyPaidError
    if checkout.ended_by_declines:
        raise TooManyDeclinesError
    if checkout.status not in ("open", "ordered") or checkout.lapsed:
        raise CheckoutExpiredError
    if checkout.total_amount == 0:
        raise NothingToPayError


def _cancel_superseded(connection: Connection, checkout: CheckoutRow) -> None:
    """Keep a forgotten browser tab from paying for an earlier checkout of the same cart as well.

    Best effort: a payment that is too late for this is settled by its event, which sells what is left or gives the
    money back. A provider that does not answer is not waited for twice: the intent that is wanted needs the time.
    """
    for payment in repository.superseded_payments(connection, checkout):
        try:
            providers.of(payment.provider).cancel_intent(
                payment.provider_payment_id, idempotency_key=f"supersede-{payment.provider_payment_id}"
            )
        except ProviderRefusedError:
            logger().warning("a superseded payment was not canceled", extra={"payment_id": str(payment.id)})
        except ProviderUnavailableError:
            logger().warning("superseded payments were not canceled", extra={"payment_id": str(payment.id)})
            return


def _retrieve(provider: Provider, intent_id: str) -> Intent:
    intent = provider.retrieve_intent(intent_id)
    if intent is None:
        raise ProviderUnavailableError
    return intent
