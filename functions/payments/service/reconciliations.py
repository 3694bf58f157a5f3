"""Comparing the provider's balance transactions with the ledger, day by day (UTC).

What the provider has and the ledger lacks, or the other way round, or with another amount, is a difference. It stays
listed until somebody resolves it, or until a later comparison finds that both agree: days with open differences are
compared again. What settled in another currency than it was made in is compared in the one that it settled in, after
the exchange that the ledger has of it. Payouts enter the ledger here: the provider makes them, and nothing of ours is
waiting for one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from functions.payments import providers
from functions.payments.domain import ledger_postings
from functions.payments.domain.ledger_postings import PostingContext
from functions.payments.errors import AlreadyResolvedError, DifferenceNotFoundError, ReconciliationNotFoundError
from functions.payments.providers.port import BalanceTransaction, BalanceTransactionKind, Provider
from functions.payments.repository import ledger
from functions.payments.repository import reconciliations as repository
from functions.payments.repository.ledger import Posting
from functions.payments.repository.reconciliations import Difference, DifferenceRow, ReconciliationRow
from shared import audit, outbox
from shared.audit import Subject
from shared.clients import database
from shared.clients.database import Connection

SETTLED_AFTER: Final = timedelta(hours=3)
"""How long after its end a day is compared: by then its events have come, and its asynchronous captures are done."""
_CHUNK: Final = 100
Booked = dict[tuple[str, str], dict[str, int]]
"""Amounts by currency, of transactions by kind and source."""

_BY_SOURCE: Final = frozenset(
    (BalanceTransactionKind.CAPTURE, BalanceTransactionKind.REFUND, BalanceTransactionKind.REFUND_FAILURE)
)


@dataclass(frozen=True, slots=True)
class ReconciliationSummary:
    """What a run did, and how many differences are open altogether."""

    days: int
    open_differences: int


@dataclass(frozen=True, slots=True)
class _Change:
    """What a balance transaction changed in our balance, in the ledger's words."""

    kind: str
    source_id: str
    currency: str
    amount: int
    balance_transaction_id: str


def reconcile(now: datetime, has_time: Callable[[], bool]) -> ReconciliationSummary:
    """Compare every day that is due, for every provider. Raises what the providers' calls raise; days that are done
    stay done.
    """
    connection = database.connection()
    until = (now - SETTLED_AFTER).astimezone(UTC).date() - timedelta(days=1)
    days = 0
    for name in providers.names():
        for day in repository.days_to_compare(connection, name, until):
            if not has_time():
                break
            _compare(connection, providers.of(name), day)
            days += 1
    return ReconciliationSummary(days, repository.open_differences(connection))


def reconciliations(
    connection: Connection, *, after: tuple[date, UUID] | None, limit: int
) -> tuple[list[ReconciliationRow], bool]:
    """A page of reconciliations, the latest day first, and whether more follow."""
    rows = repository.page(connection, after=after, limit=limit + 1)
    return rows[:limit], len(rows) > limit


def reconciliation(connection: Connection, reconciliation_id: UUID) -> ReconciliationRow:
    """Raises ReconciliationNotFoundError."""
    row = repository.find(connection, reconciliation_id)
    if row is None:
        raise ReconciliationNotFoundError
    return row


def differences(
    connection: Connection, *, unresolved: bool, reconciliation_id: UUID | None, after: UUID | None, limit: int
) -> tuple[list[DifferenceRow], bool]:
    """A page of differences, the latest first, and whether more follow."""
    rows = repository.differences(
        connection, unresolved=unresolved, reconciliation_id=reconciliation_id, after=after, limit=limit + 1
    )
    return rows[:limit], len(rows) > limit


def resolve(tx: Connection, difference_id: UUID, *, admin_id: UUID, note: str) -> DifferenceRow:
    """Close a difference with the reason. Raises DifferenceNotFoundError and AlreadyResolvedError."""
    changed = repository.resolve(tx, difference_id, by=f"admin:{admin_id}", note=note)
    row = repository.difference(tx, difference_id)
    if row is None:
        raise DifferenceNotFoundError
    if not changed:
        raise AlreadyResolvedError(f"It was resolved by {row.resolved_by}")
    audit.record(
        tx,
        "reconciliation_difference.resolved",
        Subject("reconciliation_difference", difference_id),
        changes={"resolved_at": (None, row.resolved_at)},
        reason=note,
    )
    return row


