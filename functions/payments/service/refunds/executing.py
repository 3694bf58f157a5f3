"""Asking the provider to give money back, once per refund whatever is interrupted or repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.payments.errors import ProviderRefusedError, ProviderUnavailableError
from functions.payments.providers import Provider, RefundStatus
from functions.payments.repository import payments
from functions.payments.repository import refunds as repository
from functions.payments.repository.refunds import RefundRow
from functions.payments.service.refunds import settling
from shared import outbox
from shared.clients import database
from shared.log import logger

BATCH: Final = 20


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a run of the schedule did, and what is left for people to know."""

    tried: int
    overdue: int
    failed_lately: int


def submit(refund_id: UUID, provider: Provider) -> None:
    """Have the provider give the money of a recorded refund back; does nothing where it has taken it on already.

    Never raises for the provider: what it did is unknown where it does not answer, and the schedule finds out.
    """
    connection = database.connection()
    refund = repository.begin_attempt(connection, refund_id)
    if refund is None:
        return
    payment = payments.payment(connection, refund.payment_id)
    assert payment is not None
    try:
        _ask(refund, payment.provider_payment_id, provider)
    except ProviderUnavailableError as error:
        if error.ended:
            # Stripe keeps its error for the key. The next attempt looks first whether there is a refund after all.
            repository.change_key(connection, refund_id)
        logger().warning("refund left to the schedule", extra={"refund_id": str(refund_id), "ended": error.ended})


def resolve_due(provider: Provider, has_time: Callable[[], bool]) -> Resolved:
    """Take up refunds that nobody settled: those whose asking was interrupted, and those that the provider works on."""
    connection = database.connection()
    tried = 0
    while has_time() and (due := repository.claim_due(connection, BATCH)):
        for refund_id in due:
            if not has_time():
                break  # what is claimed is due again later
            refund = repository.find(connection, refund_id)
            if refund is not None and refund.provider_refund_id is not None:
                _look(refund, provider)
            else:
                submit(refund_id, provider)
            tried += 1
    overdue, failed = repository.overdue_and_failed(connection)
    return Resolved(tried, overdue, failed)


def _ask(refund: RefundRow, intent_id: str, provider: Provider) -> None:
    """Raises ProviderUnavailableError."""
    if refund.attempts > 1:
        # What became of an earlier attempt is seen by looking, never by asking again.
        known = provider.refunds(intent_id)
        if any(one.refund_id == refund.id for one in known):
            with outbox.unit_of_work() as tx:
                settling.apply(tx, provider.name, intent_id, known)
            return
    try:
        answer = provider.refund(
            intent_id,
            refund_id=refund.id,
            amount=refund.amount,
            idempotency_key=f"refund-{refund.id}-{refund.key_number}",
        )
    except ProviderRefusedError as error:
        _refused(refund, str(error.extra["provider_code"]))
        return
    with outbox.unit_of_work() as tx:
        settling.apply_first_answer(tx, provider.name, answer)


def _refused(refund: RefundRow, code: str) -> None:
    logger().error("refund refused", extra={"refund_id": str(refund.id), "code": code})
    with outbox.unit_of_work() as tx:
        payments.lock_payment_by_id(tx, refund.payment_id)
        current = repository.find(tx, refund.id)
        if current is not None and current.provider_refund_id is None:
            repository.settle(tx, refund.id, RefundStatus.FAILED, provider_refund_id=None, failure_code=code)


def _look(refund: RefundRow, provider: Provider) -> None:
    """Settle a refund that the provider works on, should its event have been lost."""
    try:
        with outbox.unit_of_work() as tx:
            payment = payments.lock_payment_by_id(tx, refund.payment_id)
            assert payment is not None
            found = provider.refunds(payment.provider_payment_id)
            settling.apply(tx, provider.name, payment.provider_payment_id, found)
    except ProviderUnavailableError:
        logger().warning("refund looked for in vain", extra={"refund_id": str(refund.id)})
