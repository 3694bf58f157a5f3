"""SQL of reconciliations and their differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

OLDEST_DAYS: Final = 31
"""How far back days are made up for, and compared again where differences are open."""

_DAYS: Final = """
SELECT day::date AS day FROM generate_series(
    greatest(
        coalesce((SELECT max(day) + 1 FROM reconciliations WHERE provider = %(provider)s),
                 (SELECT (min(occurred_at) AT TIME ZONE 'UTC')::date FROM ledger_transactions
                  WHERE provider = %(provider)s), %(until)s::date),
        %(until)s::date - %(oldest)s::int
    ), %(until)s::date, interval '1 day') AS day
UNION
SELECT r.day FROM reconciliations r
WHERE r.provider = %(provider)s AND r.day BETWEEN %(until)s::date - %(oldest)s::int AND %(until)s::date
  AND EXISTS (SELECT FROM reconciliation_differences d WHERE d.reconciliation_id = r.id AND d.resolved_at IS NULL)
ORDER BY day
"""

_BOOKED: Final = """
SELECT t.kind, t.source_id, e.currency, e.amount
FROM unnest(%(kinds)s::text[], %(sources)s::text[]) AS wanted (kind, source_id)
JOIN ledger_transactions t ON (t.provider, t.kind, t.source_id) = (%(provider)s, wanted.kind, wanted.source_id)
LEFT JOIN ledger_entries e ON e.transaction_id = t.id AND e.account = 'provider_balance'
"""

_BOOKED_ON: Final = """
SELECT t.kind, t.source_id, e.currency, e.amount FROM ledger_transactions t
JOIN ledger_entries e ON e.transaction_id = t.id AND e.account = 'provider_balance'
WHERE t.occurred_at >= %(day)s::timestamp AT TIME ZONE 'UTC'
  AND t.occurred_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'UTC' AND t.provider = %(provider)s
"""

_RECORD: Final = """
INSERT INTO reconciliations (provider, day, provider_transactions, ledger_transactions) VALUES (%s, %s, %s, %s)
ON CONFLICT (provider, day) DO UPDATE SET provider_transactions = excluded.provider_transactions,
    ledger_transactions = excluded.ledger_transactions, compared_at = now()
RETURNING id
"""

_RECORD_DIFFERENCES: Final = """
WITH found AS (
    SELECT * FROM unnest(%(kinds)s::text[], %(sources)s::text[], %(currencies)s::text[], %(ledger)s::bigint[],
        %(provider)s::bigint[]) AS f (kind, source_id, currency, ledger_amount, provider_amount)
), agreed AS (
    UPDATE reconciliation_differences d SET resolved_at = now(), resolved_by = 'system', note = 'agrees by now'
    WHERE d.reconciliation_id = %(id)s AND d.resolved_at IS NULL
      AND NOT EXISTS (SELECT FROM found f WHERE (f.kind, f.source_id) = (d.kind, d.source_id))
)
INSERT INTO reconciliation_differences AS d (reconciliation_id, kind, source_id, currency, ledger_amount,
    provider_amount)
SELECT %(id)s, kind, source_id, currency, ledger_amount, provider_amount FROM found
ON CONFLICT (reconciliation_id, kind, source_id) DO UPDATE
SET ledger_amount = excluded.ledger_amount, provider_amount = excluded.provider_amount WHERE d.resolved_at IS NULL
"""

_SELECT: Final = """
SELECT r.id, r.provider, r.day, r.provider_transactions, r.ledger_transactions, r.compared_at, r.created_at,
    (SELECT count(*) FROM reconciliation_differences d WHERE d.reconciliation_id = r.id AND d.resolved_at IS NULL)::int
        AS open_differences
FROM reconciliations r WHERE
"""

_SELECT_DIFFERENCES: Final = """
SELECT d.id, d.reconciliation_id, d.kind, d.source_id, d.currency, d.ledger_amount, d.provider_amount, d.resolved_at,
    d.resolved_by, d.note, d.created_at