def _compare(connection: Connection, provider: Provider, day: date) -> None:
    start = datetime.combine(day, time(), UTC)
    differences: list[Difference] = []
    seen: set[tuple[str, str]] = set()
    theirs = 0
    balance_transactions = provider.balance_transactions(start, start + timedelta(days=1))
    while chunk := list(islice(balance_transactions, _CHUNK)):
        theirs += len(chunk)
        ledger.post(
            connection, [_payout(provider, moved) for moved in chunk if moved.kind is BalanceTransactionKind.PAYOUT]
        )
        changes = [change for moved in chunk for change in _changes(moved)]
        seen |= {(change.kind, change.source_id) for change in changes}
        differences += _differing(connection, provider.name, changes)
    ours = repository.booked_on(connection, provider.name, day)
    for row in ours:
        if (row.kind, row.source_id) not in seen and not _is_there(provider, row.kind, row.source_id):
            differences.append(
                Difference(
                    kind="missing_there",
                    source_id=row.source_id,
                    currency=row.currency,
                    ledger_amount=row.amount,
                    provider_amount=None,
                )
            )
    with outbox.unit_of_work() as tx:
        booked = {(row.kind, row.source_id) for row in ours}  # one that was exchanged has a row for each currency
        repository.record(tx, provider.name, day, differences, theirs=theirs, ours=len(booked))
        ledger.close_day(tx, day)


def _changes(moved: BalanceTransaction) -> Iterator[_Change]:
    if moved.kind not in _BY_SOURCE:
        yield _Change(moved.kind, moved.source_id, moved.currency, moved.amount - moved.fee, moved.id)
        return
    yield _Change(moved.kind, moved.source_id, moved.currency, moved.amount, moved.id)
    if moved.fee:
        yield _Change("fee", moved.id, moved.currency, -moved.fee, moved.id)


def _differing(connection: Connection, provider: str, changes: list[_Change]) -> list[Difference]:
    keys = {(change.kind, change.source_id) for change in changes}
    exchanged = {
        (ledger_postings.CONVERSION, change.balance_transaction_id) for change in changes if change.kind in _BY_SOURCE
    }
    booked = repository.booked(connection, provider, sorted(keys | exchanged))
    differences = []
    for change in changes:
        ours, agreed = _ours(booked, change)
        if agreed:
            continue
        kind = "fee" if change.kind == "fee" else "missing_here" if ours is None else "amount"
        differences.append(
            Difference(
                kind=kind,
                source_id=change.source_id,
                currency=change.currency,
                ledger_amount=ours,
                provider_amount=change.amount,
            )
        )
    return differences


def _ours(booked: Booked, change: _Change) -> tuple[int | None, bool]:
    """What the ledger has of a change in its currency, None for nothing, and whether that is all that it has and right.

    Of what was exchanged, nothing is left in the currency that it was made in.
    """
    entered = booked.get((change.kind, change.source_id))
    if entered is None:
        return None, False
    total = Counter(entered)
    if change.kind in _BY_SOURCE:
        total.update(booked.get((ledger_postings.CONVERSION, change.balance_transaction_id), {}))
    ours = total.pop(change.currency, None)
    if ours is None and change.amount == 0:
        ours = 0
    return ours, ours == change.amount and not any(total.values())


def _is_there(provider: Provider, kind: str, source_id: str) -> bool:
    """Whether the provider has it on another day: its clock and the event's are not one. What is known by the
    provider's own balance transaction came from there.
    """
    if kind not in _BY_SOURCE:
        return True
    return any(moved.kind == kind for moved in provider.balance_transactions_of(source_id))


def _payout(provider: Provider, moved: BalanceTransaction) -> Posting:
    about = PostingContext(
        provider=provider.name, payment_id=None, currency=moved.currency, occurred_at=moved.created_at
    )
    return ledger_postings.payout(about, moved)
