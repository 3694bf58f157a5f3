"""SQL of refunds. Whoever writes one holds the lock on its payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from functions.payments.providers.port import ProviderRefund, RefundStatus
from shared.clients.database import Connection
from shared.contexts.ordering.order_refunds import RefundedUnits

_COLUMNS: Final = (
    "r.id, r.payment_id, r.order_id, r.provider, r.amount, r.tax_amount, r.currency, r.status,"
    " r.provider_refund_id, r.reason, r.note, r.actor, r.failure_code, r.succeeded_at, r.restock, r.attempts,"
    " r.key_number, r.created_at, r.updated_at"
)
_SELECT: Final = f"SELECT {_COLUMNS} FROM refunds r WHERE "

_WITH_LINES: Final = f"""
SELECT {_COLUMNS},
    (SELECT coalesce(json_agg(json_build_object(
        'order_item_id', l.order_item_id, 'quantity', l.quantity, 'amount', l.amount,
        'restock_quantity', l.restock_quantity) ORDER BY l.order_item_id), '[]')
     FROM refund_lines l WHERE l.refund_id = r.id) AS lines
FROM refunds r WHERE
"""

_INSERT: Final = f"""
INSERT INTO refunds AS r (payment_id, order_id, provider, request_id, amount, tax_amount, currency, reason, note, actor,
    restock, next_attempt_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, now() + interval '1 minute')
ON CONFLICT (request_id) DO NOTHING RETURNING {_COLUMNS}
"""

_ADOPT: Final = f"""
INSERT INTO refunds AS r (payment_id, order_id, provider, amount, tax_amount, currency, reason, actor,
    provider_refund_id, next_attempt_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, now() + interval '1 hour') RETURNING {_COLUMNS}
"""

_BEGIN_ATTEMPT: Final = f"""
UPDATE refunds r SET attempts = attempts + 1
WHERE id = %s AND status = 'pending' AND provider_refund_id IS NULL RETURNING {_COLUMNS}
"""

_LINES: Final = """
SELECT i.id, i.quantity, i.total_amount, i.tax_amount, coalesce(done.quantity, 0)::int AS refunded_quantity,
    coalesce(done.amount, 0)::bigint AS refunded_amount, coalesce(done.tax, 0)::bigint AS refunded_tax
FROM ordering_order_lines i LEFT JOIN LATERAL (
    SELECT sum(l.quantity) AS quantity, sum(l.amount) AS amount, sum(l.tax_amount) AS tax
    FROM refund_lines l JOIN refunds r ON r.id = l.refund_id WHERE l.order_item_id = i.id AND r.status <> 'failed'
) done ON true
WHERE i.order_id = %s AND i.id = ANY(%s)
"""

# The wait doubles from one minute to about four hours.
_CLAIM: Final = """
UPDATE refunds r SET attempts = attempts + 1,
    next_attempt_at = now() + make_interval(mins => (2 ^ least(attempts, 8))::int)