FROM reconciliation_differences d WHERE
"""


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    id: UUID
    provider: str
    day: date
    provider_transactions: int
    ledger_transactions: int
    compared_at: datetime
    created_at: datetime
    open_differences: int


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """What provider and ledger disagree about; an amount is null where that side does not have it."""

    id: UUID
    reconciliation_id: UUID
    kind: str
    source_id: str
    currency: str
    ledger_amount: int | None
    provider_amount: int | None
    resolved_at: datetime | None
    resolved_by: str | None
    note: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BookedRow:
    """What the ledger says that a transaction changed in our balance at the provider."""

    kind: str
    source_id: str
    currency: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    kind: str
    source_id: str
    currency: str
    ledger_amount: int | None
    provider_amount: int | None


def days_to_compare(connection: Connection, provider: str, until: date) -> list[date]:
    """Days up to `until` that were not compared yet, and those whose differences are open; oldest first."""
    parameters = {"provider": provider, "until": until, "oldest": OLDEST_DAYS}
    return [row["day"] for row in connection.execute(_DAYS, parameters)]


def booked(
    connection: Connection, provider: str, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, int]]:
    """What the ledger says that these transactions (kind and source) changed in our balance at the provider, by
    currency; nothing for those that are not in the ledger.
    """
    parameters = {
        "provider": provider,
        "kinds": [kind for kind, _ in keys],
        "sources": [source for _, source in keys],
    }
    rows = connection.execute(_BOOKED, parameters).fetchall()
    amounts: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        by_currency = amounts.setdefault((row["kind"], row["source_id"]), {})
        if row["amount"] is not None:
            by_currency[row["currency"]] = row["amount"]
    return amounts


def booked_on(connection: Connection, provider: str, day: date) -> list[BookedRow]:
    """All that happened on the day (UTC) by the ledger."""
    with connection.cursor(row_factory=class_row(BookedRow)) as cursor:
        return cursor.execute(_BOOKED_ON, {"day": day, "provider": provider}).fetchall()


def record(
    connection: Connection, provider: str, day: date, differences: Sequence[Difference], *, theirs: int, ours: int
) -> UUID:
    """Record a comparison. Open differences that are gone are resolved; resolved ones stay so."""
    row = connection.execute(_RECORD, (provider, day, theirs, ours)).fetchone()
    assert row is not None
    connection.execute(
        _RECORD_DIFFERENCES,
        {
            "id": row["id"],
            "kinds": [one.kind for one in differences],
            "sources": [one.source_id for one in differences],
            "currencies": [one.currency for one in differences],
            "ledger": [one.ledger_amount for one in differences],
            "provider": [one.provider_amount for one in differences],
        },
    )
    reconciliation_id: UUID = row["id"]
    return reconciliation_id


def open_differences(connection: Connection) -> int:
    row = connection.execute(
        "SELECT count(*) AS open FROM reconciliation_differences WHERE resolved_at IS NULL"
    ).fetchone()
    return int(row["open"]) if row else 0


def page(connection: Connection, *, after: tuple[date, UUID] | None, limit: int) -> list[ReconciliationRow]:
    """Reconciliations, the latest day first, after the one with these sort values."""
    where: LiteralString = "true" if after is None else "(r.day, r.id) < (%s, %s)"
    return _many(connection, where + " ORDER BY r.day DESC, r.id DESC LIMIT %s", (*(after or ()), limit))


def find(connection: Connection, reconciliation_id: UUID) -> ReconciliationRow | None:
    rows = _many(connection, "r.id = %s", (reconciliation_id,))
    return rows[0] if rows else None


def differences(
    connection: Connection, *, unresolved: bool, reconciliation_id: UUID | None, after: UUID | None, limit: int
) -> list[DifferenceRow]:
    """Differences, the latest first, after the one with this id."""
    conditions: list[tuple[LiteralString, tuple[Any, ...]]] = []
    if unresolved:
        conditions.append(("d.resolved_at IS NULL", ()))
    if reconciliation_id is not None:
        conditions.append(("d.reconciliation_id = %s", (reconciliation_id,)))
    if after is not None:
        conditions.append(("d.id < %s", (after,)))
    where: LiteralString = " AND ".join(["true", *(condition for condition, _ in conditions)])
    parameters = [value for _, values in conditions for value in values]
    return _differences(connection, where + " ORDER BY d.id DESC LIMIT %s", (*parameters, limit))


def difference(connection: Connection, difference_id: UUID) -> DifferenceRow | None:
    rows = _differences(connection, "d.id = %s", (difference_id,))
    return rows[0] if rows else None


def resolve(connection: Connection, difference_id: UUID, *, by: str, note: str) -> bool:
    """Close a difference; False where that was done before."""
    done = connection.execute(
        "UPDATE reconciliation_differences SET resolved_at = now(), resolved_by = %s, note = %s"
        " WHERE id = %s AND resolved_at IS NULL",
        (by, note, difference_id),
    )
    return done.rowcount == 1


def _many(connection: Connection, condition: LiteralString, parameters: Sequence[Any]) -> list[ReconciliationRow]:
    with connection.cursor(row_factory=class_row(ReconciliationRow)) as cursor:
        return cursor.execute(_SELECT + condition, parameters).fetchall()


def _differences(connection: Connection, condition: LiteralString, parameters: Sequence[Any]) -> list[DifferenceRow]:
    with connection.cursor(row_factory=class_row(DifferenceRow)) as cursor:
        return cursor.execute(_SELECT_DIFFERENCES + condition, parameters).fetchall()
