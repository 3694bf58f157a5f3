"""SQL of disputes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from functions.payments.providers.port import ProviderDispute
from shared.clients.database import Connection

_COLUMNS: Final = (
    "d.id, d.payment_id, d.order_id, d.provider, d.provider_dispute_id, d.amount, d.currency, d.reason, d.status,"
    " d.evidence_due_at, d.evidence, d.evidence_submitted_at, d.evidence_by, d.opened_at, d.closed_at"
)
_SELECT: Final = f"SELECT {_COLUMNS} FROM disputes d WHERE "

_UPSERT: Final = f"""
INSERT INTO disputes AS d (payment_id, order_id, provider, provider_dispute_id, amount, currency, reason, status,
    evidence_due_at, opened_at, closed_at)
VALUES (%(payment_id)s, %(order_id)s, %(provider)s, %(dispute_id)s, %(amount)s, %(currency)s, %(reason)s, %(status)s,
    %(due)s, %(opened)s, CASE WHEN %(closed)s THEN now() END)
ON CONFLICT (provider, provider_dispute_id) DO UPDATE
SET amount = excluded.amount, status = excluded.status, reason = excluded.reason,
    evidence_due_at = excluded.evidence_due_at, closed_at = coalesce(d.closed_at, excluded.closed_at)
WHERE (d.amount, d.status, d.reason, d.evidence_due_at)
    IS DISTINCT FROM (excluded.amount, excluded.status, excluded.reason, excluded.evidence_due_at)
RETURNING {_COLUMNS}, old.id IS NULL AS is_new
"""

_NOTICE: Final = """
UPDATE disputes SET noticed_at = now() WHERE id = ANY(ARRAY(
    SELECT id FROM disputes WHERE status IN ('needs_response', 'warning_needs_response') AND noticed_at IS NULL
      AND evidence_due_at <= %s ORDER BY evidence_due_at LIMIT %s FOR UPDATE SKIP LOCKED
))
RETURNING id, evidence_due_at
"""


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute as the provider told it, and the evidence that we gave."""

    id: UUID
    payment_id: UUID
    order_id: UUID | None
    provider: str
    provider_dispute_id: str
    amount: int
    currency: str
    reason: str
    status: str
    evidence_due_at: datetime | None
    evidence: dict[str, str]
    evidence_submitted_at: datetime | None
    evidence_by: UUID | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangedDisputeRow(DisputeRow):
    """A dispute after the provider reported something new about it."""

    is_new: bool


@dataclass(frozen=True, slots=True)
class DueRow:
    id: UUID
    evidence_due_at: datetime


def holds_money(connection: Connection, payment_id: UUID) -> bool:
    """Whether a bank has taken the payment's money back, or may: a refund would give it away twice."""
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM disputes WHERE payment_id = %s"
        " AND status IN ('needs_response', 'under_review', 'lost')) AS held",
        (payment_id,),
    ).fetchone()
    return row is not None and bool(row["held"])


def upsert(
    connection: Connection,
    dispute: ProviderDispute,
    *,
    provider: str,
    payment_id: UUID,
    order_id: UUID | None,
    closed: bool,
) -> ChangedDisputeRow | None:
    """Write down what the provider says of a dispute; None where it says nothing new."""
    with connection.cursor(row_factory=class_row(ChangedDisputeRow)) as cursor:
        return cursor.execute(
            _UPSERT,
            {
                "payment_id": payment_id,
                "order_id": order_id,
                "provider": provider,
                "dispute_id": dispute.id,
                "amount": dispute.amount,
                "currency": dispute.currency,
                "reason": dispute.reason,
                "status": dispute.status,
                "due": dispute.evidence_due_at,
                "opened": dispute.created_at,
                "closed": closed,
            },
        ).fetchone()


def find(connection: Connection, dispute_id: UUID) -> DisputeRow | None:
    rows = _many(connection, "d.id = %s", (dispute_id,))
    return rows[0] if rows else None


def page(
    connection: Connection, *, status: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[DisputeRow]:
    """Disputes, the latest first, after the one with these sort values."""
    conditions: list[tuple[LiteralString, Sequence[Any]]] = []
    if status is not None:
        conditions.append(("d.status = %s", (status,)))
    if after is not None:
        conditions.append(("(d.opened_at, d.id) < (%s, %s)", after))
    where: LiteralString = " AND ".join(["true", *(condition for condition, _ in conditions)])
    parameters = [value for _, values in conditions for value in values]
    return _many(connection, where + " ORDER BY d.opened_at DESC, d.id DESC LIMIT %s", (*parameters, limit))


def record_evidence(
    connection: Connection, dispute_id: UUID, evidence: dict[str, str | None], *, submitted: bool, admin_id: UUID
) -> None:
    """Beside what was given before; None takes a text back."""
    connection.execute(
        "UPDATE disputes SET evidence = jsonb_strip_nulls(evidence || %s), evidence_by = %s,"
        " evidence_submitted_at = CASE WHEN %s THEN now() ELSE evidence_submitted_at END WHERE id = %s",
        (Jsonb(evidence), admin_id, submitted, dispute_id),
    )


def notice_due(connection: Connection, before: datetime, limit: int) -> list[DueRow]:
    """Disputes whose evidence is due before then, each told once."""
    with connection.cursor(row_factory=class_row(DueRow)) as cursor:
        return cursor.execute(_NOTICE, (before, limit)).fetchall()


def _many(connection: Connection, condition: LiteralString, parameters: Sequence[Any]) -> list[DisputeRow]:
    with connection.cursor(row_factory=class_row(DisputeRow)) as cursor:
        return cursor.execute(_SELECT + condition, parameters).fetchall()