WHERE r.id = ANY(ARRAY(
    SELECT id FROM refunds WHERE provider = %s AND status = 'pending' AND next_attempt_at <= now()
    ORDER BY next_attempt_at LIMIT %s FOR UPDATE SKIP LOCKED
))
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class RefundRow:
    """A refund; amounts in minor units."""

    id: UUID
    payment_id: UUID
    order_id: UUID | None
    provider: str
    amount: int
    tax_amount: int
    currency: str
    status: str
    provider_refund_id: str | None
    reason: str
    note: str | None
    actor: str
    failure_code: str | None
    succeeded_at: datetime | None
    restock: bool
    attempts: int
    key_number: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class RefundDetail(RefundRow):
    """A refund with the order's lines that it pays back."""

    lines: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFilters:
    """Conditions of a list of refunds; None is no condition."""

    payment_id: UUID | None = None
    user_id: UUID | None = None
    """Whose payments they are of."""
    status: str | None = None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an order, and how much of it is refunded or about to be."""

    id: UUID
    quantity: int
    total_amount: int
    tax_amount: int
    refunded_quantity: int
    refunded_amount: int
    refunded_tax: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    order_item_id: UUID
    quantity: int
    amount: int
    tax_amount: int
    unshipped_quantity: int = 0
    """Of the units, those that were not handed over, and are not any more."""
    restock_quantity: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRefund:
    """What is to be refunded, and why."""

    payment_id: UUID
    order_id: UUID | None
    provider: str
    amount: int
    tax_amount: int
    currency: str
    reason: str
    actor: str
    note: str | None = None
    request_id: UUID | None = None
    restock: bool = True
    """Whether what remains goes back to stock, where all that was paid has gone back with this."""
    lines: tuple[NewLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CommittedRefunds:
    """What of a payment is refunded or about to be; refunds that failed do not count."""

    amount: int
    tax_amount: int
    taken_by_provider: int
    """The part that the provider is known to have taken on."""


def committed(connection: Connection, payment_id: UUID) -> CommittedRefunds:
    with connection.cursor(row_factory=class_row(CommittedRefunds)) as cursor:
        row = cursor.execute(
            "SELECT coalesce(sum(amount), 0)::bigint AS amount, coalesce(sum(tax_amount), 0)::bigint AS tax_amount,"
            " coalesce(sum(amount) FILTER (WHERE provider_refund_id IS NOT NULL), 0)::bigint AS taken_by_provider"
            " FROM refunds WHERE payment_id = %s AND status <> 'failed'",
            (payment_id,),
        ).fetchone()
    assert row is not None
    return row


def lines(connection: Connection, order_id: UUID, items: Sequence[UUID]) -> dict[UUID, LineRow]:
    """These lines of the order by id; those that it does not have are left out."""
    with connection.cursor(row_factory=class_row(LineRow)) as cursor:
        return {row.id: row for row in cursor.execute(_LINES, (order_id, list(items)))}


def insert(connection: Connection, new: NewRefund) -> RefundRow | None:
    """Record a refund that the provider is about to be asked for; None where its request was recorded before."""
    with connection.cursor(row_factory=class_row(RefundRow)) as cursor:
        row = cursor.execute(
            _INSERT,
            (
                new.payment_id, new.order_id, new.provider, new.request_id, new.amount, new.tax_amount, new.currency,
                new.reason, new.note, new.actor, new.restock,
            ),
        ).fetchone()  # fmt: skip
    if row is not None and new.lines:
        connection.execute(
            "INSERT INTO refund_lines (refund_id, order_item_id, quantity, amount, tax_amount, unshipped_quantity,"
            " restock_quantity)"
            " SELECT %s, * FROM unnest(%s::uuid[], %s::int[], %s::bigint[], %s::bigint[], %s::int[], %s::int[])",
            (
                row.id,
                [line.order_item_id for line in new.lines],
                [line.quantity for line in new.lines],
                [line.amount for line in new.lines],
                [line.tax_amount for line in new.lines],
                [line.unshipped_quantity for line in new.lines],
                [line.restock_quantity for line in new.lines],
            ),
        )
    return row


def adopt(connection: Connection, new: NewRefund, refund: ProviderRefund) -> RefundRow:
    """Record a refund that somebody made at the provider."""
    with connection.cursor(row_factory=class_row(RefundRow)) as cursor:
        row = cursor.execute(
            _ADOPT,
            (
                new.payment_id, new.order_id, new.provider, new.amount, new.tax_amount, new.currency, new.reason,
                new.actor, refund.id,
            ),
        ).fetchone()  # fmt: skip
    assert row is not None
    return row


def restocks(connection: Connection, refund_ids: Sequence[UUID]) -> list[RefundedUnits]:
    """The units of these refunds, and how many of them go back to stock."""
    with connection.cursor(row_factory=class_row(RefundedUnits)) as cursor:
        return cursor.execute(
            "SELECT order_item_id, quantity, amount, restock_quantity FROM refund_lines WHERE refund_id = ANY(%s)"
            " ORDER BY refund_id, order_item_id",
            (list(refund_ids),),
        ).fetchall()


def of_payment(connection: Connection, payment_id: UUID) -> list[RefundRow]:
    """All refunds of a payment, oldest first."""
    return _many(connection, "r.payment_id = %s ORDER BY r.id", (payment_id,))


def find(connection: Connection, refund_id: UUID) -> RefundRow | None:
    rows = _many(connection, "r.id = %s", (refund_id,))
    return rows[0] if rows else None


def detail(connection: Connection, refund_id: UUID) -> RefundDetail | None:
    rows = _details(connection, "r.id = %s", (refund_id,))
    return rows[0] if rows else None


def page(connection: Connection, filters: RefundFilters, *, after: UUID | None, limit: int) -> list[RefundDetail]:
    """Refunds, newest first, after the one with this id."""
    conditions: list[tuple[LiteralString, Any]] = [
        ("r.payment_id = %s", filters.payment_id),
        ("r.payment_id IN (SELECT p.id FROM payments p WHERE p.user_id = %s)", filters.user_id),
        ("r.status = %s", filters.status),
        ("r.id < %s", after),
    ]
    present = [(condition, value) for condition, value in conditions if value is not None]
    where: LiteralString = " AND ".join(["true", *(condition for condition, _ in present)])
    return _details(connection, where + " ORDER BY r.id DESC LIMIT %s", (*(value for _, value in present), limit))


def begin_attempt(connection: Connection, refund_id: UUID) -> RefundRow | None:
    """Count an attempt to ask the provider; None where that is not to be done any more."""
    with connection.cursor(row_factory=class_row(RefundRow)) as cursor:
        return cursor.execute(_BEGIN_ATTEMPT, (refund_id,)).fetchone()


def claim_due(connection: Connection, provider: str, limit: int) -> list[UUID]:
    """A provider's pending refunds that nobody settled in time; each is due again later."""
    return [row["id"] for row in connection.execute(_CLAIM, (provider, limit))]


