"""Disputes: what the provider tells of them, and the evidence that we give."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from functions.payments import providers
from functions.payments.domain import ledger_postings
from functions.payments.domain.ledger_postings import PostingContext
from functions.payments.errors import DisputeClosedError, DisputeNotFoundError
from functions.payments.providers.port import ProviderDispute
from functions.payments.repository import disputes as repository
from functions.payments.repository import ledger
from functions.payments.repository import payments as payments_repository
from functions.payments.repository.disputes import DisputeRow
from functions.payments.repository.payments import PaymentRow
from shared import audit, outbox
from shared.audit import Subject
from shared.clients import database
from shared.clients.database import Connection
from shared.contexts.payments import digital_orders
from shared.contexts.payments.events import DisputeOpened
from shared.log import logger

NOTICE_BEFORE: Final = timedelta(days=3)
"""How long before the bank's deadline the operator is told that nothing was submitted yet."""
_NEEDS_RESPONSE: Final = frozenset(("needs_response", "warning_needs_response"))
_CLOSED: Final = frozenset(("won", "lost", "warning_closed", "prevented"))
_OVER: Final = _CLOSED - {"lost"}
_BATCH: Final = 100


def settle(tx: Connection, payment: PaymentRow, current: ProviderDispute) -> bool:
    """Write down a dispute of a payment, which is locked, as it was read now; returns whether that was news."""
    changed = repository.upsert(
        tx,
        current,
        provider=payment.provider,
        payment_id=payment.id,
        order_id=payment.order_id,
        closed=current.status in _CLOSED,
    )
    if changed is not None and changed.is_new:
        outbox.record(
            tx,
            DisputeOpened(
                dispute_id=changed.id,
                payment_id=payment.id,
                order_id=payment.order_id,
                amount=changed.amount,
                currency=changed.currency,
                reason=changed.reason,
                evidence_due_at=changed.evidence_due_at,
            ),
        )
    postings = [
        ledger_postings.dispute(
            PostingContext(
                provider=payment.provider,
                payment_id=payment.id,
                currency=current.currency,
                occurred_at=moved.created_at,
            ),
            moved,
            current.amount,
        )
        for moved in current.balance_transactions
    ]
    if changed is not None and changed.order_id is not None and current.status in _OVER:
        digital_orders.complete(tx, changed.order_id)
    return bool(ledger.post(tx, postings)) or changed is not None


def page(
    connection: Connection, *, status: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[DisputeRow], bool]:
    """A page of disputes, the latest first, and whether more follow."""
    rows = repository.page(connection, status=status, after=after, limit=limit + 1)
    return rows[:limit], len(rows) > limit


def dispute(connection: Connection, dispute_id: UUID) -> DisputeRow:
    """Raises DisputeNotFoundError."""
    row = repository.find(connection, dispute_id)
    if row is None:
        raise DisputeNotFoundError
    return row


def submit_evidence(dispute_id: UUID, evidence: dict[str, str | None], *, submit: bool, admin_id: UUID) -> DisputeRow:
    """Keep evidence at the provider and here, and take back what is None; with `submit` all of it goes to the bank,
    once and for all.

    Raises DisputeNotFoundError, DisputeClosedError, and what the provider's calls raise: nothing is kept then, and the
    call can be repeated.
    """
    known = dispute(database.connection(), dispute_id)
    _check_open(known)
    answer = providers.of(known.provider).submit_evidence(
        known.provider_dispute_id, evidence, submit=submit, idempotency_key=_key(known, evidence, submit=submit)
    )
    with outbox.unit_of_work() as tx:
        payment = payments_repository.lock_payment_by_id(tx, known.payment_id)
        assert payment is not None
        repository.record_evidence(tx, dispute_id, evidence, submitted=submit, admin_id=admin_id)
        if dispute(tx, dispute_id).status == known.status:  # otherwise an event has told something newer
            settle(tx, payment, answer)
        # The kinds of evidence, not what they say: names and addresses of cardholders are among them.
        evidence_summary = audit.created({"evidence": sorted(evidence), "submitted": submit})
        audit.record(tx, "dispute.evidence_given", Subject("dispute", dispute_id), changes=evidence_summary)
        return dispute(tx, dispute_id)


def notice_due(connection: Connection) -> int:
    """Tell the operator of disputes whose evidence is due soon, each once; returns how many."""
    due = repository.notice_due(connection, datetime.now(UTC) + NOTICE_BEFORE, _BATCH)
    for one in due:
        logger().error("evidence is due", extra={"dispute_id": str(one.id), "due_at": one.evidence_due_at.isoformat()})
    return len(due)


def _check_open(known: DisputeRow) -> None:
    if known.status not in _NEEDS_RESPONSE:
        raise DisputeClosedError(f"The dispute is {known.status}", dispute_status=known.status)
    if known.evidence_due_at is not None and known.evidence_due_at <= datetime.now(UTC):
        raise DisputeClosedError("The bank's deadline is over", dispute_status=known.status)


def _key(known: DisputeRow, evidence: dict[str, str | None], *, submit: bool) -> str:
    """The same until something was kept, so that a repeat after a crash is one."""
    content = json.dumps([submit, sorted(evidence.items()), sorted(known.evidence.items())]).encode()
    return f"evidence-{known.id}-{hashlib.sha256(content).hexdigest()[:32]}"
