"""Requesting refunds at their provider, each once, whatever is interrupted or repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.payments import providers
from functions.payments.errors import ProviderRefusedError, ProviderUnavailableError
from functions.payments.providers.port import Provider, RefundStatus
from functions.payments.repository import payments
from functions.payments.repository import refunds as repository
from functions.payments.repository.refunds import RefundRow
from functions.payments.service.refunds import settlement
from shared import outbox
from shared.clients import database
from shared.clients.database import Connection
from shared.log import logger

BATCH: Final = 20


@dataclass(frozen=True, slots=True)
class ResolutionSummary:
    """What a run of the schedule did, and what is left for people to know."""

    tried: int
    overdue: int
    failed_lately: int


def submit(refund_id: UUID) -> None:
    """Have the provider that took the money refund it, as recorded; does nothing where it has accepted that already.

    Never raises for the provider: what it did is unknown where it does not answer, and the schedule finds out.
    """
    connection = database.connection()
    refund = repository.begin_attempt(connection, refund_id)
    if refund is None:
        return
    payment = payments.payment(connection, refund.payment_id)
    assert payment is not None
    try:
        _request(refund, payment.provider_payment_id, providers.of(payment.provider))
    except ProviderUnavailableError as error:
        if error.ended:
            # Stripe keeps its error for the key. The next attempt looks first whether there is a refund after all.
            repository.change_key(connection, refund_id)
        logger().warning("refund left to the schedule", extra={"refund_id": str(refund_id), "ended": error.ended})


def resolve_due(has_time: Callable[[], bool]) -> ResolutionSummary:
    """Take up refunds that nobody settled: those whose asking was interrupted, and those that the provider works on."""
    connection = database.connection()
    tried = 0
    for name in providers.names():  # one that does not answer does not hold up the others' batches
        while has_time() and (due := repository.claim_due(connection, name, BATCH)):
            tried += _resolve(connection, due, has_time)
    overdue, failed = repository.overdue_and_failed(connection)
    return ResolutionSummary(tried, overdue, failed)


def _resolve(connection: Connection, due: list[UUID], has_time: Callable[[], bool]) -> int:
    """How many of these refunds there was time for; the others are due again later."""
    tried = 0
    for refund_id in due:
        if not has_time():
            break
        refund = repository.find(connection, refund_id)
        if refund is not None and refund.provider_refund_id is not None:
            _refresh(refund)
        else:
            submit(refund_id)
        tried += 1
    return tried


def _request(refund: RefundRow, intent_id: str, provider: Provider) -> None:
    """Raises ProviderUnavailableError."""
    if refund.attempts > 1:
        # What became of an earlier attempt is seen by looking, never by asking again.
        known = provider.refunds(intent_id)
        if any(one.refund_id == refund.id for one in known):
            with outbox.unit_of_work() as tx:
                settlement.apply(tx, provider.name, intent_id, known)
            return
    try:
        answer = provider.refund(
            intent_id,
            refund_id=refund.id,
            amount=refund.amount,
            currency=refund.currency,
            idempotency_key=f"refund-{refund.id}-{refund.key_number}",
        )
    except ProviderRefusedError as error:
        _refused(refund, str(error.extra["provider_code"]))
        return
    with outbox.unit_of_work() as tx:
        settlement.apply_first_answer(tx, provider.name, answer)


def _refused(refund: RefundRow, code: str) -> None:
    logger().error("refund refused", extra={"refund_id": str(refund.id), "code": code})
    with outbox.unit_of_work() as tx:
        payments.lock_payment_by_id(tx, refund.payment_id)
        current = repository.find(tx, refund.id)
        if current is not None and current.provider_refund_id is None:
            repository.settle(tx, refund.id, RefundStatus.FAILED, provider_refund_id=None, failure_code=code)


def _refresh(refund: RefundRow) -> None:
    """Settle a refund that the provider works on, should its event have been lost."""
    try:
        with outbox.unit_of_work() as tx:
            payment = payments.lock_payment_by_id(tx, refund.payment_id)
            assert payment is not None
            refunds = providers.of(payment.provider).refunds(payment.provider_payment_id)
            settlement.apply(tx, payment.provider, payment.provider_payment_id, refunds)
    except ProviderUnavailableError:
        logger().warning("refund looked for in vain", extra={"refund_id": str(refund.id)})