def change_key(connection: Connection, refund_id: UUID) -> None:
    """Ask with another idempotency key next time: the provider keeps its error for this one."""
    connection.execute("UPDATE refunds SET key_number = key_number + 1 WHERE id = %s", (refund_id,))


def settle(
    connection: Connection,
    refund_id: UUID,
    status: RefundStatus,
    *,
    provider_refund_id: str | None,
    failure_code: str | None,
) -> None:
    connection.execute(
        "UPDATE refunds SET status = %(status)s::text, failure_code = %(failure)s,"
        " provider_refund_id = coalesce(provider_refund_id, %(provider_id)s),"
        " succeeded_at = CASE WHEN %(status)s::text = 'succeeded' THEN coalesce(succeeded_at, now())"
        " ELSE succeeded_at END WHERE id = %(id)s",
        {"status": status.value, "failure": failure_code, "provider_id": provider_refund_id, "id": refund_id},
    )


def overdue_and_failed(connection: Connection) -> tuple[int, int]:
    """How many refunds wait for more than an hour, and how many failed within the last one."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM refunds WHERE status = 'pending' AND provider_refund_id IS NULL"
        " AND created_at < now() - interval '1 hour') AS overdue,"
        " (SELECT count(*) FROM refunds WHERE status = 'failed' AND updated_at > now() - interval '1 hour'"
        " AND failure_code IS DISTINCT FROM 'charge_already_refunded') AS failed"
    ).fetchone()
    assert row is not None
    return row["overdue"], row["failed"]


def _many(connection: Connection, condition: LiteralString, parameters: Sequence[Any]) -> list[RefundRow]:
    with connection.cursor(row_factory=class_row(RefundRow)) as cursor:
        return cursor.execute(_SELECT + condition, parameters).fetchall()


def _details(connection: Connection, condition: LiteralString, parameters: Sequence[Any]) -> list[RefundDetail]:
    with connection.cursor(row_factory=class_row(RefundDetail)) as cursor:
        return cursor.execute(_WITH_LINES + condition, parameters).fetchall()
