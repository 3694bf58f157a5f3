"""Disputes: what the provider tells of them, and the evidence that we give."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.payments import bookkeeping
from functions.payments.bookkeeping import Occasion
from functions.payments.errors import DisputeClosedError, DisputeNotFoundError
from functions.payments.providers import Provider, ProviderDispute
from functions.payments.repository import disputes as repository
from functions.payments.repository import ledger
from functions.payments.repository import payments as payments_repository
from functions.payments.repository.disputes import DisputeRow
from functions.payments.repository.payments import PaymentRow
from shared import outbox
from shared.clients import database
from shared.clients.database import Connection
from shared.events import DisputeOpened
from shared.log import logger

NOTICE_BEFORE: Final = timedelta(days=3)
"""How long before the bank's deadline the operator is told that nothing was submitted yet."""
_NEEDS_RESPONSE: Final = frozenset(("needs_response", "warning_needs_response"))
_CLOSED: Final = frozenset(("won", "lost", "warning_closed", "prevented"))
_BATCH: Final = 100


def settle(tx: Connection, payment: PaymentRow, found: ProviderDispute) -> bool:
    """Write down a dispute of a payment, which is locked, as it was read now; returns whether that was news."""
    told = repository.tell(
        tx,
        found,
        provider=payment.provider,
        payment_id=payment.id,
        order_id=payment.order_id,
        closed=found.status in _CLOSED,
    )
    if told is not None and told.is_new:
        outbox.record(
            tx,
            DisputeOpened(
                dispute_id=told.id,
                payment_id=payment.id,
                order_id=payment.order_id,
                amount=told.amount,
                currency=told.currency,
                reason=told.reason,
                evidence_due_at=told.evidence_due_at,
            ),
        )
    postings = [
        bookkeeping.dispute(
            Occasion(
                provider=payment.provider,
                payment_id=payment.id,
                currency=moved.currency,
                occurred_at=moved.created_at,
            ),
            moved,
        )
        for moved in found.movements
    ]
    return bool(ledger.post(tx, postings)) or told is not None


def give_evidence(
    dispute_id: UUID, evidence: dict[str, str], *, submit: bool, admin_id: UUID, provider: Provider
) -> DisputeRow:
    """Keep evidence at the provider and here; with `submit` it goes to the bank, once and for all.

    Raises DisputeNotFoundError, DisputeClosedError, and what the provider's calls raise: nothing is kept then, and the
    call can be repeated.
    """
    dispute = repository.find(database.connection(), dispute_id)
    if dispute is None:
        raise DisputeNotFoundError
    _check_open(dispute)
    answer = provider.submit_evidence(
        dispute.provider_dispute_id, evidence, submit=submit, idempotency_key=_key(dispute, evidence, submit=submit)
    )
    with outbox.unit_of_work() as tx:
        payment = payments_repository.lock_payment_by_id(tx, dispute.payment_id)
        assert payment is not None
        repository.keep_evidence(tx, dispute_id, evidence, submitted=submit, admin_id=admin_id)
        settle(tx, payment, answer)
        changed = repository.find(tx, dispute_id)
    assert changed is not None
    return changed


def notice_due(connection: Connection) -> int:
    """Tell the operator of disputes whose evidence is due soon, each once; returns how many."""
    due = repository.notice_due(connection, datetime.now(UTC) + NOTICE_BEFORE, _BATCH)
    for dispute in due:
        logger().error(
            "evidence is due", extra={"dispute_id": str(dispute.id), "due_at": dispute.evidence_due_at.isoformat()}
        )
    return len(due)


def _check_open(dispute: DisputeRow) -> None:
    if dispute.status not in _NEEDS_RESPONSE:
        raise DisputeClosedError(f"The dispute is {dispute.status}", dispute_status=dispute.status)
    if dispute.evidence_due_at is not None and dispute.evidence_due_at <= datetime.now(UTC):
        raise DisputeClosedError("The bank's deadline is over", dispute_status=dispute.status)


def _key(dispute: DisputeRow, evidence: dict[str, str], *, submit: bool) -> str:
    """The same until something was kept, so that a repeat after a crash is one."""
    content = json.dumps([submit, sorted(evidence.items()), sorted(dispute.evidence.items())]).encode()
    return f"evidence-{dispute.id}-{hashlib.sha256(content).hexdigest()[:32]}"
